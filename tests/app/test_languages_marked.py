"""Every sentence in the source is marked, and the catalogue's phrases are those of the system."""

import argparse
import ast
import inspect
import os
import re
from pathlib import Path

from terminal.spoken import system_words
from terminal.spoken.argparse_words import ARGPARSE
from terminal.ui.catalogue import PACKAGES
from terminal.ui.words import words_of
from tests.app.test_cli import COMMANDS
from tests.app.test_languages import CODES, DATA, ROOT
from tests.app.unmarked import unmarked


def test_every_sentence_in_the_source_is_marked_for_the_catalogue() -> None:
    found = []
    phrases = (*system_words.DEVICES, *COMMANDS, "--config")
    for path in sorted(one for name in PACKAGES for one in (ROOT / name).rglob("*.py")):
        place = path.relative_to(ROOT)
        if any(place.match(one) for one in DATA) or place.parts[:2] == ("terminal", "core"):
            continue
        for line, text in unmarked(path):
            example = text.split(" ")[0] in phrases  # of how a command is called
            known = (
                text in CODES
                or text.startswith("usb:///")
                or example
                or any(one in text for one in system_words.DEVICES)
            )
            if not known:
                found.append(f"{place}:{line}: {text!r}")
    assert not found, "\n".join(found)


def test_a_sentence_without_a_mark_is_found(tmp_path: Path) -> None:
    file = tmp_path / "bad.py"
    file.write_text(
        '"""A docstring says this."""\n'
        'log.info("nobody reads this")\n'
        'say("The disk is full")\n'
        'say(sentence("The disk is {how} full", how=f"quite {x} and more"))\n'
        'give(f"{count} sales added")\n'
        'title = "退货"\n'
    )
    lines = [line for line, _ in unmarked(file)]
    assert sorted(lines) == [3, 5, 6]


def test_argparses_sentences_are_those_of_the_catalogue() -> None:
    """A new Python may say it otherwise; then the table must follow."""
    said = {
        node.args[0].value
        for node in ast.walk(ast.parse(inspect.getsource(argparse)))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "_"
        and isinstance(node.args[0], ast.Constant)
    }
    assert set(ARGPARSE) <= said
    ours = words_of("zh_CN")
    for one in ARGPARSE:
        fields = [sorted(re.findall(r"%\S*?[srd]", text)) for text in (one, ours(one))]
        assert fields[0] == fields[1]


def test_the_systems_words_are_the_systems_own() -> None:
    here = {os.strerror(number) for number in range(1, 134)} | {"timed out"}
    resolver = {"Name or service not known", "Temporary failure in name resolution"}
    assert set(system_words.SYSTEM) - resolver <= here
