"""A slip and a model to the bytes of one job: pure, whole, nothing kept between jobs.

A job starts by resetting the printer, so no earlier job can colour it. The command bytes are
python-escpos's constants where it has them. Its `Escpos.text`, `image`, `qr` and `cut` are not
used: they send Chinese without its mode switches and print full-width signs as `?`, lose centring
when a picture is split, draw QR codes without their quiet zone and always cut partially. Importing
`escpos.constants` alone also saves the 0.2 s of parsing and the stray folder of `escpos.printer`.
"""

from pathlib import Path

from escpos import constants
from PIL import Image, ImageChops

from printer import raster
from printer.layout import Line, column_lines, text_lines
from printer.models import Charset, CutKind, Model
from printer.qr import qr_dots, qr_matrix
from printer.slip import (
    Align,
    Columns,
    Cut,
    Feed,
    Mark,
    Part,
    Qr,
    Rule,
    SignatureLine,
    Size,
    Slip,
    Text,
)
from printer.text import clean, crossed, encodable, to_firmware
from printer.text import columns as columns_of

_RESET: bytes = constants.HW_INIT
_LF: bytes = constants.CTL_LF
_LARGE: bytes = constants.TXT_SIZE + b"\x11"
_NORMAL: bytes = constants.TXT_SIZE + b"\x00"
_BOLD_ON: bytes = constants.TXT_STYLE["bold"][True]
_BOLD_OFF: bytes = constants.TXT_STYLE["bold"][False]
_REVERSE_ON: bytes = constants.TXT_STYLE["invert"][True]
_REVERSE_OFF: bytes = constants.TXT_STYLE["invert"][False]
_CENTRE: bytes = constants.TXT_STYLE["align"]["center"]
_LEFT: bytes = constants.TXT_STYLE["align"]["left"]
_PICTURE: bytes = constants.S_RASTER_N
_QR: bytes = constants.GS + b"(k"
_FEED: bytes = constants.ESC + b"d"
_CHINESE_ON: bytes = constants.FS + b"&"
_CHINESE_OFF: bytes = constants.FS + b"."
_CUTS: dict[CutKind, bytes] = {
    CutKind.PARTIAL: constants.PAPER_PART_CUT,
    CutKind.FULL: constants.PAPER_FULL_CUT,
    CutKind.NONE: b"",
}
# A picture's bytes that some firmware would take as a real-time command: one dot is set instead.
_REAL_TIME = ((b"\x10\x04", b"\x11\x04"), (b"\x10\x05", b"\x11\x05"), (b"\x10\x14", b"\x11\x14"))


def encode(slip: Slip, model: Model, font: Path = raster.FONT) -> bytes:
    """All bytes of one print job, to be written in one go.

    Raises SlipError when a QR code cannot fit the paper or the font is missing.
    """
    out = [_RESET]
    if model.charset is Charset.NONE:
        pending: list[Part] = []
        for part in (*slip.parts, Feed(0)):
            if isinstance(part, Cut | Feed):
                out.append(_drawn(tuple(pending), model, font, slip.across) if pending else b"")
                out.append(_text_part(part, model, font))
                pending = []
            else:
                pending.append(part)
        return b"".join(out)
    parts = (_across(part, slip.across, model.columns) for part in slip.parts)
    out += [_text_part(part, model, font) for part in parts]
    return b"".join(out)


class ColumnPaper:
    """Measures in the printer's columns; fulfils layout.Paper. Small is as large as normal here."""

    def __init__(self, columns: int) -> None:
        self._columns = columns

    def room(self, size: Size) -> int:
        return self._columns // 2 if size is Size.LARGE else self._columns

    def measure(self, text: str, size: Size) -> int:
        del size  # the room is halved instead
        return columns_of(to_firmware(text))

    def gap(self, size: Size) -> int:
        del size
        return 1


def _text_part(part: Part, model: Model, font: Path) -> bytes:
    paper = ColumnPaper(model.columns)
    match part:
        case Text():
            return _lines(text_lines(part, paper), part, model, font)
        case Columns():
            return _lines(column_lines(part, paper), part, model, font)
        case Rule():
            return _chinese("─" * (model.columns // 2)) + _LF
        case Qr():
            return _qr(part, model)
        case SignatureLine():
            label = _lines(text_lines(Text(part.label), paper), Text(part.label), model, font)
            line = "_" * (model.columns * 2 // 3)
            return label + _LF * 2 + line.rjust(model.columns).encode("ascii") + _LF
        case Mark():
            return _mark(part, model, font)
        case Feed():
            return _FEED + bytes((min(part.lines, 255),)) if part.lines > 0 else b""
        case Cut():
            return _cut(model)


def _across(part: Part, across: str, columns: int) -> Part:
    """Text has no place behind the text: each line across the paper says it instead."""
    return Text(crossed(across, columns)) if across and isinstance(part, Rule) else part


def _lines(lines: tuple[Line, ...], part: Text | Columns, model: Model, font: Path) -> bytes:
    """Lines as text, or the whole part as a picture when one character is not in the firmware."""
    if not all(encodable(to_firmware(line.text + line.right), model.charset) for line in lines):
        return _drawn((part,), model, font)
    return b"".join(_line(line, model) for line in lines)


def _line(line: Line, model: Model) -> bytes:
    room = model.columns // 2 if line.size is Size.LARGE else model.columns
    text, right = to_firmware(line.text), to_firmware(line.right)
    space = room - columns_of(text) - columns_of(right)
    if line.align is Align.CENTRE:
        text = " " * (space // 2) + text
    elif line.align is Align.RIGHT:
        text = " " * space + text
    elif right:
        text += " " * space + right
    before = after = b""
    if line.size is Size.LARGE:
        before, after = _LARGE, _NORMAL
    if line.bold:
        before, after = before + _BOLD_ON, _BOLD_OFF + after
    return before + _chinese(text) + after + _LF


def _chinese(text: str) -> bytes:
    """Bytes of text with the Chinese mode on only where it is needed.

    In that mode a Latin byte would swallow its neighbour, out of it a native QR comes out blank.
    """
    if text.isascii():
        return text.encode("ascii")
    return _CHINESE_ON + text.encode("gb18030") + _CHINESE_OFF


def _mark(part: Mark, model: Model, font: Path) -> bytes:
    paper = ColumnPaper(model.columns)
    lines = text_lines(Text(part.text, Align.CENTRE, Size.LARGE, bold=True), paper)
    if not all(encodable(to_firmware(line.text), model.charset) for line in lines):
        return _drawn((part,), model, font)
    room = model.columns // 2
    out = _REVERSE_ON
    for line in lines:
        text = to_firmware(line.text)
        space = room - columns_of(text)
        padded = " " * (space // 2) + text + " " * (space - space // 2)  # the bar is full width
        out += _LARGE + _BOLD_ON + _chinese(padded) + _BOLD_OFF + _NORMAL + _LF
    return out + _REVERSE_OFF


def _cut(model: Model) -> bytes:
    feed = _FEED + bytes((model.feed_to_cut,)) if model.feed_to_cut else b""
    return feed + _CUTS[model.cut]


def _qr(part: Qr, model: Model) -> bytes:
    if not model.native_qr:
        code = raster.to_dots(raster.qr_picture(part.payload, model))
        # A raster picture is only taken at the beginning of a line, hence the line feed.
        return _LF + _CENTRE + graphics(code, model) + _LEFT
    payload = clean(part.payload).encode("utf-8")
    dots = qr_dots(qr_matrix(part.payload), model)
    # Native codes have no quiet zone of their own: a line above and below.
    return _LF + _CENTRE + _native_qr(payload, dots) + _LF + _LEFT


def _native_qr(payload: bytes, dots: int) -> bytes:
    def function(number: int, arguments: bytes) -> bytes:
        size = len(arguments) + 2
        return _QR + bytes((size & 255, size >> 8, 49, number)) + arguments

    return (
        function(65, b"2\x00")  # model 2
        + function(67, bytes((dots,)))
        + function(69, bytes((48 + constants.QR_ECLEVEL_M,)))
        + function(80, b"0" + payload)
        + function(81, b"0")
    )


def _drawn(parts: tuple[Part, ...], model: Model, font: Path, across: str = "") -> bytes:
    return graphics(raster.picture(parts, model, font, across), model)


def graphics(image: Image.Image, model: Model) -> bytes:
    """A 1-bit picture as GS v 0 commands of at most `model.raster_rows` rows each."""
    width = (image.width + 7) // 8
    padded = Image.new("1", (width * 8, image.height), 1)
    padded.paste(image, (0, 0))
    data = ImageChops.invert(padded.convert("L")).convert("1", dither=Image.Dither.NONE).tobytes()
    out = []
    for top in range(0, image.height, model.raster_rows):
        rows = min(model.raster_rows, image.height - top)
        chunk = data[top * width : (top + rows) * width]
        for command, harmless in _REAL_TIME:
            chunk = chunk.replace(command, harmless)
        size = bytes((width & 255, width >> 8, rows & 255, rows >> 8))
        out.append(_PICTURE + size + chunk)
    return b"".join(out)
