"""A sentence in both of the shop's languages.

Law of the file: whatever a cashier or customer reads exists in Chinese and in English, or
not at all.
"""

from msgspec import Struct

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
