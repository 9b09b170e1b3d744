"""The bar of keys at the bottom: every key that works now, each in its cap.

Law of the file: keys are never left out; they stand closer, then smaller, then on two lines.
"""

from msgspec import Struct

from terminal.ui.pixels import ink
from terminal.ui.pixels.marks import Box, Figure, Plate, Sheet, Sign
from terminal.ui.pixels.piece import Room
from terminal.ui.screen import Key

ARROWS = {"↑": Sign.UP, "↓": Sign.DOWN, "←": Sign.LEFT, "→": Sign.RIGHT}


class Setting(Struct, frozen=True):
    """How the keys stand: their lines, and the sizes of cap and label and the space between."""

    lines: tuple[tuple[Key, ...], ...]
    cap: int
    label: int
    space: int
    line: int  # pixels from line to line


def _cap_width(cap: str, size: int) -> int:
    inner = sum(size * 4 // 5 if char in ARROWS else ink.width(char, size) for char in cap)
    return max(inner + size * 9 // 10, size * 9 // 5)


def _key_width(key: Key, cap: int, label: int) -> int:
    return _cap_width(key.cap, cap) + label * 2 // 5 + ink.width(key.label, label)


def _broken(keys: tuple[Key, ...], width: int, setting: Setting) -> tuple[tuple[Key, ...], ...]:
    lines: list[list[Key]] = [[]]
    used = 0
    for key in keys:
        wide = _key_width(key, setting.cap, setting.label)
        if lines[-1] and used + setting.space + wide > width:
            lines.append([])
            used = 0
        used += wide + (setting.space if lines[-1] else 0)
        lines[-1].append(key)
    return tuple(tuple(line) for line in lines)


def setting_for(keys: tuple[Key, ...], width: int, room: Room) -> Setting:
    """The roomiest way to set the keys on one line; failing that, on as many as they need."""
    sizes = room.sizes
    wide, close = sizes.margin * 5 // 4, sizes.margin * 3 // 4
    for percent, space in ((100, wide), (100, close), (92, close), (85, close)):
        cap, label = sizes.cap * percent // 100, sizes.key * percent // 100
        setting = Setting((), cap, label, space, cap * 9 // 4)
        lines = _broken(keys, width, setting)
        if len(lines) == 1:
            return Setting(lines, cap, label, space, cap * 9 // 4)
    cap, label = sizes.cap * 9 // 10, sizes.key * 9 // 10
    lines = _broken(keys, width, Setting((), cap, label, close, cap * 2))
    return Setting(lines, cap, label, close, cap * 2)


def key_bar(sheet: Sheet, box: Box, setting: Setting, room: Room) -> None:
    """All keys, from the left."""
    sheet.marks.append(Plate(box, room.palette.foot))
    top = box.middle - setting.line * len(setting.lines) // 2
    for number, line in enumerate(setting.lines):
        x = box.x + room.sizes.margin
        middle = top + number * setting.line + setting.line // 2
        for key in line:
            _key(sheet, (x, middle), key, setting, room)
            x += _key_width(key, setting.cap, setting.label) + setting.space
        if x - setting.space > box.right:
            sheet.cuts.append(f"the key is too wide: {line[-1].label}")


def _key(sheet: Sheet, spot: tuple[int, int], key: Key, setting: Setting, room: Room) -> None:
    """One key, its left end and its middle at `spot`."""
    (x, middle), palette, size = spot, room.palette, setting.cap
    wide, high = _cap_width(key.cap, size), setting.cap * 17 // 10
    plate = Box(x, middle - high // 2, wide, high)
    radius = room.sizes.radius * 3 // 5
    sheet.marks.append(Plate(plate, palette.card, palette.cap_edge, radius, room.sizes.stroke))
    _cap(sheet, plate, key.cap, size, room)
    left = x + wide + setting.label * 2 // 5
    y = middle + ink.centre(setting.label)
    sheet.write(left, y, key.label, setting.label, palette.ink)


def _cap(sheet: Sheet, plate: Box, cap: str, size: int, room: Room) -> None:
    """The cap's words; arrows are drawn, as fonts draw them too thin to see."""
    colour = room.palette.ink
    if not any(char in ARROWS for char in cap):
        sheet.write_centred(plate, plate.middle + ink.centre(size), cap, size, colour)
        return
    inner = sum(size * 4 // 5 if char in ARROWS else ink.width(char, size) for char in cap)
    x = plate.x + (plate.w - inner) // 2
    for char in cap:
        if char in ARROWS:
            side = size * 4 // 5
            place = Box(x, plate.middle - side // 2, side, side)
            sheet.marks.append(Figure(place, ARROWS[char], colour))
            x += side
        else:
            sheet.write(x, plate.middle + ink.centre(size), char, size, colour)
            x += ink.width(char, size)
