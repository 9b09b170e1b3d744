"""Alipay refunds: every part has its own `out_request_no`, and the query tells the truth.

Law of the file: only what Alipay signed is believed. `code` 10000 says that the call worked;
`fund_change` Y that this call moved money; anything else is queried. The query knows a refund
only by `refund_status`: without it the request never arrived or failed, and the same number may go
again. Source: opendocs.alipay.com/open/4b7cc5db_alipay.trade.refund and
8c776df6_alipay.trade.fastpay.refund.query.
"""

import logging
from collections.abc import Mapping, Sequence

import msgspec
from msgspec import Struct

from backoffice.rails import alipay_words as words
from backoffice.rails.alipay_signing import Application, believed, signed_call
from backoffice.rails.china_time import of_china
from backoffice.rails.rail import (
    Abnormal,
    Accepted,
    Asked,
    Failed,
    Found,
    Missing,
    Processing,
    RefundRequest,
    Success,
    Unknown,
)
from backoffice.rails.transport import Exchange, NoAnswer

REFUND = "alipay.trade.refund"
QUERY = "alipay.trade.fastpay.refund.query"
OPTIONS = ("refund_detail_item_list", "gmt_refund_pay", "deposit_back_info")
VOUCHERS = frozenset({"COUPON", "DISCOUNT", "MCOUPON", "MDISCOUNT"})  # return as vouchers do
# 20000: the service is away; 40005: called too often; a new one may mean anything
REFUSES = frozenset({"20001", "40001", "40002", "40003", "40004", "40006"})
MINUTE_MS = 60_000

log = logging.getLogger(__name__)


class _Item(Struct, frozen=True):
    fund_channel: str
    amount: str


class _Bank(Struct, frozen=True):
    """Where a bank's card is given back: P still on its way, S there, F sent back by the bank."""

    dback_status: str = ""


class _Told(Struct, frozen=True):
    """Both answers in one: every member is optional in the documents."""

    code: str
    sub_code: str = ""
    trade_no: str = ""
    out_request_no: str = ""
    fund_change: str = ""
    refund_status: str = ""
    refund_amount: str = ""
    gmt_refund_pay: str = ""
    refund_detail_item_list: Sequence[_Item] = ()
    deposit_back_info: _Bank = _Bank()


class Alipay:
    """The rail of tenders paid with Alipay."""

    gap_ms = 0

    def __init__(self, application: Application, exchange: Exchange) -> None:
        self._application = application
        self._exchange = exchange

    def refund(self, request: RefundRequest, now_ms: int) -> Asked:
        if request.currency != "CNY":
            return Failed(words.CURRENCY)
        content = {
            "trade_no": request.reference,
            "refund_amount": yuan(request.amount),
            "out_request_no": request.refund_no,
            "refund_reason": request.reason,
        }
        told = self._call(REFUND, content, now_ms)
        if isinstance(told, Unknown):
            return told
        if told.code == "10000":
            return Accepted() if told.fund_change == "Y" else Unknown(words.NO_CHANGE)
        return _refused(told)

    def query(self, request: RefundRequest, now_ms: int) -> Found:
        content = {
            "trade_no": request.reference,
            "out_request_no": request.refund_no,
            "query_options": list(OPTIONS),
        }
        told = self._call(QUERY, content, now_ms)
        if isinstance(told, Unknown):
            return told
        if told.code != "10000":
            # ACQ.TRADE_NOT_EXIST: a payment that is not known has no refund either
            known = told.sub_code != "ACQ.TRADE_NOT_EXIST"
            return Unknown(words.answered(told.sub_code or told.code)) if known else Missing()
        if not told.refund_status:
            return Missing()
        if told.refund_status != "REFUND_SUCCESS":
            return Unknown(words.answered(told.refund_status))
        return _standing(told, request, now_ms)

    def poll_ms(self, age_ms: int) -> int | None:
        """Soon at first, as most refunds are there at once; a bank's card takes days."""
        for until, wait in ((1, 1), (10, 5), (60, 10)):
            if age_ms < until * MINUTE_MS:
                return wait * MINUTE_MS
        return 30 * MINUTE_MS

    def _call(self, method: str, content: Mapping[str, object], now_ms: int) -> _Told | Unknown:
        query, form = signed_call(self._application, method, content, now_ms)
        sort = {"Content-Type": "application/x-www-form-urlencoded;charset=utf-8"}
        reply = self._exchange("POST", f"?{query}", sort, form)
        if isinstance(reply, NoAnswer):
            return Unknown(words.no_answer(reply.why))
        log.info("Alipay answered %s to %s", reply.status, method)
        if reply.status != 200:
            return Unknown(words.answered(str(reply.status)))
        text = believed(self._application, reply.body, method.replace(".", "_") + "_response")
        if text is None:
            return Unknown(words.UNSIGNED)
        try:
            return msgspec.json.decode(text, type=_Told)
        except msgspec.DecodeError:
            return Unknown(words.UNREADABLE)


def yuan(fen: int) -> str:
    """Fen as Alipay writes amounts: 2935 is `29.35`."""
    assert fen >= 0, fen
    return f"{fen // 100}.{fen % 100:02}"


def fen(text: str) -> int:
    """An amount of Alipay in fen. Raises ValueError for anything but digits and two decimals."""
    whole, _, part = text.partition(".")
    digits = whole + part.ljust(2, "0")
    if not (whole and len(part) <= 2 and digits.isascii() and digits.isdigit()):
        raise ValueError(f"{text!r}: not an amount in yuan")
    return int(digits)


def _standing(told: _Told, request: RefundRequest, now_ms: int) -> Found:
    """A refund that Alipay did: whose, how much of it as money, and whether the bank has it."""
    try:
        amount = fen(told.refund_amount)
        actual = amount - sum(
            fen(item.amount)
            for item in told.refund_detail_item_list
            if item.fund_channel in VOUCHERS
        )
        at_ms = of_china(told.gmt_refund_pay) if told.gmt_refund_pay else now_ms
    except ValueError:
        return Unknown(words.UNREADABLE)
    whose = (told.out_request_no, told.trade_no, amount)
    if whose != (request.refund_no, request.reference, request.amount) or actual < 0:
        return Abnormal(words.OTHER_REFUND)
    match told.deposit_back_info.dback_status:
        case "P":
            return Processing()
        case "F":
            return Abnormal(words.BANK)
        case _:
            channels = sorted({item.fund_channel for item in told.refund_detail_item_list})
            return Success(actual, at_ms, " ".join(channels))


def _refused(told: _Told) -> Failed | Abnormal | Unknown:
    """A signed refusal. Other codes and the system's errors say nothing of what was done.

    Source: opendocs.alipay.com/common/02km9f (the gateway's codes).
    """
    code = told.sub_code or told.code
    if told.code not in REFUSES or code.endswith("SYSTEM_ERROR"):
        return Unknown(words.answered(code))
    if told.code == "40004" and (final := words.FINAL.get(code)) is not None:
        return Failed(final)
    return Abnormal(words.MENDED.get(code) or words.refused(code))
