"""A slip as values: what is on the paper, not how a printer is told.

Text here is already in its language and free of control characters' meaning: the encoder strips
whatever could be read as a command.
"""

from dataclasses import dataclass
from enum import Enum, auto


class Align(Enum):
    LEFT = auto()
    CENTRE = auto()
    RIGHT = auto()


class Size(Enum):
    SMALL = auto()  # the policy, the copy mark
    NORMAL = auto()
    LARGE = auto()  # double height and width: title, the one amount


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph, wrapped at the paper's width."""

    text: str
    align: Align = Align.LEFT
    size: Size = Size.NORMAL
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """A label and a value at the two edges; the value is never cut, the label wraps."""

    left: str
    right: str
    size: Size = Size.NORMAL
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper."""


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code, centred, at 4 to 8 dots a module with its quiet zone of four modules."""

    payload: str


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """Room to sign, with its label."""

    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    """What must not be overlooked: white on black across the paper (补打 COPY, 培训 TRAINING)."""

    text: str


@dataclass(frozen=True, slots=True)
class Feed:
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Cut:
    """Feed to the cutter and cut; between two copies of one job as well as at the end."""


Part = Text | Columns | Rule | Qr | SignatureLine | Mark | Feed | Cut


@dataclass(frozen=True, slots=True)
class Slip:
    """A printed document of ours (退货码小票, 退货结果凭证, notice)."""

    parts: tuple[Part, ...]
