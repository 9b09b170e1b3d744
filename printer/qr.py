"""QR codes that a phone reads from worn paper: 4 to 8 dots a module, quiet zone of four modules.

DENSO asks for at least four dots and four modules of white; fewer decode on a clean screen and
fail on a creased slip.
"""

from functools import lru_cache

import qrcode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.exceptions import DataOverflowError

from printer.models import Model

QUIET = 4
Matrix = tuple[tuple[bool, ...], ...]


class SlipError(ValueError):
    """The slip cannot be made: `message` says why, a sentence with its `values`."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message.format(**values) if values else message)
        self.message, self.values = message, values


@lru_cache(maxsize=64)
def qr_matrix(payload: str) -> Matrix:
    """The modules with their quiet zone, rows of dark or not; error correction M.

    Cached: making one costs more than drawing a whole screen.
    """
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    try:
        code.add_data(payload.encode("utf-8"))
        code.make(fit=True)
    except (DataOverflowError, ValueError) as fault:
        raise SlipError(
            "a QR code cannot hold this text of {count} characters", count=len(payload)
        ) from fault
    return tuple(tuple(map(bool, row)) for row in code.get_matrix())


def qr_dots(matrix: Matrix, model: Model) -> int:
    """Dots a module: the most that fit this paper, within the model's bounds."""
    dots = min(model.qr_dots_max, model.width // len(matrix))
    if dots < model.qr_dots_min:
        raise SlipError(
            "the QR code has {modules} modules with its white border: at {dots} dots each it is"
            " wider than the paper's {width} dots; shorten its text",
            modules=len(matrix),
            dots=model.qr_dots_min,
            width=model.width,
        )
    return dots
