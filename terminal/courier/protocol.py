"""The words on the socket between terminal and courier: one JSON object a line (docs/WIRE.md).

Law of the file: whatever comes is checked for its shape before anybody acts on it, and a line
longer than LINE_MAX is never kept.
"""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

LINE_MAX = 2 * 2**20  # bytes, of one line
RECORDS_MAX = 200  # of one batch
BATCH_BYTES = 400_000  # of a batch's bodies: escaped within JSON twice, it stays below 1 MiB
PAGE_ITEMS = 100  # of the feed, told at a time
PAGE_BYTES = 2**19
BEAT_S = 30.0  # between two words about the network, though nothing changes: the courier lives

Offline, Refused, Busy = "offline", "refused", "busy"

Cursor = Annotated[int, Meta(ge=0, lt=2**53)]  # what JSON holds, and the terminal's database


class Garbled(Exception):  # noqa: N818 - named for what it is
    """A line that is none of these words. `str()` says where, and quotes nothing."""


class Record(Struct, frozen=True):
    """A record of the journal, as it is kept. Hashes, salt and promise are hex digits."""

    seq: int
    id: str
    kind: str
    at_ms: int
    boot: str
    uptime_ms: int
    origin: str
    prev_hash: str
    hash: str
    promise: str
    body: str
    salt: str = ""
    personal: str = ""


# From the terminal.


class Hello(Struct, frozen=True, tag_field="do", tag="hello"):
    id: int
    terminal: str
    cursor: int


class Deliver(Struct, frozen=True, tag_field="do", tag="deliver"):
    id: int
    records: tuple[Record, ...]


class LookUp(Struct, frozen=True, tag_field="do", tag="look_up"):
    id: int
    query: dict[str, Any]
    timeout_ms: int


class Took(Struct, frozen=True, tag_field="do", tag="took"):
    cursor: int


Request = Hello | Deliver | LookUp | Took


# From the courier.


class Verdict(Struct, frozen=True):
    """What became of one record."""

    id: str
    seq: int
    verdict: Literal["stored", "known", "parked", "refused", "ahead"]
    why: str = ""

    @property
    def kept(self) -> bool:
        """Committed at the office, and so acknowledged."""
        return self.verdict in ("stored", "known", "parked")


class Item(Struct, frozen=True):
    """One thing that the back office says; `body` is checked where it is understood."""

    cursor: Cursor
    what: str
    body: Any


class Answer(Struct, frozen=True):
    """What the courier says to a request (`re` is its id); which of the rest is there depends."""

    re: int
    fault: str = ""
    why: str = ""
    terminal: str = ""
    version: int = 0
    acked: int = 0
    verdicts: tuple[Verdict, ...] = ()
    sales: tuple[dict[str, Any], ...] = ()
    ret: dict[str, Any] | None = msgspec.field(default=None, name="return")


class Network(Struct, frozen=True, tag_field="tell", tag="network"):
    up: bool
    why: str = ""


class Page(Struct, frozen=True, tag_field="tell", tag="feed"):
    items: tuple[Item, ...]
    next: Cursor


class Clock(Struct, frozen=True, tag_field="tell", tag="clock"):
    offset_ms: int


Tell = Network | Page | Clock

_encode = msgspec.json.Encoder().encode
_request = msgspec.json.Decoder(Request).decode
_tell = msgspec.json.Decoder(Tell).decode
_answer = msgspec.json.Decoder(Answer).decode


def line(value: Request | Answer | Tell) -> bytes:
    """As it goes over the socket, its end included."""
    return _encode(value) + b"\n"


def request_in(data: bytes) -> Request:
    """What the terminal says. Raises Garbled."""
    try:
        found: Request = _request(data)
    except (msgspec.DecodeError, RecursionError) as fault:
        raise Garbled(place_of(fault)) from fault
    return found


def said_in(data: bytes) -> Answer | Tell:
    """What the courier says. Raises Garbled."""
    try:
        return _answer(data) if data.startswith(b'{"re"') else _tell(data)
    except (msgspec.DecodeError, RecursionError) as fault:
        raise Garbled(place_of(fault)) from fault


def place_of(fault: Exception) -> str:
    """What a decoder has against a text, and where; the value itself, which it quotes, is left out.

    It may be anybody's name, and this goes into logs.
    """
    what, mark, at = str(fault).rpartition(" - at ")
    if not mark:
        what, at = at, ""
    if what.startswith("Invalid"):
        what = "Invalid value"
    return f"{what}{mark}{at}"[:200]
