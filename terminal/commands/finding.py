"""What a check found: one line, and what to do where something is amiss."""

from collections.abc import Callable

from msgspec import Struct

from terminal.core.words import Worded
from terminal.settings import Settings


class Finding(Struct, frozen=True):
    """`todo` says what to do; None: all is well."""

    name: Worded
    what: Worded
    todo: Worded | None = None

    @property
    def ok(self) -> bool:
        return self.todo is None

    def __str__(self) -> str:
        sign = "✓" if self.ok else "✗"
        name = f"{self.name.en} {self.name.zh}"
        if self.todo is None:
            said = f"{sign} {name}: {self.what.en} / {self.what.zh}"
        else:
            said = (
                f"{sign} {name}: {self.what.en} — {self.todo.en} / {self.what.zh} — {self.todo.zh}"
            )
        return "".join(char if char.isprintable() else "·" for char in said)


Check = Callable[[Settings], Finding]
