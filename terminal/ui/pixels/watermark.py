"""The word that lies behind everything on a training screen.

Law of the file: it is drawn on the ground before the first mark, so that it covers no word.
"""

from PIL import Image, ImageDraw, ImageFont

from terminal.ui.theme import FONT

_ANGLE = 18
_COLOUR = (226, 231, 238)  # on the ground: seen at once, and never in the way of a word


def watermark(image: Image.Image, text: str) -> None:
    """`text` across the image, as wide as it allows."""
    width, height = image.size
    size = min(width // max(len(text), 4), height // 3)
    font = ImageFont.truetype(FONT, size, layout_engine=ImageFont.Layout.BASIC)
    mask = Image.new("L", (width, height), 0)
    pen = ImageDraw.Draw(mask)
    for at in (1, 3):
        pen.text((width // 2, height * at // 4), text, 255, font, anchor="mm")
    image.paste(_COLOUR, (0, 0), mask.rotate(_ANGLE, Image.Resampling.BILINEAR))
