"""What is wrong in the files of a shop, told all at once.

Law of the file: a problem names file, line, key, value and what is allowed; nobody has to start the
terminal twice to find two faults.
"""

from msgspec import Struct

from terminal.core.words import Sentence, Told, ToldFault, row, sentence

NEXT_LINE = Sentence("\n  ")


class Problem(Struct, frozen=True):
    """One fault. `key` is dotted (`printer.host`), empty for the whole file; `value` as written."""

    file: str
    key: str
    value: str
    allowed: Told
    line: int | None = None

    @property
    def told(self) -> Told:
        place: Told = self.file
        if self.line:
            place = sentence("{file}, line {line}", file=self.file, line=self.line)
        if not self.key:
            return sentence("{place}: {allowed}", place=place, allowed=self.allowed)
        what = _plain(f"{self.key} = {self.value}" if self.value else self.key)
        return sentence("{place}: {what}: {allowed}", place=place, what=what, allowed=self.allowed)


class SettingsFault(ToldFault):
    """The settings cannot be used; `problems` has every one of them, in the files' order."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        head = sentence(
            "The settings are not sound (faults: {count}); nothing was started. Correct them and"
            " start again.",
            count=len(problems),
        )
        super().__init__(row((head, *(one.told for one in problems)), NEXT_LINE))
        self.problems = problems


def _plain(text: str) -> str:
    return "".join(char if char.isprintable() else "·" for char in text)
