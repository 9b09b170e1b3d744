"""Whatever a rail's server says, and whatever fails: no key and nobody's account in a log."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backoffice.rails.rail import Rail, Unknown
from backoffice.rails.settings import open_rails
from tests.backoffice.rails.asks import REFERENCE, ask, now_ms
from tests.fakes.alipay import APP_ID, AlipayServer
from tests.fakes.http_server import Answered, Asked, HttpServer
from tests.fakes.rail_keys import pair
from tests.fakes.wechatpay import KEY_ID, MCHID, SERIAL, WeChatPayServer

ACCOUNT = "招商银行信用卡0403 王小明"
KEY_LINES = [line for line in pair("shop").private_pem.decode().splitlines() if len(line) > 40]
STATUSES = st.sampled_from([200, 204, 302, 400, 401, 403, 404, 429, 500, 503])
BODIES = st.one_of(
    st.text(max_size=200),
    st.just('{"code":"X","message":"MARK"}'),
    st.just('{"alipay_trade_refund_response":{"code":"MARK"},"sign":"MARK"}'),
    st.just('{"out_refund_no":"MARK","status":"MARK","amount":{"refund":1}}'),
    st.just("[" * 100_000),
)


class Sink(logging.Handler):
    """All that every logger says, at every level, as it would be written."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(logging.Formatter("%(name)s %(message)s"))
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@pytest.fixture
def sink() -> Iterator[Sink]:
    sink, root = Sink(), logging.getLogger()
    level = root.level
    root.addHandler(sink)
    root.setLevel(logging.DEBUG)
    yield sink
    root.removeHandler(sink)
    root.setLevel(level)


def _rails(tmp_path: Path, wechat_url: str, alipay_url: str) -> list[Rail]:
    (tmp_path / "shop.key").write_bytes(pair("shop").private_pem)
    (tmp_path / "shop.key").chmod(0o600)
    (tmp_path / "rail.pem").write_bytes(pair("rail").public_pem)
    key, rail = str(tmp_path / "shop.key"), str(tmp_path / "rail.pem")
    named: dict[str, Any] = {
        "wechatpay": {
            "mchid": MCHID, "serial_no": SERIAL, "key_file": key, "wechat_key_id": KEY_ID,
            "wechat_key_file": rail, "url": wechat_url,
        },
        "alipay": {"app_id": APP_ID, "key_file": key, "alipay_key_file": rail, "url": alipay_url},
    }  # fmt: skip
    rails = open_rails(named).by_name
    return [rails["wechatpay"], rails["alipay"]]


def _clean(text: str) -> None:
    for secret in (*KEY_LINES, "PRIVATE KEY", ACCOUNT, "159****5620", "MARK"):
        assert secret not in text


def test_what_goes_well_names_nobody(sink: Sink, tmp_path: Path) -> None:
    with WeChatPayServer() as wechat, AlipayServer() as alipay:
        wechat.payments[REFERENCE] = alipay.payments[REFERENCE] = (10000, 1000)
        for rail in _rails(tmp_path, wechat.url, alipay.url):
            rail.refund(ask(), now_ms())
            for one in wechat.refunds.values():
                wechat.finish(one["out_refund_no"], "SUCCESS")
                one["user_received_account"] = ACCOUNT
            rail.query(ask(), now_ms())
            sink.lines.append(repr((rail, vars(rail))))
    assert "WeChat Pay answered 200" in sink.text
    assert "Alipay answered 200" in sink.text
    _clean(sink.text)


def test_whatever_a_server_says_is_neither_believed_nor_logged(sink: Sink, tmp_path: Path) -> None:
    said: list[Answered] = [Answered(200, {}, "")]

    def answer(_: Asked) -> Answered:
        return said[0]

    with HttpServer(answer) as server:
        rails = _rails(tmp_path, server.url, server.url)

        @given(status=STATUSES, body=BODIES)
        @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
        def no_matter_what(status: int, body: str) -> None:
            said[0] = Answered(
                status, {"X-Request": "MARK", "Location": "http://127.0.0.1:1/"}, body
            )
            sink.lines.clear()
            for rail in rails:
                for found in (rail.refund(ask(), now_ms()), rail.query(ask(), now_ms())):
                    assert isinstance(found, Unknown)
                    _clean(f"{found.why}")
            ours = [line for line in sink.lines if line.startswith("backoffice")]
            assert len(ours) == 4
            _clean("\n".join(ours))

        no_matter_what()


def test_an_answer_without_an_end_is_given_up(tmp_path: Path) -> None:
    with HttpServer(lambda _: Answered(200, {}, "x" * (2 << 20))) as server:
        for rail in _rails(tmp_path, server.url, server.url):
            found = rail.query(ask(), now_ms())
            assert isinstance(found, Unknown)
            assert "without an end" in found.why.en
