"""Settings as values: one frozen tree, complete and sound once it exists."""

from enum import Enum
from pathlib import Path

from msgspec import Struct

from drivers.input_nodes import NodeMatch
from drivers.key_map import KeyMap
from drivers.profile import ScannerProfile
from printer.models import Model
from terminal.core.rules import Rules
from terminal.core.sale import Currency
from terminal.core.words import Worded
from terminal.scans import CodePatterns


class ScannerKind(Enum):
    HID = "hid"  # a keyboard wedge under /dev/input
    HID_POS = "hid-pos"  # whole reports over /dev/hidraw
    SERIAL = "serial"
    NONE = "none"  # codes are typed, or come from the console


class KeypadKind(Enum):
    EVDEV = "evdev"
    NONE = "none"


class ScreenKind(Enum):
    FRAMEBUFFER = "framebuffer"
    CONSOLE = "console"
    NONE = "none"


class LinkKind(Enum):
    USBLP = "usblp"
    SERIAL = "serial"
    TCP = "tcp"
    FILE = "file"


class Shop(Struct, frozen=True):
    name: Worded
    address: Worded
    phone: str


class ScannerSettings(Struct, frozen=True):
    """How to find the scanner, and config/scanners/<profile_name>.toml with what it says.

    `path` is the device of a serial scanner; `match` is None only where nothing is said: then
    the first HID-POS scanner is taken. `others`: what else config/udev knows as a scanner is read
    beside it.
    """

    kind: ScannerKind
    path: str
    match: NodeMatch | None
    profile_name: str
    profile: ScannerProfile
    others: bool = True


class KeypadSettings(Struct, frozen=True):
    """`file` is the key map's, for the learn screen; no map where there is no keypad."""

    kind: KeypadKind
    match: NodeMatch | None
    file: Path
    keymap: KeyMap | None


class ScreenSettings(Struct, frozen=True):
    """`path` is the framebuffer device; width and height in pixels."""

    kind: ScreenKind
    path: str
    width: int
    height: int


class PrinterSettings(Struct, frozen=True):
    """`path` for usblp, serial and file; host and port for tcp; baud for serial.

    `copies` are printed of each return slip: the customer's and the shop's. `labels`: with the
    result, one for each article, saying where it goes.
    """

    link: LinkKind
    path: str
    host: str
    port: int
    baud: int
    profile_name: str
    model: Model
    copies: int
    labels: bool


class ImportSettings(Struct, frozen=True):
    """Where the shop's POS drops files; `watch` None: nowhere.

    `map` and `price_map` name the column maps of CSV files, `prices` is the pattern of the names
    of price lists; what else comes is sales.
    """

    watch: Path | None
    settle_seconds: int
    keep_going: bool
    map: str
    price_map: str
    prices: str


class Retention(Struct, frozen=True):
    """After how many days what is personal is erased, and a sale without returns goes whole."""

    personal_days: int
    sales_days: int


class UplinkSettings(Struct, frozen=True):
    """The courier's socket, None for a unit without a back office; how long a look-up may take."""

    socket: Path | None
    look_up_seconds: float


class Settings(Struct, frozen=True):
    """Everything a unit is told. `folder` is where the files were read, `data` where it writes."""

    folder: Path
    business_unit: str
    workstation: str
    training: bool
    shop: Shop
    language: str  # zh_CN | en
    currency: Currency
    currency_symbol: str
    data: Path
    idle_lock_seconds: int
    slip_url: str
    scanner: ScannerSettings
    keypad: KeypadSettings
    screen: ScreenSettings
    printer: PrinterSettings
    imports: ImportSettings
    patterns: CodePatterns
    rules: Rules
    retention: Retention
    uplink: UplinkSettings
