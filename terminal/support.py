"""What a support engineer needs to know of a unit, and nothing of anybody.

Law of the file: only what is allowed goes in. Of a log line go its time and the words that stand in
this program's own sources; numbers, names and Chinese are dots. Of settings go switches, numbers
and the words of choices; texts of the shop and what could be a secret stay on the unit.
"""

import os
import platform
import re
import shutil
import sys
import tomllib
from collections.abc import Iterable, Iterator
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

# Of terminal.toml: tables that say how the unit is built. All others are told by their keys alone.
OPEN_TABLES = ("terminal", "currency", "scanner", "keypad", "screen", "printer", "retention")
_SECRET = re.compile(r"secret|token|password|pepper|pin$|_key$|^key$|host|url|name|address|phone")
_PLAIN_TEXT = re.compile(r"[A-Za-z0-9_.,/:+-]{0,64}")
_LONG_NUMBER = re.compile(r"\d{5,}")
_STAMP = re.compile(r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*")
_WORD = re.compile(r"[A-Za-z_]{2,}")
_PARTS = re.compile(r"[A-Za-z_]+|.")
_SIGNS = frozenset(" .,:;-()<>[]'\"")
PACKAGES = ("terminal", "drivers", "printer", "storage")


def settings_told(path: Path) -> dict[str, Any]:
    """A settings file without its texts: tables, keys, numbers, switches, words of choices."""
    try:
        raw = path.read_bytes()
        data = tomllib.loads(raw.decode("utf-8"))
    except (OSError, ValueError) as fault:
        return {"fault": type(fault).__name__}
    tables = {name: _told(name, value, open_=name in OPEN_TABLES) for name, value in data.items()}
    return {"sha256": sha256(raw).hexdigest(), "bytes": len(raw), **tables}


def _told(key: str, value: object, *, open_: bool) -> Any:
    match value:
        case dict():
            return {name: _told(name, one, open_=open_) for name, one in value.items()}
        case list():
            return [_told(key, one, open_=open_) for one in value]
        case bool() | int() | float():
            return value
        case str() if open_ and not _SECRET.search(key) and _harmless(value):
            return value
        case _:
            return "..."


def _harmless(text: str) -> bool:
    return bool(_PLAIN_TEXT.fullmatch(text)) and not _LONG_NUMBER.search(text)


def vocabulary() -> frozenset[str]:
    """Every word of this program's own sources: what a log line may say and still name nobody."""
    root = Path(__file__).parents[1]
    sources = (one for name in PACKAGES for one in (root / name).rglob("*.py"))
    text = "".join(one.read_text("utf-8") for one in sources if not one.name.startswith("demo"))
    return frozenset(_WORD.findall(text))


def log_told(lines: Iterable[str], known: frozenset[str]) -> Iterator[str]:
    """Each line: its time, and of its text the words that are ours; all else is a dot."""
    for line in lines:
        stamp = _STAMP.match(line)
        rest = line[stamp.end() :] if stamp else line
        parts = _PARTS.findall(rest)
        kept = "".join(one if one in known or one in _SIGNS else "·" for one in parts)
        yield f"{stamp[0] if stamp else ''}{re.sub('·+', '·', kept)}"


def versions() -> dict[str, Any]:
    system = os.uname()
    return {
        "python": sys.version.split()[0],
        "kernel": f"{system.sysname} {system.release} {system.machine}",  # not its name
        "libc": " ".join(platform.libc_ver()),
        "packages": {one.name: one.version for one in distributions() if one.name},
    }


def disk(folder: Path) -> dict[str, Any]:
    try:
        usage = shutil.disk_usage(folder)
        files = {one.suffix or "none": one.stat().st_size for one in sorted(folder.iterdir())}
    except OSError as fault:
        return {"fault": fault.strerror}
    return {"total": usage.total, "free": usage.free, "largest of each kind": files}
