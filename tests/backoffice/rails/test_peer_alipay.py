"""Our rail and our Alipay, both held against `python-alipay-sdk`: someone else's reading."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import parse_qsl

import pytest
from alipay.exceptions import AliPayException, AliPayValidationError
from hypothesis import given
from hypothesis import strategies as st

from backoffice.rails.alipay import OPTIONS, QUERY, REFUND, Alipay
from backoffice.rails.alipay_signing import Application, believed, signed_call
from backoffice.rails.rail import Accepted, Missing
from backoffice.rails.signing import private_key, public_key
from backoffice.rails.transport import exchange_with
from tests.backoffice.rails.asks import REFERENCE, ask, now_ms
from tests.backoffice.rails.peers import AlipayPeer, machine_in
from tests.fakes.alipay import APP_ID, AlipayServer, Fault
from tests.fakes.rail_keys import pair

NUMBER = ask().refund_no
WANTS = {
    "refund_amount": "29.35",
    "trade_no": REFERENCE,
    "out_request_no": NUMBER,
    "refund_reason": ask().reason,
}
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
SAID = st.one_of(TEXTS, st.sampled_from(['"', "\\/", "/", "&=%", "+ ", '退款"}{']))
CONTENTS = st.dictionaries(TEXTS, SAID | st.lists(SAID, max_size=2), max_size=4)
MEMBER = "alipay_trade_refund_response"


@pytest.fixture(autouse=True)
def in_china() -> Iterator[None]:
    with machine_in("Asia/Shanghai"):
        yield


@pytest.fixture
def server() -> Iterator[AlipayServer]:
    with AlipayServer() as server:
        server.payments[REFERENCE] = (10000, 1000)
        server.memo = ""  # it counts braces
        yield server


@pytest.fixture
def peer(server: AlipayServer) -> AlipayPeer:
    return AlipayPeer(server.url)


@cache
def _peer(ours: str = "shop") -> AlipayPeer:
    """One that signs and verifies only; reading its keys takes it long."""
    return AlipayPeer(ours=ours)


@cache
def _application() -> Application:
    shop, rail = private_key(pair("shop").private_pem), public_key(pair("rail").public_pem)
    return Application(APP_ID, shop, rail)


def test_it_refunds_and_asks_how_the_refund_stands(server: AlipayServer, peer: AlipayPeer) -> None:
    found = peer.query(NUMBER, REFERENCE)
    assert (found["code"], "refund_status" in found) == ("10000", False)
    found = peer.refund(**WANTS)
    assert (found["code"], found["fund_change"], found["refund_fee"]) == ("10000", "Y", "29.35")
    assert peer.refund(**WANTS)["fund_change"] == "N"
    found = peer.query(NUMBER, REFERENCE)
    assert (found["refund_status"], found["refund_amount"]) == ("REFUND_SUCCESS", "29.35")
    found = peer.query(NUMBER, "of nobody")
    assert (found["code"], found["sub_code"]) == ("40004", "ACQ.TRADE_NOT_EXIST")
    assert (server.moved(), server.bad_requests) == (2935, [])


def test_each_refuses_the_signature_of_a_stranger(server: AlipayServer, peer: AlipayPeer) -> None:
    with pytest.raises(AliPayException, match=r"isv\.invalid-signature"):
        AlipayPeer(server.url, ours="stranger").refund(**WANTS)
    server.faults.append(Fault.FORGED_DONE)
    with pytest.raises(AliPayValidationError):
        peer.refund(**WANTS)


@given(content=CONTENTS, method=st.sampled_from([REFUND, QUERY]))
def test_our_signature_is_theirs_to_the_letter(content: dict[str, Any], method: str) -> None:
    query, form = signed_call(_application(), method, content, now_ms())
    ours = dict(parse_qsl(f"{query}&{form.decode()}", strict_parsing=True))
    unsigned = {name: value for name, value in ours.items() if name != "sign"}
    theirs = dict(parse_qsl(_peer().signed_query(unsigned), strict_parsing=True))
    assert ours == theirs
    assert json.loads(ours["biz_content"]) == content


@given(content=CONTENTS, spaced=st.booleans(), ascii_only=st.booleans())
def test_what_it_signs_as_alipay_we_believe_and_nothing_else(
    content: dict[str, Any], spaced: bool, ascii_only: bool
) -> None:
    text = json.dumps(
        content, ensure_ascii=ascii_only, separators=(", ", ": ") if spaced else (",", ":")
    )
    sign = _peer("rail").signature(text)
    assert _peer().is_signed(text, sign)
    assert believed(_application(), f'{{"{MEMBER}":{text},"sign":"{sign}"}}', MEMBER) == text
    assert believed(_application(), f'{{"sign":"{sign}","{MEMBER}":{text}}}', MEMBER) == text
    more = text.replace("{", '{"": 0, ' if content else '{"": 0', 1)
    assert believed(_application(), f'{{"{MEMBER}":{more},"sign":"{sign}"}}', MEMBER) is None


def test_one_refund_is_asked_in_the_same_fields_and_units_by_both() -> None:
    """Ours says that it wants JSON, the default, and what the answer of a query should tell.

    Both ask in the address; ours keeps what is asked for in the form, out of others' logs.
    """
    asked, kept = [], []
    for ours in (True, False):
        with AlipayServer() as server:
            server.payments[REFERENCE] = (10000, 1000)
            server.memo = ""
            rail = Alipay(_application(), exchange_with(f"{server.url}/gateway.do", 5.0))
            if ours:
                assert rail.query(ask(), now_ms()) == Missing()
                assert rail.refund(ask(), now_ms()) == Accepted()
            else:
                AlipayPeer(server.url).query(NUMBER, REFERENCE)
                AlipayPeer(server.url).refund(**WANTS)
            asked.append(server.asked)
            kept.append(server.refunds)
    (our_query, our_refund), (their_query, their_refund) = asked
    for one in (our_query, our_refund, their_query, their_refund):
        del one["timestamp"]
    assert our_refund.pop("format") == our_query.pop("format") == "JSON"
    assert our_query["biz_content"].pop("query_options") == list(OPTIONS)
    assert (our_query, our_refund) == (their_query, their_refund)
    assert our_refund["biz_content"] == WANTS
    assert kept[0] == kept[1] == {(REFERENCE, NUMBER): 2935}
