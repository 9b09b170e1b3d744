"""WeChat Pay v3's refunds, played on this machine: signatures checked, money counted.

Written from its documents alone and sharing no code with the rail, so that the two can disagree.
Faults are handed in beforehand (`faults`), one for each request to come.
"""

import base64
import json
import re
import secrets
import time
from collections import deque
from collections.abc import Callable
from enum import Enum, auto
from typing import Any
from urllib.parse import unquote

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.fakes.http_server import Answered, Asked, HttpServer
from tests.fakes.rail_keys import pair

KEY_ID = "PUB_KEY_ID_0116000000012026112700000000000001"
SERIAL = "5157F09EFDC096DE15EBE81A47057A7232F1B8E1"
LATE_S, DRIP_S = 1.5, 0.05  # beyond the second that the tests wait for an answer
MCHID = "1900000001"
APIV3_KEY = "0123456789abcdef0123456789abcdef"
PATH = "/v3/refund/domestic/refunds"
FIELDS = re.compile(r'(\w+)="([^"]*)"')


class Fault(Enum):
    """What goes wrong with one request. Names ending in DONE do the work first."""

    NONE = auto()
    HANG_UP = auto()
    HANG_UP_DONE = auto()
    LATE_DONE = auto()  # the answer comes when nobody waits for it any more
    DRIP_DONE = auto()  # it comes, and never ends
    ERROR_500 = auto()
    ERROR_500_DONE = auto()
    BUSY_429 = auto()
    UNSIGNED_DONE = auto()
    FORGED_DONE = auto()
    STALE_DONE = auto()
    NOT_JSON_DONE = auto()
    REFUSE_UNSIGNED_DONE = auto()  # somebody in between says no, after the refund was done


class WeChatPayServer(HttpServer):
    """`payments`: transaction id -> (paid, how much of it was the payer's own money)."""

    key_id = KEY_ID  # of what its answers are signed with
    named: str | None = KEY_ID  # the Wechatpay-Serial that requests must name

    def __init__(self) -> None:
        super().__init__(self._answer)
        self.payments: dict[str, tuple[int, int]] = {}
        self.refunds: dict[str, dict[str, Any]] = {}
        self.faults: deque[Fault] = deque()
        self.refuses: dict[str, tuple[int, str]] = {}  # refund number -> status, code or none
        self.asked: list[dict[str, Any]] = []  # what refunds were asked for
        self.bad_requests: list[str] = []
        self.requests = 0
        self.when_heard: Callable[[], None] = lambda: None
        self.when_done: Callable[[], None] = lambda: None
        self._nonces: set[str] = set()

    def moved(self) -> int:
        """What left the shop's account, in fen."""
        standing = ("PROCESSING", "SUCCESS", "ABNORMAL")
        return sum(
            one["amount"]["refund"] for one in self.refunds.values() if one["status"] in standing
        )

    def finish(self, refund_no: str, status: str) -> None:
        one = self.refunds[refund_no]
        one["status"] = status
        if status == "SUCCESS":
            one["success_time"] = "2026-11-27T15:45:57+08:00"

    def notice(self, refund_no: str, signer: str = "rail", age_s: int = 0) -> Answered:
        """Its notification that this refund came to an end, as it would be posted."""
        one = self.refunds.get(refund_no, {})
        amounts = one.get("amount", {})
        plain = {
            "mchid": MCHID,
            "transaction_id": one.get("transaction_id", ""),
            "out_trade_no": one.get("out_trade_no", ""),
            "refund_id": one.get("refund_id", ""),
            "out_refund_no": refund_no,
            "refund_status": "SUCCESS",
            "success_time": "2026-11-27T15:45:57+08:00",
            "user_received_account": "支付用户零钱",
            "amount": {
                name: amounts.get(name, 0)
                for name in ("total", "refund", "payer_total", "payer_refund")
            },
        }
        told = {
            "id": secrets.token_hex(16),
            "create_time": "2026-11-27T15:45:58+08:00",
            "resource_type": "encrypt-resource",
            "event_type": "REFUND.SUCCESS",
            "summary": "退款成功",
            "resource": sealed(json.dumps(plain), "refund") | {"original_type": "refund"},
        }
        return self._signed(200, told, signer, age_s)

    def _answer(self, asked: Asked) -> Answered:
        self.requests += 1
        self.when_heard()
        fault = self.faults.popleft() if self.faults else Fault.NONE
        if fault is Fault.HANG_UP:
            return Answered(0, {}, "", hang_up=True)
        if fault is Fault.ERROR_500:
            return self._signed(500, {"code": "SYSTEM_ERROR", "message": "系统错误"})
        if fault is Fault.BUSY_429:
            return self._signed(429, {"code": "FREQUENCY_LIMITED", "message": "频率超限"})
        if trouble := self._mistrust(asked):
            self.bad_requests.append(trouble)
            return Answered(401, {}, json.dumps({"code": "SIGN_ERROR", "message": trouble}))
        status, body = self._post(asked) if asked.method == "POST" else self._get(asked)
        self.when_done()
        match fault:
            case Fault.HANG_UP_DONE:
                return Answered(0, {}, "", hang_up=True)
            case Fault.LATE_DONE:
                return self._signed(status, body)._replace(late_s=LATE_S)
            case Fault.DRIP_DONE:
                return self._signed(status, body)._replace(drip_s=DRIP_S)
            case Fault.ERROR_500_DONE:
                return self._signed(500, {"code": "SYSTEM_ERROR", "message": "系统错误"})
            case Fault.UNSIGNED_DONE:
                return Answered(status, {}, json.dumps(body))
            case Fault.FORGED_DONE:
                return self._signed(status, body, signer="stranger")
            case Fault.STALE_DONE:
                return self._signed(status, body, age_s=900)
            case Fault.NOT_JSON_DONE:
                return self._signed(status, "<html>")
            case Fault.REFUSE_UNSIGNED_DONE:
                return Answered(403, {}, json.dumps({"code": "USER_ACCOUNT_ABNORMAL"}))
            case _:
                return self._signed(status, body)

    def _mistrust(self, asked: Asked) -> str:
        scheme, _, rest = asked.headers.get("authorization", "").partition(" ")
        fields = dict(FIELDS.findall(rest))
        if scheme != "WECHATPAY2-SHA256-RSA2048" or fields.get("mchid") != MCHID:
            return "authorization"
        if fields["serial_no"] != SERIAL or asked.headers.get("wechatpay-serial") != self.named:
            return "serial"
        if abs(int(fields["timestamp"]) - time.time()) > 300 or fields["nonce_str"] in self._nonces:
            return "replay"
        self._nonces.add(fields["nonce_str"])
        lines = (asked.method, asked.path, fields["timestamp"], fields["nonce_str"], asked.body, "")
        try:
            pair("shop").key.public_key().verify(
                base64.b64decode(fields["signature"]),
                "\n".join(lines).encode(),
                padding.PKCS1v15(),
                hashes.SHA256(),
            )
        except InvalidSignature:
            return "signature"
        return ""

    def _post(self, asked: Asked) -> tuple[int, dict[str, Any]]:
        if asked.path != PATH:
            return 404, {"code": "NOT_FOUND", "message": "路径不存在"}
        wants = json.loads(asked.body)
        self.asked.append(wants)
        number, amount = wants["out_refund_no"], wants["amount"]
        if not all(type(amount[name]) is int for name in ("refund", "total")):
            return 400, {"code": "PARAM_ERROR", "message": "金额须为整数，单位为分"}
        if number in self.refuses:
            status, code = self.refuses[number]
            return status, {"code": code, "message": "拒绝"} if code else {}
        if (known := self.refunds.get(number)) is not None:
            same = (known["amount"]["refund"], known["transaction_id"]) == (
                amount["refund"],
                wants["transaction_id"],
            )
            invalid = {"code": "INVALID_REQUEST", "message": "订单金额或退款金额与之前请求不一致"}
            return (200, known) if same else (400, invalid)
        paid, own = self.payments.get(wants["transaction_id"], (0, 0))
        if not paid:
            return 404, {"code": "RESOURCE_NOT_EXISTS", "message": "订单不存在"}
        before = self._before(wants["transaction_id"])
        if amount["total"] != paid or before + amount["refund"] > paid:
            return 400, {"code": "INVALID_REQUEST", "message": "退款金额大于订单可退金额"}
        payer = (before + amount["refund"]) * own // paid - before * own // paid
        self.refunds[number] = {
            "refund_id": f"5000000038201905270973{len(self.refunds):07}",
            "out_refund_no": number,
            "transaction_id": wants["transaction_id"],
            "out_trade_no": "S-0571-03-001234",
            "channel": "ORIGINAL",
            "user_received_account": "支付用户零钱",
            "create_time": "2026-11-27T15:45:50+08:00",
            "status": "PROCESSING",
            "amount": {
                "total": paid,
                "refund": amount["refund"],
                "payer_total": own,
                "payer_refund": payer,
                "settlement_refund": payer,
                "settlement_total": own,
                "discount_refund": amount["refund"] - payer,
                "currency": "CNY",
            },
            "promotion_detail": [],
        }
        return 200, self.refunds[number]

    def _before(self, transaction_id: str) -> int:
        return sum(
            one["amount"]["refund"]
            for one in self.refunds.values()
            if one["transaction_id"] == transaction_id and one["status"] != "CLOSED"
        )

    def _get(self, asked: Asked) -> tuple[int, dict[str, Any]]:
        found = self.refunds.get(unquote(asked.path.removeprefix(f"{PATH}/")))
        if found is None:
            return 404, {"code": "RESOURCE_NOT_EXISTS", "message": "退款单不存在"}
        return 200, found

    def _signed(self, status: int, body: object, signer: str = "rail", age_s: int = 0) -> Answered:
        text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
        stamp, nonce = str(int(time.time()) - age_s), secrets.token_hex(16)
        signature = pair(signer).key.sign(
            f"{stamp}\n{nonce}\n{text}\n".encode(), padding.PKCS1v15(), hashes.SHA256()
        )
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Request-ID": secrets.token_hex(8),
            "Wechatpay-Serial": self.key_id,
            "Wechatpay-Timestamp": stamp,
            "Wechatpay-Nonce": nonce,
            "Wechatpay-Signature": base64.b64encode(signature).decode(),
            "Wechatpay-Signature-Type": "WECHATPAY2-SHA256-RSA2048",
        }
        return Answered(status, headers, text)


def sealed(plain: str, about: str) -> dict[str, str]:
    """`plain` as only the owner of the APIv3 key can read it."""
    nonce = secrets.token_hex(6)
    text = AESGCM(APIV3_KEY.encode()).encrypt(nonce.encode(), plain.encode(), about.encode())
    return {
        "algorithm": "AEAD_AES_256_GCM",
        "ciphertext": base64.b64encode(text).decode(),
        "associated_data": about,
        "nonce": nonce,
    }
