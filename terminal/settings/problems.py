"""What is wrong in the files of a shop, told all at once.

Law of the file: a problem names file, line, key, value and what is allowed, in English with the
Chinese beside it; nobody has to start the terminal twice to find two faults.
"""

from msgspec import Struct

from terminal.core.words import Worded


class Problem(Struct, frozen=True):
    """One fault. `key` is dotted (`printer.host`), empty for the whole file; `value` as written."""

    file: str
    key: str
    value: str
    allowed: Worded
    line: int | None = None

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        what = f"{self.key} = {self.value}" if self.value else self.key
        said = f"{place}: {what + ': ' if what else ''}{self.allowed.en} / {self.allowed.zh}"
        return "".join(char if char.isprintable() else "·" for char in said)


class SettingsFault(Exception):  # noqa: N818 - a Fault is our word for what edges raise
    """The settings cannot be used; `problems` has every one of them, in the files' order."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        count = len(self.problems)
        head = (
            f"The settings have {count} fault{'s' if count > 1 else ''}; nothing was started. "
            f"Correct {'them' if count > 1 else 'it'} and start again. / "
            f"设置有 {count} 处错误，程序未启动，请更正后重试。"
        )
        return "\n".join((head, *(f"  {problem}" for problem in self.problems)))
