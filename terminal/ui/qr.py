"""The modules of a QR code, made once a payload.

Law of the file: making the matrix costs more than drawing the whole screen, so it is kept, and the
library is imported only when a first QR is drawn.
"""

from functools import lru_cache

QUIET = 4  # modules of white around it (ISO/IEC 18004)

Matrix = tuple[tuple[bool, ...], ...]


@lru_cache(maxsize=8)
def matrix(payload: str) -> Matrix:
    """Rows of modules, True is dark, without the quiet zone; error correction M (15 %)."""
    from qrcode.constants import ERROR_CORRECT_M  # noqa: PLC0415 -- see the law of the file
    from qrcode.main import QRCode  # noqa: PLC0415

    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(payload)
    code.make(fit=True)
    return tuple(tuple(bool(module) for module in row) for row in code.get_matrix())
