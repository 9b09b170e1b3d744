"""Whether a laid-out screen is whole: nothing cut, nothing over anything else, nothing outside.

Law of the file: this looks at the marks only, and knows nothing of how they came to their places.
"""

from collections.abc import Iterator
from itertools import combinations

from terminal.ui.pixels.marks import Box, Figure, Ink, Modules, Plate, Sheet


def faults(sheet: Sheet, width: int, height: int) -> tuple[str, ...]:
    """A sentence for each fault; none is a proof."""
    return (
        *sheet.cuts,
        *_outside(sheet, Box(0, 0, width, height)),
        *_over_each_other(sheet),
        *_across_edges(sheet),
    )


def _name(mark: object) -> str:
    match mark:
        case Ink():
            return f"“{mark.text}”"
        case Figure():
            return f"the sign {mark.sign.name}"
        case Modules():
            return "the QR code"
        case _:
            return f"the box {mark}"


def _outside(sheet: Sheet, screen: Box) -> Iterator[str]:
    for mark in sheet.marks:
        if not screen.holds(mark.box):
            yield f"{_name(mark)} leaves the screen"


def _over_each_other(sheet: Sheet) -> Iterator[str]:
    solid = [(mark, mark.box) for mark in sheet.marks if not isinstance(mark, Plate)]
    for (one, box), (other, place) in combinations(solid, 2):
        if box.touches(place):
            yield f"{_name(one)} and {_name(other)} overlap"


def _across_edges(sheet: Sheet) -> Iterator[str]:
    plates = [mark for mark in sheet.marks if isinstance(mark, Plate)]
    for mark in sheet.marks:
        for plate in plates:
            if mark is plate or not plate.box.touches(mark.box):
                continue
            if not plate.box.holds(mark.box) and not mark.box.holds(plate.box):
                yield f"{_name(mark)} crosses the edge of {plate.box}"
