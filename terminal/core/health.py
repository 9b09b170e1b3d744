"""How the unit's devices are: a second, small machine, never stored and never part of a state."""

from enum import Enum, auto

from msgspec import Struct
from msgspec.structs import replace

CLOCK_OFF_MS = 300_000
DAY_MIN = 24 * 60


class Link(Enum):
    """A device's light. NONE: the unit has no such device. PART: of several, not all work."""

    NONE = auto()
    UNKNOWN = auto()
    GOOD = auto()
    PART = auto()
    LOST = auto()


class Paper(Enum):
    UNKNOWN = auto()
    OK = auto()
    LOW = auto()
    OUT = auto()


class Health(Struct, frozen=True):
    """`storage` False: the last commit failed; nothing new may be taken until it is mended."""

    scanner: Link = Link.UNKNOWN
    keypad: Link = Link.NONE
    printer: Link = Link.UNKNOWN
    paper: Paper = Paper.UNKNOWN
    cover_open: bool = False
    network: Link = Link.NONE
    network_since: str = ""  # HH:MM
    sending_stopped: bool = False  # the office refused a record: a person has to look
    storage: bool = True
    clock_set_back: bool = False
    clock_slow_min: int = 0  # against the office's; below 0 it is fast
    rules_refused: bool = False  # the office sent some that cannot be used

    @property
    def clock_days_ahead(self) -> bool:
        """What is counted in days must wait until a person has set the clock."""
        return self.clock_slow_min <= -DAY_MIN

    @property
    def printer_wants_hands(self) -> bool:
        """Somebody has to put it right, and it does not tell us when they have."""
        return self.printer is Link.LOST or self.paper in {Paper.LOW, Paper.OUT} or self.cover_open


def scanner(health: Health, link: Link) -> Health:
    return replace(health, scanner=link)


def signed_off(health: Health, *, now: bool) -> Health:
    """One of several scanners was taken away: who signs on next works with what is there."""
    return scanner(health, Link.GOOD) if now and health.scanner is Link.PART else health


def keypad(health: Health, link: Link) -> Health:
    return replace(health, keypad=link)


def printer(health: Health, link: Link, paper: Paper, *, cover_open: bool) -> Health:
    return replace(health, printer=link, paper=paper, cover_open=cover_open)


def network(health: Health, *, up: bool, stopped: bool, at: str) -> Health:
    """`at` is the time of day; it stays for as long as the network is as it is."""
    link = Link.GOOD if up else Link.LOST
    since = health.network_since if health.network is link else at
    return replace(health, network=link, network_since=since, sending_stopped=stopped)


def storage(health: Health, *, good: bool) -> Health:
    return replace(health, storage=good)


def clock_against(health: Health, *, slow_ms: int) -> Health:
    """Less than CLOCK_OFF_MS changes no slip's day and is nobody's business."""
    whole = abs(slow_ms) // 60_000 * (1 if slow_ms > 0 else -1)
    return replace(health, clock_slow_min=whole if abs(slow_ms) >= CLOCK_OFF_MS else 0)


def rules(health: Health, *, refused: bool) -> Health:
    return replace(health, rules_refused=refused)


def clock(health: Health, *, set_back: bool) -> Health:
    return replace(health, clock_set_back=set_back)
