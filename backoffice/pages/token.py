"""The token in the QR code of a slip (docs/WIRE.md, "The QR on a slip"): read and verified.

Law of the file: a token proves that a terminal made it, and nothing else. What it may still do is
the state of its return. Whoever reads here is a stranger: nothing raises but `Forged`.
"""

import base64
import binascii
import struct
import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy.orm import Session

from backoffice.db.tables import TerminalKey

VERSION = 1
TEXT_LENGTH = 156
_HEAD = struct.Struct(">B3s16sIH5sH")
_FIRST_DAY = date(1970, 1, 1)


class Forged(Exception):  # noqa: N818 - named for what it is
    """No token, or none that a terminal of this shop made."""


@dataclass(frozen=True)
class Token:
    """What a verified token says. `amount` in minor units, `currency` the ISO 4217 number."""

    terminal: str
    key_revoked: bool
    return_id: str
    issued_s: int
    last_day: date
    amount: int
    currency: int


def read_token(session: Session, text: str) -> Token:
    """The token of a path's `T/` part. Raises Forged."""
    raw = _bytes_of(text)
    version, key, return_id, issued, last, amount, currency = _HEAD.unpack_from(raw)
    known = session.get(TerminalKey, int.from_bytes(key)) if version == VERSION else None
    if known is None:
        raise Forged
    try:
        public = Ed25519PublicKey.from_public_bytes(known.public_key)
        public.verify(raw[_HEAD.size :], raw[: _HEAD.size])
    except (InvalidSignature, ValueError) as wrong:
        raise Forged from wrong
    return Token(
        terminal=known.terminal,
        key_revoked=known.revoked_at is not None,
        return_id=str(uuid.UUID(bytes=return_id)),
        issued_s=issued,
        last_day=_FIRST_DAY + timedelta(days=last),
        amount=int.from_bytes(amount),
        currency=currency,
    )


def _bytes_of(text: str) -> bytes:
    if len(text) != TEXT_LENGTH:
        raise Forged
    try:
        return base64.b32decode(text.upper() + "=" * (-len(text) % 8))
    except (binascii.Error, ValueError) as wrong:
        raise Forged from wrong
