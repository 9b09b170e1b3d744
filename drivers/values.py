"""What the input devices say: the only words they share with the terminal."""

from enum import Enum, auto

from msgspec import Struct


class Key(Enum):
    """What a key means, whatever its position: a key map file gives each key code one of these."""

    CHARACTER = auto()  # a digit, a letter, the decimal point: the `char` of the KeyPress
    DOUBLE_ZERO = auto()
    BACKSPACE = auto()
    UP = auto()
    DOWN = auto()
    CONFIRM = auto()
    CANCEL = auto()
    F1 = auto()
    F2 = auto()
    F3 = auto()
    F4 = auto()
    F5 = auto()
    F6 = auto()


class KeyPress(Struct, frozen=True):
    """One key went down. `char` is one printable ASCII character when `key` is CHARACTER."""

    device: str
    key: Key
    char: str = ""


class Scan(Struct, frozen=True):
    """One whole code, terminator taken off. `aim` is its AIM identifier (`]E0`) or empty."""

    device: str
    text: str
    aim: str = ""


class ScanFault(Enum):
    """Why a scan was thrown away; the cashier is asked to scan again."""

    PARTIAL = auto()  # the terminator never came
    OVERRUN = auto()  # the kernel's queue overflowed (SYN_DROPPED): the tail is not a code
    TOO_LONG = auto()
    UNREADABLE = auto()  # bytes or keys that no code can hold


class ScanRejected(Struct, frozen=True):
    device: str
    fault: ScanFault


class DeviceLost(Struct, frozen=True):
    """The device went away or cannot be opened; `detail` is for the engineer's log.

    `left`: so many others of its kind still do its work.
    """

    device: str
    detail: str
    left: int = 0


class DeviceReady(Struct, frozen=True):
    """The device is open and grabbed (first time or again); `nodes` are what is held of it."""

    device: str
    detail: str = ""
    nodes: tuple[str, ...] = ()


DeviceValue = KeyPress | Scan | ScanRejected | DeviceLost | DeviceReady
