"""A TOML file's text and keys, and where in the text a key stands.

Law of the file: a file that cannot be read is one clear problem, never a traceback.
"""

import re
import tomllib
from decimal import Decimal
from pathlib import Path

from msgspec import Struct, field

from terminal.core.words import Told, sentence
from terminal.settings.problems import Problem
from terminal.spoken.system_words import foreign, system


class Findings(Struct):
    """The problems of all files, gathered while reading."""

    problems: list[Problem] = field(default_factory=list)
    overridden: set[str] = field(default_factory=set)  # file:key, not as the file says it

    def of_file(self, file: str, allowed: Told, line: int | None = None) -> None:
        self.problems.append(Problem(file, "", "", allowed, line))


def read_toml(path: Path, name: str, findings: Findings) -> tuple[dict[str, object], str] | None:
    """The file's keys and its text, or None and a problem."""
    try:
        raw = path.read_bytes()
    except OSError as fault:
        findings.of_file(
            str(path),
            sentence(
                "cannot be read ({why}); put it there or name its folder with --config",
                why=system(fault),
            ),
        )
        return None
    if raw.startswith(b"\xef\xbb\xbf"):
        findings.of_file(
            name,
            sentence("begins with a BOM; save as UTF-8 without BOM"),
            1,
        )
        raw = raw[3:]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        findings.of_file(
            name,
            sentence("is not UTF-8 (GBK perhaps); save it as UTF-8"),
            line,
        )
        return None
    try:
        return tomllib.loads(text, parse_float=Decimal), text
    except tomllib.TOMLDecodeError as fault:
        found = re.search(r"at line (\d+)", str(fault))
        findings.of_file(
            name,
            sentence("is not valid TOML: {fault}", fault=foreign(str(fault))),
            int(found[1]) if found else None,
        )
        return None


def line_of(text: str, dotted: str) -> int | None:
    """The line on which a dotted key (`reasons[2].code`) is written, when it can be told."""
    parent, _, leaf = dotted.rpartition(".")
    counts: dict[str, int] = {}
    here = ""
    for number, line in enumerate(text.splitlines(), start=1):
        header = re.match(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]", line)
        if header:
            here = header[2]
            if header[1] == "[[":
                counts[here] = counts.get(here, -1) + 1
                here = f"{here}[{counts[here]}]"
            if here == dotted:
                return number
        elif here == parent and re.match(rf"""\s*["']?{re.escape(leaf)}["']?\s*=""", line):
            return number
    return line_of(text, parent) if parent else None
