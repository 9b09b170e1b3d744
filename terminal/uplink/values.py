"""What the uplink says to the loop, as the devices say theirs.

Law of the file: a value says what happened, never what is to be done. What came from the back
office was checked for its shape alone; whether it is true of this unit is found where it is used.
"""

from typing import Any, TypeAlias

from msgspec import Struct

from terminal.core.shop import ShopState


class NetworkChanged(Struct, frozen=True):
    """Whether the back office answers; `why` is the courier's word for why not (no sentence).

    `stopped`: it refused a record, and nothing more is sent until somebody has looked.
    """

    up: bool
    why: str = ""
    stopped: bool = False


class ClockOff(Struct, frozen=True):
    """The office's clock less ours, in milliseconds: how slow ours is."""

    offset_ms: int


class RulesStand(Struct, frozen=True):
    """Whether the office's last word on the rules had to be refused."""

    refused: bool


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


UplinkValue: TypeAlias = NetworkChanged | ClockOff | RulesStand | Told | LookedUp
