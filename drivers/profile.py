"""What one model of scanner puts around its codes and how it types them, as values.

The same profile serves the serial and the keyboard form of a scanner: keys are turned into bytes
first, so one framing rule holds for both. Files in `config/scanners/` hold one profile each.
"""

from typing import Literal

from msgspec import Struct, field

from drivers.key_names import key_code

SHORTEST_GAP = 0.15  # s; slow and wireless scanners pause up to this long inside a code

Aim = Literal["auto", "required", "none"]
Layout = Literal["us", "de", "fr"]


class Framing(Struct, frozen=True):
    """Where a code begins and ends.

    Any one character of `terminators` ends a code; an empty code is ignored, so CR LF is one end.
    STX before a code is always taken off. `prefix` and `suffix` are taken off too and, where
    set, must be there: a code without them is only part of one. `max_length` is in bytes of UTF-8
    and counts everything between the ends. `gap` is the silence in seconds after which an
    unfinished code is thrown away. `gs_substitute` is what the scanner sends for FNC1 (GS, 0x1D)
    if it does not send GS itself.
    """

    terminators: str = "\r\n\t\x03"
    prefix: str = ""
    suffix: str = ""
    max_length: int = 1024
    gap: float = SHORTEST_GAP
    aim: Aim = "auto"
    gs_substitute: str = ""

    def __post_init__(self) -> None:
        if not self.terminators or not all(c in "\r\n\t\x03" for c in self.terminators):
            raise ValueError(
                f"terminators = {self.terminators!r}: only CR, LF, TAB and ETX end a code"
            )
        if self.gap < SHORTEST_GAP:
            raise ValueError(
                f"gap = {self.gap}: at least {SHORTEST_GAP} s, or slow scanners are cut"
            )
        if self.max_length < 1:
            raise ValueError(f"max_length = {self.max_length}: at least 1")
        if self.aim not in {"auto", "required", "none"}:
            raise ValueError(f"aim = {self.aim!r}: auto, required or none")


class ScannerProfile(Struct, frozen=True):
    """One model of scanner. `layout` is the one the scanner is set to, never the system's.

    `caps_lock` makes Caps Lock swap the case of letters; it is ignored otherwise, for
    scanners press it on their own account. `alt_codes` reads Alt + keypad digits as one character.
    `gs_keys` are keys (`KEY_F8`) that stand for FNC1. `baud` matters to RS-232 only.
    """

    framing: Framing = field(default_factory=Framing)
    baud: int = 9600
    layout: Layout = "us"
    caps_lock: bool = False
    alt_codes: bool = False
    gs_keys: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.layout not in {"us", "de", "fr"}:
            raise ValueError(f"layout = {self.layout!r}: us, de or fr")
        unknown = [name for name in self.gs_keys if key_code(name) is None]
        if unknown:
            raise ValueError(f"gs_keys = {unknown}: kernel key names such as KEY_F8")
        if self.baud <= 0:
            raise ValueError(f"baud = {self.baud}: a speed in bits a second, such as 9600")
