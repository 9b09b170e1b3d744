"""In which language a command speaks to the person at the shell, and how it says something.

Law of the file: one rule. --language, else the unit's own (terminal.toml), else the shell's
(LC_ALL, LC_MESSAGES, LANG), else English. argparse speaks by the same catalogue.
"""

import gettext
import os
import sys
import tomllib
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from pathlib import Path

from terminal.core.words import CHINESE, ENGLISH, Told
from terminal.ui.words import DOMAIN, LANGUAGES, LOCALE, PSEUDO, Words

INSTALLED = Path("/etc/returns-terminal")
VARIABLE = "RETURNS_CONFIG"
SHELL = ("LC_ALL", "LC_MESSAGES", "LANG")  # in the order of POSIX: the first that is set decides

_HERE: ContextVar[Words] = ContextVar("words of this command")


def config_folder(given: Path | None) -> Path:
    """--config, or RETURNS_CONFIG, or /etc/returns-terminal where it exists, or ./config."""
    if given is not None:
        return given
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    return INSTALLED if INSTALLED.is_dir() else Path("config")


def language_of(argv: Sequence[str], shell: Mapping[str, str]) -> str:
    """The language by the rule above, before the arguments are understood: --help needs it."""
    asked = _option(argv, "--language")
    if asked in (*LANGUAGES, PSEUDO):
        return asked
    given = _option(argv, "--config")
    unit = _unit_language(config_folder(Path(given) if given else None) / "terminal.toml")
    if unit in LANGUAGES:
        return unit
    named = next((shell[name] for name in SHELL if shell.get(name)), "")
    return CHINESE if named.startswith("zh") else ENGLISH


def _option(argv: Sequence[str], name: str) -> str:
    """The last value of an option; argparse complains later of one without."""
    found = ""
    for at, one in enumerate(argv):
        if one.startswith(f"{name}="):
            found = one.partition("=")[2]
        elif one == name and at + 1 < len(argv):
            found = argv[at + 1]
    return found


def _unit_language(file: Path) -> str:
    """What terminal.toml says of it; where it cannot be read, that is told when it is needed."""
    try:
        table = tomllib.loads(file.read_text("utf-8")).get("terminal")
    except (OSError, ValueError):
        return ""
    return str(table.get("language", "")) if isinstance(table, dict) else ""


def speak(language: str) -> Words:
    """From here on this process speaks `language` at the shell."""
    gettext.bindtextdomain(DOMAIN, str(LOCALE))
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = language  # argparse asks gettext, and gettext asks this
    words = Words(language)
    _HERE.set(words)
    return words


def spoken() -> Words:
    """The words of this command; English where nobody has chosen yet."""
    words = _HERE.get(None)
    return speak(ENGLISH) if words is None else words


def say(told: Told) -> None:
    """To the person at the shell, beside what a command gives out."""
    sys.stderr.write(_plain(told) + "\n")


def give(told: Told) -> None:
    """What a command gives out."""
    sys.stdout.write(_plain(told) + "\n")


def _plain(told: Told) -> str:
    """What a device or a file said cannot drive the shell: nothing but lines of printable text."""
    said = spoken().say(told)
    return "".join(char if char.isprintable() or char == "\n" else "·" for char in said)
