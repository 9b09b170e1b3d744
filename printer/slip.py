"""A slip as values: what is on the paper, not how a printer is told.

Text here is already in its language and free of control characters' meaning: the encoder strips
whatever could be read as a command.
"""

from enum import Enum, auto

from msgspec import Struct


class Align(Enum):
    LEFT = auto()
    CENTRE = auto()
    RIGHT = auto()


class Size(Enum):
    SMALL = auto()  # the policy, the copy mark
    NORMAL = auto()
    LARGE = auto()  # double height and width: title, the one amount


class Text(Struct, frozen=True):
    """A paragraph, wrapped at the paper's width."""

    text: str
    align: Align = Align.LEFT
    size: Size = Size.NORMAL
    bold: bool = False


class Columns(Struct, frozen=True):
    """A label and a value at the two edges; the value is never cut, the label wraps."""

    left: str
    right: str
    size: Size = Size.NORMAL
    bold: bool = False


class Rule(Struct, frozen=True):
    """A line across the paper."""


class Qr(Struct, frozen=True):
    """A QR code, centred, at 4 to 8 dots a module with its quiet zone of four modules."""

    payload: str


class SignatureLine(Struct, frozen=True):
    """Room to sign, with its label."""

    label: str


class Mark(Struct, frozen=True):
    """What must not be overlooked: white on black across the paper (补打 COPY, 培训 TRAINING)."""

    text: str


class Feed(Struct, frozen=True):
    lines: int = 1


class Cut(Struct, frozen=True):
    """Feed to the cutter and cut; between two copies of one job as well as at the end."""


Part = Text | Columns | Rule | Qr | SignatureLine | Mark | Feed | Cut


class Slip(Struct, frozen=True):
    """A printed document of ours (退货码小票, 退货结果凭证, notice).

    `across` is watermarked over all of it but its QR codes: what it is not good for.
    """

    parts: tuple[Part, ...]
    across: str = ""
