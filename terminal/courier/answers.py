"""What the back office answered, checked against what was asked.

Law of the file: an answer that does not fit is a fault and nothing of it is used. A record counts
as kept only where its own verdict says so, and never one that was not sent.
"""

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import Struct

from terminal.courier.patience import SPREAD_MAX_S
from terminal.courier.protocol import Cursor, Item, Record, Verdict, place_of

SALES_MAX = 20
ITEMS_MAX = 2_000


class Lie(Exception):  # noqa: N818 - named for what it is
    """An answer that cannot be true of what was asked; `str()` says how, and quotes nothing."""


class Acked(Struct, frozen=True):
    acked: int
    verdicts: tuple[Verdict, ...]
    server_ms: int
    spread_s: float


class _Delivered(Struct, frozen=True):
    acked: int
    verdicts: tuple[Verdict, ...]
    server_ms: int
    spread_s: float = 0.0


class Found(Struct, frozen=True):
    sales: tuple[dict[str, Any], ...]
    ret: dict[str, Any] | None = msgspec.field(default=None, name="return")


class FeedPage(Struct, frozen=True):
    items: tuple[Item, ...]
    next: Cursor


def delivered(data: bytes, sent: Sequence[Record]) -> Acked:
    """The answer to these records. Raises Lie."""
    said = _decoded(data, _Delivered)
    ours = {(one.id, one.seq) for one in sent}
    named = [(one.id, one.seq) for one in said.verdicts]
    if len(set(named)) != len(named) or not set(named) <= ours:
        raise Lie("verdicts for other records")
    verdicts = {one.seq: one for one in said.verdicts}
    first, last = sent[0].seq, sent[-1].seq
    for seq in range(first, min(said.acked, last) + 1):
        if seq not in verdicts or not verdicts[seq].kept:
            raise Lie("acknowledged without a verdict that keeps it")
    if said.acked < first and not {"ahead", "refused"} & {one.verdict for one in said.verdicts}:
        raise Lie("nothing acknowledged, and no verdict why")
    if said.acked < 0 or not 0 <= said.spread_s <= SPREAD_MAX_S:
        raise Lie("a number out of range")
    # A branch that a restored backup left behind may be longer: of that nothing was sent.
    return Acked(min(said.acked, last), said.verdicts, said.server_ms, said.spread_s)


def found(data: bytes) -> Found:
    """The answer to a look-up. Raises Lie."""
    said: Found = _decoded(data, Found)
    if len(said.sales) > SALES_MAX:
        raise Lie("more sales than are shown")
    return said


def fed(data: bytes, after: int) -> FeedPage:
    """A page of the feed behind `after`. Raises Lie."""
    said: FeedPage = _decoded(data, FeedPage)
    if len(said.items) > ITEMS_MAX:
        raise Lie("too many items")
    before = after
    for one in said.items:
        if one.cursor <= before:
            raise Lie("a cursor that does not grow")
        before = one.cursor
    if said.next < before:
        raise Lie("the next cursor lies before its items")
    return said


def _decoded(data: bytes, kind: type[Any]) -> Any:
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, RecursionError) as fault:
        raise Lie(f"not the JSON that was asked for: {place_of(fault)}") from fault
