"""What a person reads, before it is known in which language.

Law of the file: whatever a cashier or customer reads exists in Chinese and in English, or
not at all. The shop's own words are data in both; the program's are sentences of the catalogue.
"""

from collections.abc import Iterable

from msgspec import Struct

NAME_MAX = 24  # characters of a name within a sentence
NAMES_MAX = 3

CHINESE = "zh_CN"
ENGLISH = "en"


class Worded(Struct, frozen=True):
    """One thing said twice; `say` picks the language, `fill` puts values into {braces} of both."""

    zh: str
    en: str

    def say(self, language: str) -> str:
        return self.zh if language.startswith("zh") else self.en

    def fill(self, **values: object) -> "Worded":
        return Worded(self.zh.format(**values), self.en.format(**values))

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """As a recorded return keeps it: language and sentence."""
        return ((CHINESE, self.zh), (ENGLISH, self.en))


def named(names: Iterable[str]) -> Worded:
    """The first few of these, each cut to a readable length, and how many there are in all."""
    found = tuple(dict.fromkeys(names))
    short = [one if len(one) <= NAME_MAX else one[: NAME_MAX - 1] + "…" for one in found]
    if len(found) <= NAMES_MAX:
        return Worded("、".join(short), ", ".join(short))
    some = short[:NAMES_MAX]
    return Worded(
        f"{'、'.join(some)} 等 {len(found)} 种",
        f"{', '.join(some)} and {len(found) - NAMES_MAX} more",
    )


class Sentence(Struct, frozen=True):
    """A sentence of the catalogue by its English text, and its values: these may be told too.

    `Words.say` says it; `str()` is its English, for logs.
    """

    message: str
    values: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        if not self.values:
            return self.message
        said = {name: _english(value) for name, value in self.values}
        return self.message.format(**said)


class Row(Struct, frozen=True):
    """Several things told in a row, with `joint` between them."""

    parts: tuple[object, ...]
    joint: Sentence

    def __str__(self) -> str:
        return str(self.joint).join(str(_english(one)) for one in self.parts)


Told = Sentence | Worded | Row | str  # a text is a name of the shop, a code, a path: as it is


def sentence(message: str, /, **values: object) -> Sentence:
    """Mark `message` for the catalogue and keep it with its values until its language is known."""
    return Sentence(message, tuple(values.items()))


def row(parts: Iterable["Told"], joint: Sentence) -> Row:
    return Row(tuple(parts), joint)


def either(names: Iterable["Told"]) -> "Told":
    """a, b or c."""
    *head, last = names
    return sentence("{names} or {last}", names=row(head, COMMA), last=last) if head else last


def both(names: Iterable["Told"]) -> "Told":
    """a, b and c."""
    *head, last = names
    return sentence("{names} and {last}", names=row(head, COMMA), last=last) if head else last


COMMA = sentence(", ")
LINE_BREAK = Sentence("\n")
NOTHING = Sentence("")  # between parts that stand beside each other


class ToldFault(Exception):  # noqa: N818 - the house's word: Fault, raised at the edges
    """What keeps something from being done, as a sentence; `str()` is its English."""

    def __init__(self, message: str | Told, /, **values: object) -> None:
        self.told: Told = (
            Sentence(message, tuple(values.items())) if isinstance(message, str) else message
        )
        super().__init__(str(_english(self.told)))


def _english(value: object) -> object:
    return value.en if isinstance(value, Worded) else value
