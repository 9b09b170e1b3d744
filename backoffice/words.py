"""A sentence for people, in both languages."""

from typing import NamedTuple


class Worded(NamedTuple):
    """`zh` and `en` say the same."""

    zh: str
    en: str

    def as_wire(self) -> dict[str, str]:
        """As docs/WIRE.md writes it."""
        return {"zh": self.zh, "en": self.en}


NOTHING = Worded("", "")


def say(worded: Worded, language: str) -> str:
    """In the language of a page: zh, or else en."""
    return worded.zh if language == "zh" else worded.en


class Unfit(ValueError):  # noqa: N818 - named for what happened
    """A value that is not what it should be; `words` say what is amiss, for whoever set it."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.words = Worded(zh, en)


class Refused(Exception):  # noqa: N818 - named for what happened
    """An act that is not possible now: nothing was changed. `words` are for whoever asked."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.words = Worded(zh, en)
