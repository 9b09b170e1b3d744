"""WeChat Pay v3 refunds: the reply means accepted, the query tells the truth.

Law of the file: only what WeChat Pay signed is believed. A refusal without its signature is
`Unknown`, as a success would be. Source: pay.weixin.qq.com/doc/v3/merchant/4013071031 and the
pages of `/v3/refund/domestic/refunds`: at most 50 parts of a payment, a minute apart, within a
year; the same number never pays twice.
"""

import logging
from urllib.parse import quote

import msgspec
from msgspec import Struct

from backoffice.clock import ms_of
from backoffice.rails import wechatpay_words as words
from backoffice.rails.rail import (
    Abnormal,
    Accepted,
    Asked,
    Closed,
    Failed,
    Found,
    Missing,
    Processing,
    RefundRequest,
    Success,
    Unknown,
)
from backoffice.rails.transport import Exchange, NoAnswer, Reply
from backoffice.rails.wechatpay_signing import Merchant, is_from_wechat, signed_headers

PATH = "/v3/refund/domestic/refunds"
MINUTE_MS = 60_000
YEAR_MS = 365 * 24 * 60 * MINUTE_MS
PARTS = 50

log = logging.getLogger(__name__)


class _Amount(Struct, frozen=True):
    refund: int
    payer_refund: int
    currency: str = "CNY"


class _Refund(Struct, frozen=True):
    out_refund_no: str
    transaction_id: str
    status: str
    amount: _Amount
    success_time: str = ""
    user_received_account: str = ""


class _Trouble(Struct, frozen=True):
    code: str
    message: str = ""


class WeChatPay:
    """The rail of tenders paid with WeChat. `notify_url` may be empty: polling is the truth."""

    gap_ms = MINUTE_MS

    def __init__(self, merchant: Merchant, exchange: Exchange, notify_url: str = "") -> None:
        self.merchant = merchant
        self._exchange = exchange
        self._notify_url = notify_url

    def refund(self, request: RefundRequest, now_ms: int) -> Asked:
        if request.currency != "CNY":
            return Failed(words.CURRENCY)
        if now_ms - request.paid_at_ms > YEAR_MS:
            return Failed(words.TOO_LATE)
        if request.part > PARTS:
            return Failed(words.TOO_MANY)
        asks: dict[str, object] = {
            "transaction_id": request.reference,
            "out_refund_no": request.refund_no,
            "reason": request.reason,
            "amount": {"refund": request.amount, "total": request.paid, "currency": "CNY"},
        }
        if self._notify_url:
            asks["notify_url"] = self._notify_url
        reply = self._call("POST", PATH, msgspec.json.encode(asks).decode(), now_ms)
        if isinstance(reply, Unknown):
            return reply
        if reply.status == 200:
            found = _read(reply, request)
            return found if isinstance(found, Unknown | Abnormal) else Accepted()
        return _refused(reply)

    def query(self, request: RefundRequest, now_ms: int) -> Found:
        reply = self._call("GET", f"{PATH}/{quote(request.refund_no, safe='')}", "", now_ms)
        if isinstance(reply, Unknown):
            return reply
        if reply.status == 200:
            found = _read(reply, request)
            return found if isinstance(found, Unknown | Abnormal) else _standing(found)
        if reply.status == 404 and _code(reply) == "RESOURCE_NOT_EXISTS":
            return Missing()
        return Unknown(words.answered(_code(reply)))

    def poll_ms(self, age_ms: int) -> int | None:
        """Every minute; past five minutes 5, 10, 20, then 30 minutes apart."""
        for until, wait in ((5, 1), (10, 5), (20, 10), (40, 20)):
            if age_ms < until * MINUTE_MS:
                return wait * MINUTE_MS
        return 30 * MINUTE_MS

    def _call(self, method: str, path: str, body: str, now_ms: int) -> Reply | Unknown:
        headers = signed_headers(self.merchant, method, path, body, now_ms)
        reply = self._exchange(method, path, headers, body.encode())
        if isinstance(reply, NoAnswer):
            return Unknown(words.no_answer(reply.why))
        log.info("WeChat Pay answered %s %s", reply.status, reply.headers.get("request-id", ""))
        if reply.status >= 500 or reply.status == 429:
            return Unknown(words.answered(str(reply.status)))  # its words are not proven WeChat's
        if not is_from_wechat(self.merchant, reply.headers, reply.body, now_ms):
            return Unknown(words.UNSIGNED)
        return reply


def _read(reply: Reply, request: RefundRequest) -> _Refund | Unknown | Abnormal:
    """The refund that was asked for, or why it is not that one."""
    try:
        found = msgspec.json.decode(reply.body, type=_Refund)
    except msgspec.DecodeError:
        return Unknown(words.UNREADABLE)
    asked = (request.refund_no, request.reference, request.amount, "CNY")
    told = (found.out_refund_no, found.transaction_id, found.amount.refund, found.amount.currency)
    if told != asked or not 0 <= found.amount.payer_refund <= request.amount:
        return Abnormal(words.OTHER_REFUND)
    return found


def _standing(found: _Refund) -> Found:
    match found.status:
        case "SUCCESS":
            try:
                at_ms = ms_of(found.success_time)
            except ValueError:
                return Unknown(words.UNREADABLE)
            return Success(found.amount.payer_refund, at_ms, found.user_received_account)
        case "PROCESSING":
            return Processing()
        case "CLOSED":
            return Closed(words.CLOSED)
        case "ABNORMAL":
            return Abnormal(words.ABNORMAL)
        case _:
            return Unknown(words.UNREADABLE)


def _code(reply: Reply) -> str:
    try:
        return msgspec.json.decode(reply.body, type=_Trouble).code
    except msgspec.DecodeError:
        return str(reply.status)


def _refused(reply: Reply) -> Failed | Abnormal | Unknown:
    """A signed refusal. What the documents do not call final keeps its number and needs a person.

    SIGN_ERROR and NO_AUTH are mended in the settings; NOT_ENOUGH by topping the account up. What
    names no code refuses nothing: 202 means taken, and not done yet.
    """
    code = _code(reply)
    if reply.status < 400 or code == str(reply.status):
        return Unknown(words.answered(str(reply.status)))
    if (final := words.FINAL.get(code)) is not None:
        return Failed(final)
    if code in {"SYSTEM_ERROR", "FREQUENCY_LIMITED", "BIZERR_NEED_RETRY"}:
        return Unknown(words.answered(code))
    return Abnormal(words.MENDED.get(code) or words.refused(code))
