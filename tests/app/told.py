"""What was told, in one language."""

from terminal.core.words import Told
from terminal.ui.words import words_of


def english(told: Told) -> str:
    return words_of("en").say(told)


def chinese(told: Told) -> str:
    return words_of("zh_CN").say(told)
