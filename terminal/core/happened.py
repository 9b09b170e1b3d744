"""What every event carries: the moment it happened in.

Law of the file: time, ids and chance come into the core in here; it never asks for them.
"""

from datetime import datetime

from msgspec import Struct


class Moment(Struct, frozen=True):
    """The world's part in an event: when it happened, and what may be used up by it."""

    now: datetime  # with the shop's offset
    id: str  # UUIDv7; names the ask, the print job or the return that this event starts
    entropy: int  # 50 random bits, the short code of a return
    return_number: str  # the number a return recorded by this event would get
    return_sequence: int
    seen_ms: int  # for how long the state has been on the screen, by a clock that nobody sets


class Happened(Struct, frozen=True, kw_only=True):
    moment: Moment
