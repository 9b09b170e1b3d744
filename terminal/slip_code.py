"""What the code of a slip says, on paper and on the screen, and what a scanned one proves.

Law of the file: the same return under the same key has the same code for ever. A code proves that
a terminal made it (docs/WIRE.md); whether it was used is the return's own state. The library is
imported with the first code, never before the first screen.
"""

import base64
import binascii
import json
import logging
import re
import stat
import struct
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from msgspec import Struct

from terminal.core.currency_numbers import number_of
from terminal.core.returns import Return
from terminal.core.words import Told, sentence

log = logging.getLogger("terminal")
VERSION = 1
SEED_BYTES, SIGNATURE_BYTES = 32, 64
KEY_MAX = 2**24 - 1
_HEAD = struct.Struct(">B3s16sIH5sH")
TOKEN_BYTES = _HEAD.size + SIGNATURE_BYTES
_FIRST_DAY = date(1970, 1, 1)
# Plain HTTP never leaves this machine: a demo's page, a developer's.
_URL = re.compile(
    r"(?:HTTPS://[A-Z0-9.:-]+|HTTP://(?:127\.0\.0\.1|LOCALHOST)(?::[0-9]+)?)/(?:[A-Z0-9._-]+/)*"
)
_CODE = re.compile(rf"(?:{_URL.pattern})T/([A-Z2-7]{{156}})")


class SlipKey(Struct, frozen=True):
    """What this terminal signs its slips with; given by enrolment."""

    key: int
    seed: bytes
    slip_url: str

    def __repr__(self) -> str:
        return f"SlipKey(key={self.key}, seed=***)"


class SlipKeyFault(Exception):  # noqa: N818 - named for what happened
    """The key file is there and cannot be used: slips are printed without a signature."""

    def __init__(self, file: Path, wrong: Told) -> None:
        super().__init__(f"{file}: {wrong}")
        self.file, self.wrong = file, wrong


class Token(Struct, frozen=True):
    """What a code says. `amount` is in minor units, `currency` the ISO 4217 number.

    `ours` is True where our own key signed it, False where it names our key and is not signed by
    it, None for a code of another key: of another terminal, or of this one before it got a new key.
    """

    key: int
    return_id: str
    issued: datetime
    last_day: date
    amount: int
    currency: int
    ours: bool | None


def key_file(data: Path) -> Path:
    return data / "slip-key.json"


def load_key(file: Path) -> SlipKey | None:
    """The key that enrolment left; None where there is none. Raises SlipKeyFault."""
    try:
        mode = file.stat().st_mode
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as fault:
        why = getattr(fault, "strerror", None) or "UTF-8"
        raise SlipKeyFault(file, sentence("cannot be read: {why}", why=why)) from fault
    if stat.S_IMODE(mode) & 0o077:
        others = sentence("others can read it: its mode must be 0600")
        raise SlipKeyFault(file, others)
    key = _key_of(text)
    if key is None:
        torn = sentence("is no whole key: enrol again")
        raise SlipKeyFault(file, torn)
    return key


def _key_of(text: str) -> SlipKey | None:
    try:
        said = json.loads(text)
        key = SlipKey(said["key"], base64.b64decode(said["seed"], validate=True), said["slip_url"])
        sound = type(key.key) is int and 1 <= key.key <= KEY_MAX and len(key.seed) == SEED_BYTES
        return key if sound and _URL.fullmatch(key.slip_url.upper()) else None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


class SlipCodes:
    """The codes of one unit. Without a key: number and short code, which the shop looks up."""

    def __init__(self, slip_url: str, key: SlipKey | None = None) -> None:
        self._url = (key.slip_url if key else slip_url).upper()
        self._key = key

    def of(self, ret: Return) -> str:
        """In capitals, so that it packs into few modules."""
        if self._key is None:
            return f"{self._url}R/{ret.number}/{ret.short_code}"
        return f"{self._url}T/{base64.b32encode(_signed(ret, self._key)).decode().rstrip('=')}"

    def read(self, text: str) -> Token | None:
        """A signed code of whatever terminal; None for anything else. Never raises."""
        found = _CODE.fullmatch(text.upper())
        if found is None:
            return None
        token = base64.b32decode(found[1] + "=" * (-len(found[1]) % 8))
        version, key, return_id, issued, last, amount, currency = _HEAD.unpack_from(token)
        if version != VERSION:
            return None
        number = int.from_bytes(key)
        own = self._key is not None and number == self._key.key
        return Token(
            key=number,
            return_id=_as_uuid(return_id),
            issued=datetime.fromtimestamp(issued, UTC),
            last_day=_FIRST_DAY + timedelta(days=last),
            amount=int.from_bytes(amount),
            currency=currency,
            ours=_verified(token, self._key) if own and self._key else None,
        )


def codes_of(data: Path, slip_url: str, *, training: bool) -> SlipCodes:
    """The codes of this unit. Training never signs; a key that cannot be used is told in the log.

    `returns-terminal check` says so too: the slips go on, unsigned.
    """
    if training:
        return SlipCodes(slip_url)
    try:
        return SlipCodes(slip_url, load_key(key_file(data)))
    except SlipKeyFault as fault:
        log.error("slips are not signed: %s", fault)  # noqa: TRY400 - the fault says it all
        return SlipCodes(slip_url)


UNSIGNED = SlipCodes("")  # where nothing is printed


def _signed(ret: Return, key: SlipKey) -> bytes:
    from nacl.bindings import crypto_sign, crypto_sign_seed_keypair  # noqa: PLC0415 - see the law

    said = _HEAD.pack(
        VERSION,
        key.key.to_bytes(3),
        binascii.unhexlify(ret.id.replace("-", "")),
        int(datetime.fromisoformat(ret.recorded_at).timestamp()),
        (date.fromisoformat(ret.expires_on) - _FIRST_DAY).days,
        ret.settlement.refund.to_bytes(5),
        number_of(ret.currency.code),
    )
    _public, secret = crypto_sign_seed_keypair(key.seed)
    return said + crypto_sign(said, secret)[:SIGNATURE_BYTES]


def _verified(token: bytes, key: SlipKey) -> bool:
    from nacl.bindings import crypto_sign_open, crypto_sign_seed_keypair  # noqa: PLC0415 - as above
    from nacl.exceptions import BadSignatureError  # noqa: PLC0415

    said, signature = token[: _HEAD.size], token[_HEAD.size :]
    public, _secret = crypto_sign_seed_keypair(key.seed)
    try:
        crypto_sign_open(signature + said, public)
    except BadSignatureError:
        return False
    return True


def _as_uuid(raw: bytes) -> str:
    text = raw.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
