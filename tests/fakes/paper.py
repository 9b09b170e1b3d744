"""The paper of the printer emulator: commands and text in, pictures and lines of text out.

Characters stand in their cells as a thermal head prints them: 12 by 24 dots, Chinese 24 by 24.
What would spoil a slip - a line too long, a picture in the middle of a line - is noted as trouble.
"""

from dataclasses import dataclass, field
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFont

from tests.fakes.escpos_parser import Command, Event, Said, Trouble

FONT = "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"
_LINE = 30  # dots from line to line


@dataclass(frozen=True, slots=True)
class Style:
    width: int = 1
    height: int = 1
    bold: bool = False
    reverse: bool = False


@lru_cache(maxsize=4096)
def _glyph(char: str, cell: int) -> Image.Image:
    """A character black on white in a cell of `cell` by 24 dots."""
    font = ImageFont.truetype(FONT, 24, layout_engine=ImageFont.Layout.BASIC)
    advance = max(cell, round(font.getlength(char) + 0.5))
    image = Image.new("L", (advance, 24), 255)
    ImageDraw.Draw(image).text((advance // 2, 12), char, 0, font, anchor="mm")
    return image.resize((cell, 24)).point(lambda level: 255 * (level >= 128)).convert("1")


@dataclass
class Page:
    """What lies between two cuts."""

    lines: list[str] = field(default_factory=list)
    strips: list[Image.Image] = field(default_factory=list)
    qr_codes: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def picture(self, width: int) -> Image.Image:
        """The page as a 1-bit picture."""
        image = Image.new("1", (width, max(1, sum(strip.height for strip in self.strips))), 1)
        top = 0
        for strip in self.strips:
            image.paste(strip, (0, top))
            top += strip.height
        return image


class Paper:
    """A roll of `width` dots. `pages` are cut off, `page` is still in the printer."""

    def __init__(self, width: int = 576) -> None:
        self.width = width
        self.pages: list[Page] = []
        self.page = Page()
        self.troubles: list[str] = []
        self._reset()

    def _reset(self) -> None:
        self._style = Style()
        self._align = 0
        self._line: list[tuple[str, Style]] = []
        self._qr_dots, self._qr_data = 3, b""

    def take(self, event: Event) -> None:
        """Put one event on the paper."""
        match event:
            case Said(text):
                self._line += [(char, self._style) for char in text]
            case Trouble():
                self.troubles.append(str(event))
                self._line.append(("▒", self._style))
            case Command():
                self._obey(event)

    def _obey(self, command: Command) -> None:
        arguments, style = command.arguments, self._style
        match command.name:
            case "ESC @":
                if self._line:
                    self.troubles.append("!! a reset throws away a line that is not ended")
                self._reset()
            case "LF":
                self._end_line()
            case "ESC d":
                if self._line:
                    self._end_line()
                self._blank(arguments[0] * _LINE)
                self.page.lines += [""] * arguments[0]
            case "ESC a":
                if self._line:
                    self.troubles.append("!! ESC a inside a line")
                self._align = arguments[0]
            case "ESC E":
                self._style = Style(style.width, style.height, bool(arguments[0]), style.reverse)
            case "GS !":
                across, down = (arguments[0] >> 4) + 1, (arguments[0] & 15) + 1
                self._style = Style(across, down, style.bold, style.reverse)
            case "GS B":
                self._style = Style(style.width, style.height, style.bold, bool(arguments[0]))
            case "GS v 0":
                self._raster(command)
            case "GS ( k":
                self._qr(command)
            case "GS V":
                self.pages.append(self.page)
                self.page = Page()
            case _:  # modes that leave no trace on this paper
                pass

    def _blank(self, height: int) -> None:
        if height:
            self.page.strips.append(Image.new("1", (self.width, height), 1))

    def _end_line(self) -> None:
        line, self._line = self._line, []
        self.page.lines.append("".join(char for char, _ in line).rstrip())
        cells = [(char, style, 12 if char.isascii() else 24) for char, style in line]
        wide = sum(cell * style.width for _, style, cell in cells)
        high = max((style.height for _, style, _ in cells), default=1) * 24
        strip = Image.new("1", (self.width, high + _LINE - 24), 1)
        if wide > self.width:
            self.troubles.append(f"!! line of {wide} dots on {self.width}: {self.page.lines[-1]}")
        left = (self.width - wide) * self._align // 2
        for char, style, cell in cells:
            glyph = _glyph(char, cell).resize((cell * style.width, 24 * style.height))
            if style.bold:  # struck twice, one dot apart
                glyph = ImageChops.logical_and(glyph, ImageChops.offset(glyph, 1, 0))
            if style.reverse:
                glyph = glyph.point(lambda dot: 255 - dot)
            strip.paste(glyph, (left, strip.height - high if style.reverse else 0))
            left += glyph.width
        self.page.strips.append(strip)

    def _raster(self, command: Command) -> None:
        _, wide, high = command.arguments
        if self._line:
            self.troubles.append("!! a picture inside a line is printed as text")
        if wide * 8 > self.width:
            self.troubles.append(f"!! a picture of {wide * 8} dots on {self.width}")
        ink = Image.frombytes("1", (wide * 8, high), bytes(255 - byte for byte in command.data))
        self._put(ink)

    def _put(self, picture: Image.Image) -> None:
        strip = Image.new("1", (self.width, picture.height), 1)
        strip.paste(picture, ((self.width - picture.width) * self._align // 2, 0))
        self.page.strips.append(strip)

    def _qr(self, command: Command) -> None:
        """The printer's own QR code: set size, store, print."""
        import qrcode

        function = command.arguments[0]
        if function == 67:
            self._qr_dots = command.data[0]
        elif function == 80:
            self._qr_data = command.data[1:]
        elif function == 81:
            code = qrcode.QRCode(
                error_correction=qrcode.ERROR_CORRECT_M, border=0, box_size=self._qr_dots
            )
            code.add_data(self._qr_data)
            self.page.qr_codes.append(self._qr_data.decode("utf-8"))
            self._put(code.make_image().get_image().convert("1"))
