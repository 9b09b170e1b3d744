"""A Screen to pixels: `draw` for the picture, `overflow` for the proof that nothing is cut.

Law of the package: pure. The same screen and theme give the same bytes; layout is measured first
(piece, blocks), becomes marks (marks), is proved (proof) and only then painted (paint).
"""

from PIL import Image

from terminal.ui.legible import legible
from terminal.ui.pixels import frame, proof
from terminal.ui.pixels.blocks import piece_of
from terminal.ui.pixels.keys import key_bar, setting_for
from terminal.ui.pixels.marks import Box, Sheet
from terminal.ui.pixels.paint import paint
from terminal.ui.pixels.piece import Room, stack
from terminal.ui.screen import Screen
from terminal.ui.standing import wants_centre
from terminal.ui.theme import Sizes, Theme

__all__ = ["draw", "lay_out", "overflow"]


def draw(screen: Screen, theme: Theme) -> Image.Image:
    """The screen as an RGB image of the theme's size. Raises FontMissing when the font is."""
    sheet, _ = lay_out(legible(screen), theme)
    behind = screen.watermark
    return paint(sheet.marks, theme.width, theme.height, theme.palette.ground, behind)


def overflow(screen: Screen, theme: Theme) -> list[str]:
    """What is wrong with the layout, a sentence each: cut, overlapping, outside, or too small."""
    sheet, step = lay_out(legible(screen), theme)
    found = list(proof.faults(sheet, theme.width, theme.height))
    if step >= theme.proper:
        found.append(f"words are smaller than the theme allows (step {step})")
    return found


def lay_out(screen: Screen, theme: Theme) -> tuple[Sheet, int]:
    """The marks of the first step at which all fits, and the step; the last step if none does.

    A choice is rather made smaller than rolled, and rather rolled than made too small.
    """
    sheet, rolled = Sheet(), None
    for number, sizes in enumerate(theme.steps):
        if number == theme.proper and rolled is not None:
            return rolled
        sheet, whole = _at(screen, theme, sizes)
        if whole and not sheet.rolled:
            return sheet, number
        if whole and rolled is None:
            rolled = sheet, number
    return rolled or (sheet, len(theme.steps) - 1)


def _at(screen: Screen, theme: Theme, sizes: Sizes) -> tuple[Sheet, bool]:
    """One try. Bars keep the first step's height, so they stay where they are."""
    first = theme.steps[0]
    steady = Room(first, theme.palette)
    room = Room(sizes, theme.palette, centred=wants_centre(screen.blocks))
    across = theme.width - 2 * first.margin
    setting = setting_for(screen.keys, across, steady)
    top, foot = first.title * 32 // 15, first.cap * 3
    if len(setting.lines) > 1:
        foot = setting.line * len(setting.lines) + first.gap * 3 // 4
    sheet = Sheet()
    frame.title_bar(sheet, Box(0, 0, theme.width, top), screen, steady)
    high = frame.steps_height(screen, steady)
    if high:
        frame.step_bar(sheet, Box(first.margin, top, across, high), screen, steady)
    key_bar(sheet, Box(0, theme.height - foot, theme.width, foot), setting, steady)
    upper = top + high + (sizes.gap // 2 if high else sizes.gap)
    lower = theme.height - foot - sizes.gap * 3 // 4
    content = stack(
        [piece_of(each, across, room) for each in screen.blocks], sizes.gap, centred=True
    )
    strips = frame.notices(screen, across, room)
    if screen.notices:
        strips.put(sheet, Box(first.margin, upper, across, strips.ideal))
        upper += strips.ideal + sizes.gap // 2
    body = Box(first.margin, upper, across, lower - upper)
    content.put(sheet, body)
    return sheet, not sheet.cuts and content.least <= body.h
