"""What makers of HID point-of-sale scanners do their own way: a table, no behaviour.

A line is added here when a scanner needs it; most need none, for their descriptor says all.
"""

from msgspec import Struct

from drivers.hid_pos import Layout

# id, length, AIM (3), data (56), maker's code id, reserved, flags: bit 0 is "continued"
# (Access-IS LSR118, ATR110; Honeywell).
_USUAL = Layout(report=2, length=1, aim=2, data=5, room=56, more=8 * 63)
# id, length, data (62): no AIM identifier, no mark (Microscan, Omron).
_BARE = Layout(report=1, length=1, data=2, room=62)


class Maker(Struct, frozen=True):
    """`enable` is a feature report, its number first, that makes the scanner use these reports at
    all. `layouts` hold where the descriptor does not name its fields.
    """

    name: str
    enable: bytes = b""
    layouts: tuple[Layout, ...] = (_USUAL, _BARE)


OTHERS = Maker("")
MAKERS = {  # by USB vendor number
    0x0C2E: Maker("Honeywell", enable=b"\xfe\x01"),
    0x23D0: Maker("Youjie", enable=b"\xfe\x01"),
    0x1EAB: Maker("Newland", layouts=(Layout(report=2, length=1, data=2, room=62),)),
}


def maker_of(vendor: int) -> Maker:
    return MAKERS.get(vendor, OTHERS)
