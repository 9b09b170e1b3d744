"""Every sentence a cashier sees, in the language of the terminal, by the standard gettext.

Law of the file: the English sentence is the key; values are named, so a translator may move them;
`xx` is a made-up language of longer, accented words that shows what would not fit.
"""

import re
from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path

from terminal.core.words import CHINESE, ENGLISH, Row, Sentence, Told, Worded

LOCALE = Path(__file__).parent / "locale"
DOMAIN = "terminal"
LANGUAGES = ("zh_CN", "en")
PSEUDO = "xx"

_ACCENTS = str.maketrans("AEIOUCNSYaeioucnsy", "ÄËÏÖÜÇÑŠÝäëïöüçñšý")
_NAMED = re.compile(r"(\{[^{}]*\})")


class LanguageUnknown(Exception):  # noqa: N818 -- named for what happened
    """No catalogue for a language; the message says which there are."""


def N_(message: str) -> str:  # noqa: N802 -- gettext's own name for "translate later"
    """Mark a sentence for the catalogue where it is not translated yet: in a table, a default."""
    return message


def pseudo(message: str) -> str:
    """About a third longer, accented, placeholders kept: `Ëntër~~`."""
    parts = _NAMED.split(message)
    accented = "".join(
        part if index % 2 else part.translate(_ACCENTS) for index, part in enumerate(parts)
    )
    letters = sum(len(part) for part in parts[::2])
    return accented + "~" * (letters // 3)


def _catalogue(language: str) -> NullTranslations:
    if language in {"en", PSEUDO}:
        return NullTranslations()
    if language not in LANGUAGES:
        choice = ", ".join(LANGUAGES)
        raise LanguageUnknown(f"There is no language {language!r}; choose one of: {choice}.")
    try:
        return translation(DOMAIN, str(LOCALE), [language])  # read once, argparse has it as well
    except FileNotFoundError as fault:
        raise LanguageUnknown(
            f"The catalogue of {language!r} is missing under {LOCALE}. Nothing was changed. "
            "Install the terminal again, or compile it: python -m terminal.ui.catalogue compile"
        ) from fault


class Words:
    """The sentences of one language: `words("Scan the receipt")`, `words("{n} left", n=3)`."""

    __slots__ = ("_pseudo", "_texts", "language")

    def __init__(self, language: str) -> None:
        """Raises LanguageUnknown when there is no catalogue for `language`."""
        self.language = language
        self._texts = _catalogue(language)
        self._pseudo = language == PSEUDO

    def __call__(self, message: str, /, **values: object) -> str:
        """The sentence in this language, with its named values put in."""
        return self._put(self._texts.gettext(message) if message else "", values)

    def plural(self, one: str, many: str, /, n: int, **values: object) -> str:
        """The sentence for `n` things; `{n}` is among its values."""
        return self._put(self._texts.ngettext(one, many, n), {"n": n, **values})

    def say(self, told: Told) -> str:
        """What was told, in this language."""
        match told:
            case Sentence(message, values):
                return self(message, **{name: self._value(one) for name, one in values})
            case Row(parts, joint):
                return self.say(joint).join(str(self._value(one)) for one in parts)
            case Worded():
                return told.say(self.language)
            case str():
                return told

    def _value(self, value: object) -> object:
        return self.say(value) if isinstance(value, Told) else value

    def _put(self, text: str, values: dict[str, object]) -> str:
        if self._pseudo:
            text = pseudo(text)
        return text.format(**values) if values else text


@cache
def words_of(language: str) -> Words:
    """The words of a language, made once in this process. Raises LanguageUnknown."""
    return Words(language)


def in_both(told: Told) -> tuple[str, str]:
    """What was told, in English and in Chinese: for files that both may read."""
    return words_of(ENGLISH).say(told), words_of(CHINESE).say(told)
