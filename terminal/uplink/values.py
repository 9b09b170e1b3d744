"""What the uplink posts into the loop's mailbox, as the devices post theirs.

Law of the file: a value says what happened, never what is to be done. What came from the back
office was checked for its shape alone; whether it is true of this unit is found where it is used.
"""

from typing import Any, TypeAlias

from msgspec import Struct

from terminal.core.shop import ShopState


class NetworkChanged(Struct, frozen=True):
    """Whether the back office answers; `why` is the courier's word for why not (no sentence)."""

    up: bool
    why: str = ""


class Told(Struct, frozen=True):
    """The office says how a return of this terminal stands now; it is in storage already."""

    state: ShopState


class LookedUp(Struct, frozen=True):
    """The answer to a look-up: sales as they came (WIRE.md, FOUND), and the return, if any.

    `fault` is empty, or why the office could not be asked: offline, refused, busy.
    """

    ask: str
    sales: tuple[dict[str, Any], ...] = ()
    ret: ShopState | None = None
    fault: str = ""


class Delivered(Struct, frozen=True):
    """The office holds every record up to `acked`; verdicts are those of the last batch."""

    acked: int
    verdicts: tuple["Verdict", ...] = ()


class Verdict(Struct, frozen=True):
    """What became of one record: stored, known, parked, refused or ahead."""

    id: str
    seq: int
    verdict: str
    why: str = ""


class FeedCame(Struct, frozen=True):
    """One page of the feed: (cursor, what, body) of each item, and the cursor after it."""

    items: tuple[tuple[int, str, Any], ...]
    next: int


class ClockDiffers(Struct, frozen=True):
    """The office's clock less ours, in milliseconds, when it changed by more than a second."""

    offset_ms: int


UplinkValue: TypeAlias = NetworkChanged | Told | LookedUp | Delivered | FeedCame | ClockDiffers
