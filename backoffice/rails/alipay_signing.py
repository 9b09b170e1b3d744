"""Alipay's open gateway on the wire: RSA2 over sorted parameters, and over an answer's exact text.

Source: opendocs.alipay.com/common/02kf5q (signing) and 02mse7 (verifying): an answer's signature
is over the text of its `..._response` member as it stands in the body, byte for byte. What is
common to all calls stands in the address, as in Alipay's own clients: a body whose `charset` is
not named there is read as GBK, and the signature of anything Chinese fails
(global.alipay.com/developer/helpcenter, 201602456561).
"""

import json
from collections.abc import Mapping
from urllib.parse import urlencode

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from msgspec import Struct

from backoffice.rails.china_time import in_china
from backoffice.rails.signing import is_signed, sign


class Application(Struct, frozen=True):
    """Who asks, and whose answers are believed. Its repr shows no key."""

    app_id: str
    key: RSAPrivateKey
    alipay_key: RSAPublicKey

    def __repr__(self) -> str:
        return f"Application({self.app_id})"


def signed_call(
    who: Application, method: str, content: Mapping[str, object], now_ms: int
) -> tuple[str, bytes]:
    """The query of one call's address, and its form.

    Its timestamp is China's, wherever this machine stands.
    """
    common = {
        "app_id": who.app_id,
        "method": method,
        "format": "JSON",
        "charset": "utf-8",
        "sign_type": "RSA2",
        "timestamp": in_china(now_ms),
        "version": "1.0",
    }
    form = {"biz_content": json.dumps(content, ensure_ascii=False, separators=(",", ":"))}
    text = "&".join(f"{name}={value}" for name, value in sorted({**common, **form}.items()))
    return urlencode({**common, "sign": sign(who.key, text)}), urlencode(form).encode("ascii")


def members(body: str) -> dict[str, str]:
    """The members of one JSON object, each as the text that it is in the body.

    Raises ValueError when the body is no JSON object, or names a member twice.
    """
    decoder, found = json.JSONDecoder(), {}
    at = _skip(body, 0)
    if body[at : at + 1] != "{":
        raise ValueError("not a JSON object")
    at = _skip(body, at + 1)
    while body[at : at + 1] != "}":
        name, at = decoder.raw_decode(body, at)
        at = _skip(body, at)
        if not isinstance(name, str) or name in found or body[at : at + 1] != ":":
            raise ValueError("not a JSON object")
        start = _skip(body, at + 1)
        _, at = decoder.raw_decode(body, start)
        found[name] = body[start:at]
        at = _skip(body, at)
        if body[at : at + 1] == ",":
            at = _skip(body, at + 1)
        elif body[at : at + 1] != "}":
            raise ValueError("not a JSON object")
    return found


def _skip(body: str, at: int) -> int:
    while body[at : at + 1] in {" ", "\t", "\r", "\n"}:
        at += 1
    return at


def believed(who: Application, body: str, member: str) -> str | None:
    """The text of an answer's `member` if Alipay signed it; None otherwise."""
    try:
        told = members(body)
        signature = json.loads(told.get("sign", '""'))
    except (ValueError, RecursionError):  # nothing is trusted yet, not even how deep it nests
        return None
    text = told.get(member)
    if text is None or not isinstance(signature, str):
        return None
    return text if is_signed(who.alipay_key, text, signature) else None
