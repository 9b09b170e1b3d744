"""A sentence in both of the shop's languages.

Law of the file: whatever a cashier or customer reads exists in Chinese and in English, or
not at all.
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
