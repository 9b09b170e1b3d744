"""The published clients of both wallets, made by people who know neither our rails nor our fakes.

Each has its address fixed in its code; here the tests set what the client keeps of it.
"""

import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import alipay
import wechatpayv3
from wechatpayv3.utils import build_authorization

from tests.fakes.alipay import APP_ID
from tests.fakes.http_server import Answered
from tests.fakes.rail_keys import pair
from tests.fakes.wechatpay import APIV3_KEY, KEY_ID, MCHID, SERIAL


class WeChatPeer:
    """`wechatpayv3`, with WeChat Pay's public key or, where `by_certificate`, its certificates."""

    def __init__(
        self, url: str, shop: str = "shop", *, by_certificate: bool = False, notify_url: str = ""
    ) -> None:
        self._pay = wechatpayv3.WeChatPay(
            wechatpay_type=wechatpayv3.WeChatPayType.NATIVE,
            mchid=MCHID,
            private_key=pair(shop).private_pem.decode(),
            cert_serial_no=SERIAL,
            appid="wxd678efh567hg6787",
            apiv3_key=APIV3_KEY,
            notify_url=notify_url,
            timeout=5,
            public_key=pair("rail").public_pem.decode(),
            public_key_id=KEY_ID,
        )
        self._pay._core._gate_way = url
        if by_certificate:  # its constructor would download them from WeChat Pay itself
            self._pay._core._public_key = self._pay._core._public_key_id = None

    def refund(self, **wants: object) -> tuple[int, dict[str, Any]]:
        """Status and body of an answer that it believes. Raises Exception for any other."""
        status, text = self._pay.refund(**wants)
        return status, json.loads(text)

    def query(self, refund_no: str) -> tuple[int, dict[str, Any]]:
        status, text = self._pay.query_refund(refund_no)
        return status, json.loads(text)

    def read(self, notice: Answered) -> dict[str, Any] | None:
        """A notification that it believes, opened."""
        told: dict[str, Any] | None = self._pay.callback(notice.headers, notice.body)
        return told

    def signature(self, *lines: str) -> str:
        """Over these lines, each ended."""
        return str(self._pay._core.sign(lines))


def authorization(method: str, path: str, body: str, nonce: str) -> str:
    """The header that `wechatpayv3` would send now, but for the nonce, which is its own."""
    key = pair("shop").key
    return str(build_authorization(path, method, MCHID, SERIAL, key, data=body, nonce_str=nonce))


class AlipayPeer:
    """`python-alipay-sdk`. `ours` signs, and what `theirs` signed is believed."""

    def __init__(self, url: str = "", ours: str = "shop", theirs: str = "rail") -> None:
        self._pay = alipay.AliPay(
            appid=APP_ID,
            app_private_key_string=pair(ours).private_pem.decode(),
            alipay_public_key_string=pair(theirs).public_pem.decode(),
            config=alipay.AliPayConfig(timeout=5),
        )
        self._pay._gateway = f"{url}/gateway.do"

    def refund(self, **wants: object) -> dict[str, Any]:
        """An answer that it believes. Raises an AliPayException for any other."""
        told: dict[str, Any] = self._pay.api_alipay_trade_refund(**wants)
        return told

    def query(self, refund_no: str, trade_no: str) -> dict[str, Any]:
        told: dict[str, Any] = self._pay.api_alipay_trade_fastpay_refund_query(
            refund_no, trade_no=trade_no
        )
        return told

    def signed_query(self, fields: Mapping[str, object]) -> str:
        """These fields as it would send them, with its signature over them."""
        return str(self._pay.sign_data(dict(fields)))

    def signature(self, text: str) -> str:
        return str(self._pay._sign(text))

    def is_signed(self, text: str, signature: str) -> bool:
        return bool(self._pay._verify(text, signature))

    def believed(self, body: str, member: str) -> dict[str, Any]:
        told: dict[str, Any] = self._pay._verify_and_return_sync_response(body, member)
        return told


@contextmanager
def machine_in(zone: str) -> Iterator[None]:
    """The machine stands in `zone`: python-alipay-sdk takes its time for China's."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()
