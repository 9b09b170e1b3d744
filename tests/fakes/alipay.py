"""Alipay's open gateway and its refunds, played here: signatures checked, money counted.

Written from its documents alone and sharing no code with the rail, so that the two can disagree.
Faults are handed in beforehand (`faults`), one for each request to come.
"""

import base64
import json
from collections import deque
from datetime import UTC, datetime, timedelta
from enum import Enum, auto
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from tests.fakes.http_server import Answered, Asked, HttpServer
from tests.fakes.rail_keys import pair

LATE_S, DRIP_S = 1.5, 0.05  # beyond the second that the tests wait for an answer
APP_ID = "2021000000000001"


class Fault(Enum):
    """What goes wrong with one request. Names ending in DONE do the work first."""

    NONE = auto()
    HANG_UP = auto()
    HANG_UP_DONE = auto()
    LATE_DONE = auto()  # the answer comes when nobody waits for it any more
    DRIP_DONE = auto()  # it comes, and never ends
    ERROR_502 = auto()
    SYSTEM_ERROR = auto()
    SYSTEM_ERROR_DONE = auto()
    UNKNOWN_20000_DONE = auto()
    UNSIGNED_DONE = auto()
    FORGED_DONE = auto()
    REFUSE_UNSIGNED_DONE = auto()
    NOT_JSON_DONE = auto()


class AlipayServer(HttpServer):
    """`payments`: trade number -> (paid, of it vouchers), in fen."""

    def __init__(self) -> None:
        super().__init__(self._answer)
        self.payments: dict[str, tuple[int, int]] = {}
        self.refunds: dict[tuple[str, str], int] = {}  # (trade, out_request_no) -> fen
        self.bank: dict[str, str] = {}  # out_request_no -> dback_status
        self.refuses: dict[str, tuple[str, str]] = {}  # out_request_no -> code, sub_code
        self.faults: deque[Fault] = deque()
        self.asked: list[dict[str, Any]] = []  # what was asked for, with `biz_content` read
        # a brace and a quote in a value: whoever counts braces to find the signed text loses
        self.memo = '}" 退款 {'
        self.bad_requests: list[str] = []
        self.told_no_change = 0
        self.requests = 0

    def moved(self) -> int:
        """What left the shop's account, in fen."""
        return sum(self.refunds.values())

    def _answer(self, asked: Asked) -> Answered:
        self.requests += 1
        fault = self.faults.popleft() if self.faults else Fault.NONE
        if fault is Fault.HANG_UP:
            return Answered(0, {}, "", hang_up=True)
        if fault is Fault.ERROR_502:
            return Answered(502, {}, "<html>bad gateway</html>")
        fields = _fields(asked)
        member = fields.get("method", "").replace(".", "_") + "_response"
        if trouble := self._mistrust(fields):
            self.bad_requests.append(trouble)
            told = {"code": "40002", "msg": "Invalid Arguments", "sub_code": trouble}
            return Answered(200, {}, json.dumps({"error_response": told}))
        if fault is Fault.SYSTEM_ERROR:
            return self._signed(member, _failed("ACQ.SYSTEM_ERROR"))
        content = json.loads(fields["biz_content"])
        self.asked.append(fields | {"biz_content": content})
        works = self._refund if fields["method"] == "alipay.trade.refund" else self._query
        told = works(content)
        match fault:
            case Fault.HANG_UP_DONE:
                return Answered(0, {}, "", hang_up=True)
            case Fault.LATE_DONE:
                return self._signed(member, told)._replace(late_s=LATE_S)
            case Fault.DRIP_DONE:
                return self._signed(member, told)._replace(drip_s=DRIP_S)
            case Fault.SYSTEM_ERROR_DONE:
                return self._signed(member, _failed("ACQ.SYSTEM_ERROR"))
            case Fault.UNKNOWN_20000_DONE:
                told = {"code": "20000", "msg": "Service Currently Unavailable"}
                return self._signed(member, told | {"sub_code": "isp.unknow-error"})
            case Fault.UNSIGNED_DONE:
                return Answered(200, {}, json.dumps({member: told}))
            case Fault.FORGED_DONE:
                return self._signed(member, told, signer="stranger")
            case Fault.REFUSE_UNSIGNED_DONE:
                return Answered(200, {}, json.dumps({member: _failed("ACQ.TRADE_STATUS_ERROR")}))
            case Fault.NOT_JSON_DONE:
                return Answered(200, {}, "<html>")
            case _:
                return self._signed(member, told)

    def _mistrust(self, fields: dict[str, str]) -> str:
        sign = fields.pop("sign", "")
        if fields.get("app_id") != APP_ID or fields.get("sign_type") != "RSA2":
            return "isv.invalid-app-id"
        china = datetime.now(UTC) + timedelta(hours=8)
        stamp = datetime.strptime(fields["timestamp"], "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
        if abs(china - stamp) > timedelta(minutes=10):
            return "isv.invalid-timestamp"
        text = "&".join(f"{name}={value}" for name, value in sorted(fields.items()) if value)
        try:
            pair("shop").key.public_key().verify(
                base64.b64decode(sign), text.encode(), padding.PKCS1v15(), hashes.SHA256()
            )
        except InvalidSignature:
            return "isv.invalid-signature"
        return ""

    def _refund(self, content: dict[str, Any]) -> dict[str, Any]:
        trade, number = content["trade_no"], content["out_request_no"]
        if number in self.refuses:
            return _failed(*reversed(self.refuses[number]))
        if trade not in self.payments:
            return _failed("ACQ.TRADE_NOT_EXIST")
        whole, _, part = content["refund_amount"].partition(".")
        assert len(part) == 2, content
        amount = int(whole) * 100 + int(part)
        known = self.refunds.get((trade, number))
        if known is not None and known != amount:
            return _failed("ACQ.DISCORDANT_REPEAT_REQUEST")
        before = sum(fen for (of, _), fen in self.refunds.items() if of == trade)
        if known is None and before + amount > self.payments[trade][0]:
            return _failed("ACQ.REASON_TRADE_REFUND_FEE_ERR")
        self.refunds[trade, number] = amount
        self.told_no_change += known is not None
        return {
            "code": "10000",
            "msg": "Success",
            "buyer_logon_id": "159****5620",
            "fund_change": "Y" if known is None else "N",
            "refund_fee": _yuan(before + (amount if known is None else 0)),  # of all parts
            "trade_no": trade,
        }

    def _query(self, content: dict[str, Any]) -> dict[str, Any]:
        trade, number = content["trade_no"], content["out_request_no"]
        if trade not in self.payments:
            return _failed("ACQ.TRADE_NOT_EXIST")
        found: dict[str, Any] = {"code": "10000", "msg": "Success", "trade_no": trade}
        amount = self.refunds.get((trade, number))
        if amount is None:
            return found
        paid, vouchers = self.payments[trade]
        voucher = amount * vouchers // paid
        found |= {"out_request_no": number, "refund_amount": _yuan(amount)}
        found |= {"total_amount": _yuan(paid), "refund_status": "REFUND_SUCCESS"}
        if "gmt_refund_pay" in content.get("query_options", ()):
            found["gmt_refund_pay"] = "2026-11-27 15:45:57"
        if "refund_detail_item_list" in content.get("query_options", ()):
            items = [("ALIPAYACCOUNT", amount - voucher), ("MCOUPON", voucher)]
            found["refund_detail_item_list"] = [
                {"fund_channel": channel, "amount": _yuan(fen)} for channel, fen in items if fen
            ]
        if number in self.bank and "deposit_back_info" in content.get("query_options", ()):
            status = self.bank[number]
            found["deposit_back_info"] = {"has_deposit_back": "true", "dback_status": status}
        return found

    def _signed(self, member: str, told: dict[str, Any], signer: str = "rail") -> Answered:
        text = json.dumps(told | {"memo": self.memo}, ensure_ascii=False)
        signature = pair(signer).key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())
        sign = base64.b64encode(signature).decode().replace("/", "\\/")  # as Java's JSON does
        return Answered(
            200,
            {"Content-Type": "text/html;charset=utf-8"},
            f'{{"{member}":{text},"sign":"{sign}"}}',
        )


def _fields(asked: Asked) -> dict[str, str]:
    """What the address and the body name. Only the address says in which charset the body is."""
    told = dict(parse_qsl(urlsplit(asked.path).query, strict_parsing=True))
    body = parse_qsl(asked.body, encoding=told.get("charset", "gbk"), errors="replace")
    return told | dict(body)


def _failed(sub_code: str, code: str = "40004") -> dict[str, Any]:
    return {"code": code, "msg": "Business Failed", "sub_code": sub_code, "sub_msg": "失败"}


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02}"
