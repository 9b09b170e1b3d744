"""Every sentence a cashier sees, in the language of the terminal, by the standard gettext.

Law of the file: the English sentence is the key; values are named, so a translator may move them;
`xx` is a made-up language of longer, accented words that shows what would not fit.
"""

import re
from gettext import GNUTranslations, NullTranslations, find
from pathlib import Path

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
    path = find(DOMAIN, str(LOCALE), [language])
    if path is None:
        raise LanguageUnknown(
            f"The catalogue of {language!r} is missing under {LOCALE}. Nothing was changed. "
            "Install the terminal again, or compile it: python -m terminal.ui.catalogue compile"
        )
    with Path(path).open("rb") as file:
        return GNUTranslations(file)


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

    def _put(self, text: str, values: dict[str, object]) -> str:
        if self._pseudo:
            text = pseudo(text)
        return text.format(**values) if values else text
