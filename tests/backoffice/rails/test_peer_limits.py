"""Why neither published client pays: each reason of docs/BACKOFFICE.md, seen in the pinned version.

Where one fails after an upgrade a reason has gone: read what is left of them again.
"""

import inspect
import subprocess
import sys
from pathlib import Path

import pytest
import wechatpayv3
from alipay.exceptions import AliPayException, AliPayValidationError

from backoffice.rails.alipay import Alipay
from backoffice.rails.alipay_signing import Application
from backoffice.rails.notices import told
from backoffice.rails.rail import Accepted, Rail, Success, Unknown
from backoffice.rails.signing import private_key, public_key
from backoffice.rails.transport import exchange_with
from backoffice.rails.wechatpay import PATH, WeChatPay
from backoffice.rails.wechatpay_signing import Merchant
from tests.backoffice.rails.asks import REFERENCE, ask, now_ms
from tests.backoffice.rails.peers import AlipayPeer, WeChatPeer, machine_in
from tests.fakes.alipay import APP_ID, AlipayServer
from tests.fakes.http_server import Answered, Asked, HttpServer
from tests.fakes.rail_keys import pair
from tests.fakes.wechatpay import APIV3_KEY, KEY_ID, MCHID, SERIAL, Fault, WeChatPayServer

NUMBER = ask().refund_no
WECHAT_WANTS = {
    "out_refund_no": NUMBER,
    "amount": {"refund": 2935, "total": 10000, "currency": "CNY"},
    "transaction_id": REFERENCE,
}
ALIPAY_WANTS = {"refund_amount": "29.35", "trade_no": REFERENCE, "out_request_no": NUMBER}
IMPORTING = """
import logging, sys
file = logging.FileHandler(sys.argv[1], mode="w")
logging.basicConfig(level=logging.INFO, handlers=[file])
logging.info("before")
import alipay
logging.info("after")
assert logging.getLogger().handlers == [file]
"""


def _wechat(url: str) -> WeChatPay:
    shop, wechat = private_key(pair("shop").private_pem), public_key(pair("rail").public_pem)
    who = Merchant(MCHID, SERIAL, shop, KEY_ID, wechat, APIV3_KEY.encode())
    return WeChatPay(who, exchange_with(url, 5.0))


def _alipay(url: str) -> Alipay:
    shop, rail = private_key(pair("shop").private_pem), public_key(pair("rail").public_pem)
    return Alipay(Application(APP_ID, shop, rail), exchange_with(f"{url}/gateway.do", 5.0))


def test_wechatpayv3_believes_a_refusal_that_nobody_signed_of_a_refund_that_was_done() -> None:
    with WeChatPayServer() as server:
        server.payments[REFERENCE] = (10000, 10000)
        server.faults.extend([Fault.REFUSE_UNSIGNED_DONE] * 2)
        status, found = WeChatPeer(server.url).refund(**WECHAT_WANTS)
        assert (status, found["code"], server.moved()) == (403, "USER_ACCOUNT_ABNORMAL", 2935)
        assert isinstance(_wechat(server.url).refund(ask(), now_ms()), Unknown)


def test_wechatpayv3_believes_what_was_signed_long_ago() -> None:
    with WeChatPayServer() as server:
        server.payments[REFERENCE] = (10000, 10000)
        server.faults.extend([Fault.STALE_DONE] * 2)
        assert WeChatPeer(server.url).refund(**WECHAT_WANTS)[0] == 200
        assert isinstance(_wechat(server.url).refund(ask(), now_ms()), Unknown)
        old = server.notice(NUMBER, age_s=24 * 3600)
        assert WeChatPeer(server.url).read(old) is not None
        names = {name.lower(): value for name, value in old.headers.items()}
        assert told(_wechat(server.url), names, old.body.encode(), now_ms()) is None


def test_wechatpayv3_takes_a_refund_wherever_it_is_sent_on_to() -> None:
    heard: list[str] = []

    def elsewhere(asked: Asked) -> Answered:
        heard.append(asked.body)
        return Answered(404, {"Content-Type": "application/json"}, '{"code":"NOT_FOUND"}')

    with (
        HttpServer(elsewhere) as other,
        HttpServer(lambda _: Answered(307, {"Location": other.url + PATH}, "")) as server,
    ):
        assert isinstance(_wechat(server.url).refund(ask(), now_ms()), Unknown)
        assert heard == []
        assert WeChatPeer(server.url).refund(**WECHAT_WANTS)[0] == 404
        assert NUMBER in heard[0]


def test_wechatpayv3_can_be_told_of_no_other_address() -> None:
    names = set(inspect.signature(wechatpayv3.WeChatPay).parameters) - {"notify_url"}
    assert not [name for name in names if "url" in name or "gate" in name or "host" in name]


def test_alipay_closes_every_log_file_that_is_open_when_it_is_imported(tmp_path: Path) -> None:
    """Handlers and levels stay; what goes to a stream, as the back office's log does, goes on."""
    log = tmp_path / "log"
    subprocess.run([sys.executable, "-c", IMPORTING, log], check=True)
    assert log.read_text() == "INFO:root:before\n"


def test_alipay_loses_a_signed_answer_to_a_brace_in_its_text() -> None:
    with AlipayServer() as server, machine_in("Asia/Shanghai"):
        server.payments[REFERENCE] = (10000, 0)
        server.memo = "退货: }"
        with pytest.raises(AliPayValidationError):
            AlipayPeer(server.url).refund(**ALIPAY_WANTS)
        assert server.moved() == 2935
        assert isinstance(_alipay(server.url).query(ask(), now_ms()), Success)


def test_alipay_asks_in_the_machines_own_time() -> None:
    with AlipayServer() as server, machine_in("UTC"):
        server.payments[REFERENCE] = (10000, 0)
        with pytest.raises(AliPayException, match=r"isv\.invalid-timestamp"):
            AlipayPeer(server.url).refund(**ALIPAY_WANTS)
        assert server.moved() == 0
        assert _alipay(server.url).refund(ask(), now_ms()) == Accepted()


def test_alipay_asks_for_money_by_get_with_all_of_it_in_the_address() -> None:
    heard: list[Asked] = []

    def answer(asked: Asked) -> Answered:
        heard.append(asked)
        return Answered(200, {}, '{"error_response":{"code":"40002"}}')

    with HttpServer(answer) as server:
        rail: Rail = _alipay(server.url)
        assert isinstance(rail.refund(ask(), now_ms()), Unknown)
        with pytest.raises(AliPayException):
            AlipayPeer(server.url).refund(**ALIPAY_WANTS)
    ours, theirs = heard
    assert (ours.method, NUMBER in ours.path, NUMBER in ours.body) == ("POST", False, True)
    assert (theirs.method, NUMBER in theirs.path, theirs.body) == ("GET", True, "")
