"""Slips as a terminal of this shop prints them: a key on file, and the codes it signs."""

import base64
import json
import struct
import uuid
from datetime import UTC, date, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from backoffice.db.tables import Return, ReturnLine, TerminalKey
from backoffice.office import Office, Transaction
from tests.backoffice import made

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
CODE = "7K2M9Q4XCT"
BODY = {
    "policy_words": {"$": "Worded", "zh": "7 天内凭小票退货。", "en": "Returns within 7 days."},
    "policy_version": "2026-11-01",
    "settlement": {
        "fee": 0,
        "shortfall": 0,
        "to_pay": 0,
        "bought": [],
        "refunds": [
            {"position": 0, "kind": "wechat", "amount": 4155},
            {"position": 1, "kind": "cash", "amount": 2424},
        ],
    },
}
GOODS = (("金龙鱼 大豆油 5L", 1000, 4935), ("蒙牛 纯牛奶 250ml×12", 1000, 1644))


def key(tx: Transaction, terminal: str = made.TERMINAL) -> int:
    """Enrolled: its number."""
    made.terminal(tx, terminal)
    raw = KEY.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    one = TerminalKey(terminal=terminal, public_key=raw, made_at=tx.now)
    tx.session.add(one)
    tx.session.flush()
    return one.key


def recorded(tx: Transaction, return_id: str = made.RETURN_ID, replaces: str = "") -> Return:
    """A return of two articles, as its record brought it."""
    ret = made.a_return(tx, return_id)
    ret.body = json.dumps(BODY, ensure_ascii=False)
    ret.code_hash = tx.pepper.of("short_code", short_code())
    ret.replaces = replaces
    for place, (name, quantity, amount) in enumerate(GOODS):
        line = ReturnLine(
            return_id=return_id, place=place, line=place + 1, sku=f"10010{place}", name=name,
            unit="EACH", quantity=quantity, amount=amount, tax=0, reason="QUALITY",
            condition="OPENED", disposition="RETURN_TO_SUPPLIER",
        )  # fmt: skip
        tx.session.add(line)
    tx.session.flush()
    return ret


def short_code() -> str:
    """With its check, by Crockford's rule."""
    digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    number = 0
    for one in CODE:
        number = number * 32 + digits.index(one)
    return CODE + (digits + "*~$=U")[number % 37]


def token(
    key_number: int,
    return_id: str = made.RETURN_ID,
    amount: int = 6579,
    last_day: date = date(2026, 12, 4),
) -> str:
    """The `T/` part of a slip's code."""
    said = struct.pack(
        ">B3s16sIH5sH",
        1,
        key_number.to_bytes(3),
        uuid.UUID(return_id).bytes,
        int(datetime(2026, 11, 27, 6, tzinfo=UTC).timestamp()),
        (last_day - date(1970, 1, 1)).days,
        amount.to_bytes(5),
        156,
    )
    return base64.b32encode(said + KEY.sign(said)).decode().rstrip("=")


def slip(office: Office, *, reported: bool = True) -> str:
    """A printed slip's address."""
    with office.writing() as tx:
        number = key(tx)
        if reported:
            recorded(tx)
    return f"/T/{token(number)}"
