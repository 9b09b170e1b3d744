"""What the screen says of the last key or scan."""

from msgspec import Struct
from msgspec.structs import replace

from terminal.core.refusals import Refusal
from terminal.ui.entries import Kind
from terminal.ui.view import View


class Said(Struct):
    """Gone with the next key or scan."""

    refusal: Refusal | None = None
    malformed: Kind | None = None
    rejected: bool = False
    new_rules: str = ""

    def over(self, view: View) -> View:
        """The view with this laid over it."""
        return replace(
            view,
            refusal=self.refusal,
            malformed=self.malformed,
            rejected=self.rejected,
            new_rules=self.new_rules,
        )
