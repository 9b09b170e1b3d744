"""What the journal takes and gives, as plain values."""

from msgspec import Struct


class JournalEntry(Struct, frozen=True):
    """A fact to be kept and synced. `id` is a UUIDv7, `body` canonical JSON of the caller.

    `personal` is what of it may be erased one day; empty where nothing is.
    """

    id: str
    kind: str
    body: str
    personal: str = ""


class JournalRow(Struct, frozen=True):
    """A kept fact: `hash` = sha256(prev_hash + its fields), both as 64 hex digits.

    `promise` = sha256(salt + personal), 64 hex digits, is one of these fields: the personal part
    and its salt may be gone (both then empty), and the chain still holds. Empty: there was none.
    """

    seq: int
    id: str
    kind: str
    at_ms: int
    boot: str
    uptime_ms: int
    promise: str
    body: str
    prev_hash: str
    hash: str
    salt: str = ""
    personal: str = ""

    @property
    def erased(self) -> bool:
        """Whether there was a personal part that is gone."""
        return bool(self.promise) and not self.salt


class ChainBroken(Struct, frozen=True):
    """The first row of the journal that is not as it was written, or is missing."""

    seq: int
