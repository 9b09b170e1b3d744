"""What a rail tells us unasked: WeChat Pay's notification of a refund.

Law of the file: a notification is believed in one thing, which number to query now; how the refund
stands is what the query says. So a forged or repeated one costs a query and changes nothing.
Source: pay.weixin.qq.com/doc/v3/merchant/4013071036 (AEAD_AES_256_GCM with the APIv3 key).
"""

from base64 import b64decode
from collections.abc import Mapping

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from msgspec import Struct

from backoffice.office import Office
from backoffice.rails.acts import notified
from backoffice.rails.chosen import Rails
from backoffice.rails.wechatpay import WeChatPay
from backoffice.rails.wechatpay_signing import is_from_wechat

router = APIRouter()


class _Resource(Struct, frozen=True):
    algorithm: str
    ciphertext: str
    nonce: str
    associated_data: str = ""


class _Notice(Struct, frozen=True):
    resource: _Resource


class _Refund(Struct, frozen=True):
    out_refund_no: str


@router.post("/rails/wechatpay")
async def wechatpay(request: Request) -> Response:
    """204 for what WeChat Pay signed; it repeats whatever is answered otherwise."""
    body = await request.body()
    rails: Rails = request.app.state.rails
    rail = rails.by_name.get("wechatpay")
    if not isinstance(rail, WeChatPay):
        return Response(status_code=404)
    office: Office = request.app.state.office
    number = told(rail, request.headers, body, office.clock())
    if number is None:
        return Response(status_code=401)
    await run_in_threadpool(office.write, lambda tx: notified(tx, number))
    return Response(status_code=204)


def told(rail: WeChatPay, headers: Mapping[str, str], body: bytes, now_ms: int) -> str | None:
    """The refund number of a notification that is WeChat Pay's own; None of any other."""
    try:
        text = body.decode()
        if not is_from_wechat(rail.merchant, headers, text, now_ms):
            return None
        resource = msgspec.json.decode(text, type=_Notice).resource
        sealed, about = b64decode(resource.ciphertext), resource.associated_data.encode()
        plain = AESGCM(rail.merchant.apiv3_key).decrypt(resource.nonce.encode(), sealed, about)
        return msgspec.json.decode(plain, type=_Refund).out_refund_no
    except (ValueError, InvalidTag):  # msgspec's and base64's errors are ValueErrors
        return None
