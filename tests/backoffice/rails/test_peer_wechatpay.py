"""Our rail and our WeChat Pay, both held against `wechatpayv3`: someone else's reading."""

import json
import time
from collections.abc import Iterator
from functools import cache
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.rails.notices import told
from backoffice.rails.rail import Accepted, Processing
from backoffice.rails.signing import private_key, public_key
from backoffice.rails.transport import exchange_with
from backoffice.rails.wechatpay import PATH, WeChatPay
from backoffice.rails.wechatpay_signing import Merchant, is_from_wechat, signed_headers
from tests.backoffice.rails.asks import REFERENCE, ask, now_ms
from tests.backoffice.rails.peers import WeChatPeer, authorization
from tests.fakes.rail_keys import pair
from tests.fakes.wechatpay import APIV3_KEY, KEY_ID, MCHID, SERIAL, Fault, WeChatPayServer
from tests.fakes.wechatpay_certificate import CertificateServer

NUMBER = ask().refund_no
WANTS = {
    "out_refund_no": NUMBER,
    "amount": {"refund": 2935, "total": 10000, "currency": "CNY"},
    "transaction_id": REFERENCE,
    "reason": ask().reason,
}
NOTIFY = "https://office.example/rails/wechatpay"
BODIES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.sampled_from(["", "{}", '{"a":"\\/\\u9000"}', '{"退款":"\\"}{"}', "\n", "\r\n", "\\n"]),
)


@pytest.fixture(params=[WeChatPayServer, CertificateServer])
def server(request: pytest.FixtureRequest) -> Iterator[WeChatPayServer]:
    with request.param() as server:
        server.payments[REFERENCE] = (10000, 9000)
        yield server


@pytest.fixture
def peer(server: WeChatPayServer) -> WeChatPeer:
    return _peer(server)


def _peer(server: WeChatPayServer, shop: str = "shop") -> WeChatPeer:
    return WeChatPeer(server.url, shop, by_certificate=isinstance(server, CertificateServer))


@cache
def _wechat() -> WeChatPeer:
    """One that signs as WeChat Pay."""
    return WeChatPeer("", "rail")


@cache
def _merchant() -> Merchant:
    shop, wechat = private_key(pair("shop").private_pem), public_key(pair("rail").public_pem)
    return Merchant(MCHID, SERIAL, shop, KEY_ID, wechat, APIV3_KEY.encode())


def test_it_refunds_and_asks_how_the_refund_stands(
    server: WeChatPayServer, peer: WeChatPeer
) -> None:
    status, found = peer.query(NUMBER)
    assert (status, found["code"]) == (404, "RESOURCE_NOT_EXISTS")
    for _ in range(2):
        status, found = peer.refund(**WANTS)
        assert (status, found["status"], found["amount"]["refund"]) == (200, "PROCESSING", 2935)
    server.finish(NUMBER, "SUCCESS")
    status, found = peer.query(NUMBER)
    assert (status, found) == (200, server.refunds[NUMBER])
    assert (found["status"], found["amount"]["payer_refund"]) == ("SUCCESS", 2641)
    assert (server.moved(), server.bad_requests) == (2935, [])


def test_it_reads_the_notification_and_so_do_we(server: WeChatPayServer, peer: WeChatPeer) -> None:
    peer.refund(**WANTS)
    notice = server.notice(NUMBER)
    read = peer.read(notice)
    assert read is not None
    assert (read["event_type"], read["resource"]["refund_status"]) == ("REFUND.SUCCESS", "SUCCESS")
    assert read["resource"]["amount"] == {
        "total": 10000, "refund": 2935, "payer_total": 9000, "payer_refund": 2641
    }  # fmt: skip
    assert read["resource"]["out_refund_no"] == NUMBER
    if server.key_id == KEY_ID:
        names = {name.lower(): value for name, value in notice.headers.items()}
        rail = WeChatPay(_merchant(), exchange_with(server.url, 1.0))
        assert told(rail, names, notice.body.encode(), now_ms()) == NUMBER
    assert peer.read(server.notice(NUMBER, signer="stranger")) is None


def test_each_refuses_the_signature_of_a_stranger(
    server: WeChatPayServer, peer: WeChatPeer
) -> None:
    status, found = _peer(server, "stranger").refund(**WANTS)
    assert (status, found["message"]) == (401, "signature")
    server.faults.append(Fault.FORGED_DONE)
    with pytest.raises(Exception, match="failed to verify the signature"):
        peer.refund(**WANTS)


@given(
    body=BODIES,
    method=st.sampled_from(["GET", "POST"]),
    number=st.text(st.characters(min_codepoint=33, max_codepoint=126)),
)
def test_our_authorization_is_theirs_to_the_letter(body: str, method: str, number: str) -> None:
    at_ms = now_ms()
    path = f"{PATH}/{number}"
    ours = signed_headers(_merchant(), method, path, body, at_ms)["Authorization"]
    nonce = ours.partition('nonce_str="')[2].partition('"')[0]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("wechatpayv3.utils.time", SimpleNamespace(time=lambda: at_ms / 1000))
        assert authorization(method, path, body, nonce) == ours


@given(body=BODIES, changed=st.sampled_from([" ", "\n", "0"]))
def test_what_it_signs_as_wechat_pay_we_believe_and_nothing_else(body: str, changed: str) -> None:
    stamp, nonce = str(int(time.time())), "5K8264ILTKCH16CQ2502SI8ZNMTM67VS"
    headers = {
        "wechatpay-serial": KEY_ID,
        "wechatpay-timestamp": stamp,
        "wechatpay-nonce": nonce,
        "wechatpay-signature": _wechat().signature(stamp, nonce, body),
    }
    assert is_from_wechat(_merchant(), headers, body, now_ms())
    assert not is_from_wechat(_merchant(), headers, body + changed, now_ms())
    assert not is_from_wechat(
        _merchant(), headers | {"wechatpay-nonce": nonce + changed}, body, now_ms()
    )


def test_one_refund_is_asked_in_the_same_fields_and_units_by_both() -> None:
    """Only the text differs: theirs escapes whatever is not ASCII."""
    asked, kept = [], []
    for ours in (True, False):
        with WeChatPayServer() as server:
            server.payments[REFERENCE] = (10000, 9000)
            if ours:
                rail = WeChatPay(_merchant(), exchange_with(server.url, 5.0), NOTIFY)
                assert rail.refund(ask(), now_ms()) == Accepted()
            else:
                WeChatPeer(server.url, notify_url=NOTIFY).refund(**WANTS)
            asked += server.asked
            kept.append(server.refunds)
            found = WeChatPay(_merchant(), exchange_with(server.url, 5.0)).query(ask(), now_ms())
            assert found == Processing()
    assert asked[0] == asked[1]
    assert asked[0] == WANTS | {"notify_url": NOTIFY}
    assert json.dumps(kept[0]) == json.dumps(kept[1])
