"""The key of our hashes: short codes, tails and enrolment codes are kept as HMACs under it.

Law of the file: the key lies beside the database, not in it, so that a copy of the database alone
allows no guess at a four-digit tail.
"""

import hmac
import os
from hashlib import sha256
from pathlib import Path

from backoffice.once import kept_once

KEY_BYTES = 32


class Pepper:
    """Keyed hashes. The same text for another purpose has another hash."""

    def __init__(self, key: bytes) -> None:
        assert len(key) == KEY_BYTES, "the key of our hashes has 32 bytes"
        self._key = key

    def of(self, purpose: str, text: str) -> str:
        return hmac.new(self._key, f"{purpose}\n{text}".encode(), sha256).hexdigest()


def open_pepper(state_dir: Path) -> Pepper:
    """The key in `state_dir`, made at the first time. Raises OSError."""
    return Pepper(kept_once(state_dir / "hashes.key", lambda: os.urandom(KEY_BYTES)))
