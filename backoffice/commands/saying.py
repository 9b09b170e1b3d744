"""How a command speaks to the person at the shell: in the shell's language, Chinese or English."""

import os
import sys
from collections.abc import Mapping

from backoffice.words import Worded
from backoffice.words import say as in_language

VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set decides (locale(7))


def language_of(environment: Mapping[str, str]) -> str:
    """`zh` or `en`."""
    found = next((environment[name] for name in VARIABLES if environment.get(name)), "")
    return "zh" if found.lower().startswith("zh") else "en"


def spoken(zh: str, en: str) -> str:
    """The one of the two that this shell's person reads."""
    return in_language(Worded(zh, en), language_of(os.environ))


def say(zh: str, en: str) -> int:
    """Told, and done."""
    sys.stdout.write(f"{spoken(zh, en)}\n")
    return 0


def complain(zh: str, en: str) -> int:
    """Told, and not done."""
    sys.stderr.write(f"{spoken(zh, en)}\n")
    return 1
