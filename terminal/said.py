"""What the screen says of the last key or scan."""

from msgspec import Struct

from terminal.core.refusals import Refusal
from terminal.ui.entries import Kind


class Said(Struct):
    """Gone with the next key or scan."""

    refusal: Refusal | None = None
    malformed: Kind | None = None
    rejected: bool = False
