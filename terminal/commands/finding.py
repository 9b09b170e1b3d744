"""What a check found: one line, and what to do where something is amiss."""

from collections.abc import Callable

from msgspec import Struct

from terminal.core.words import Told
from terminal.settings import Settings
from terminal.ui.words import Words


class Finding(Struct, frozen=True):
    """`todo` says what to do; None: all is well."""

    name: Told
    what: Told
    todo: Told | None = None

    @property
    def ok(self) -> bool:
        return self.todo is None

    def line(self, words: Words) -> str:
        name = words.say(self.name)
        if self.todo is None:
            said = f"✓ {name}: {words.say(self.what)}"
        else:
            said = f"✗ {name}: {words.say(self.what)} — {words.say(self.todo)}"
        return "".join(char if char.isprintable() else "·" for char in said)


Check = Callable[[Settings], Finding]
