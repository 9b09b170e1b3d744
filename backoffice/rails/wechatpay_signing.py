"""WeChat Pay v3 on the wire: how a request is signed, and which answers may be believed.

Requests carry WECHATPAY2-SHA256-RSA2048 of the merchant's key. Answers and notifications are
signed with WeChat Pay's key, which the merchant downloads with its id (public-key mode).
Source: pay.weixin.qq.com/doc/v3/merchant/4012365342 (requests), 4013053249 (answers).
"""

import secrets
from collections.abc import Mapping

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from msgspec import Struct

from backoffice.rails.signing import is_signed, sign

SKEW_S = 300  # a signed answer older or newer than this is a replay


class Merchant(Struct, frozen=True):
    """Who asks, and whose answers are believed. Its repr shows no key."""

    mchid: str
    serial_no: str  # of the merchant's certificate
    key: RSAPrivateKey
    wechat_key_id: str  # PUB_KEY_ID_...
    wechat_key: RSAPublicKey
    apiv3_key: bytes = b""  # 32 bytes, to read notifications with; without it they are refused

    def __repr__(self) -> str:
        return f"Merchant({self.mchid})"


def signed_headers(who: Merchant, method: str, path: str, body: str, now_ms: int) -> dict[str, str]:
    """The headers of one request."""
    stamp, nonce = str(now_ms // 1000), secrets.token_hex(16).upper()
    signature = sign(who.key, f"{method}\n{path}\n{stamp}\n{nonce}\n{body}\n")
    fields = {
        "mchid": who.mchid,
        "nonce_str": nonce,
        "signature": signature,
        "timestamp": stamp,
        "serial_no": who.serial_no,
    }
    quoted = ",".join(f'{name}="{value}"' for name, value in fields.items())
    return {
        "Authorization": f"WECHATPAY2-SHA256-RSA2048 {quoted}",
        "Wechatpay-Serial": who.wechat_key_id,
        "Accept": "application/json",
        "Content-Type": "application/json",
        "User-Agent": "returns-backoffice",
    }


def is_from_wechat(who: Merchant, headers: Mapping[str, str], body: str, now_ms: int) -> bool:
    """Whether an answer or a notification is WeChat Pay's own and of now.

    `headers` by names in lower case. The probes that WeChat Pay sends with a wrong signature on
    purpose fail here, as they must.
    """
    stamp = headers.get("wechatpay-timestamp", "")
    nonce = headers.get("wechatpay-nonce", "")
    if headers.get("wechatpay-serial") != who.wechat_key_id:
        return False
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12):
        return False
    if abs(int(stamp) - now_ms // 1000) > SKEW_S:
        return False
    signature = headers.get("wechatpay-signature", "")
    return is_signed(who.wechat_key, f"{stamp}\n{nonce}\n{body}\n", signature)
