"""What the terminal asks of the reading process, and what it answers: JSON in files."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TypeVar

import msgspec
from msgspec import Struct

from storage.prices import StoredPrice
from storage.values import StoredSale
from terminal.core.upkeep import FileHandled

STAGED, VERDICT, ERRORS = "staged.jsonl", "verdict.json", "errors.txt"
SALES, PRICES = "sales", "prices"
TRY_AGAIN = 75  # exit code: nothing is wrong with the file (EX_TEMPFAIL of sysexits.h)

Staged = TypeVar("Staged", StoredSale, StoredPrice)


class Fingerprint(Struct, frozen=True):
    """Enough to tell whether a file is still the one that was read."""

    device: int
    inode: int
    size: int
    changed_ns: int

    @classmethod
    def of(cls, path: Path) -> "Fingerprint":
        """Raises OSError."""
        found = path.stat(follow_symlinks=False)
        return cls(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)


class Order(Struct, frozen=True):
    """Read `file` into the folder `work`; the report goes to `report`, beside the file.

    `file` and its `companion` are given `as_text`. `map` and `price_map` are the usual ones of .csv
    files, empty: native; `named` is the one that the companion names, whatever the file's ending.
    `today` is the unit's day, for prices that say none.
    """

    file: str
    companion: str
    work: str
    report: str
    database: str
    config: str
    what: str  # SALES | PRICES
    map: str
    price_map: str
    keep_going: bool
    today: str
    named: str = ""


class Verdict(Struct, frozen=True):
    """How reading went. `record.taken`: what was staged is to go in; `added` is not known yet."""

    record: FileHandled
    fingerprint: Fingerprint


def to_file(path: Path, value: Order | Verdict) -> None:
    path.write_bytes(msgspec.json.encode(value))


def order_from(data: bytes) -> Order:
    return msgspec.json.decode(data, type=Order)


def verdict_from(path: Path) -> Verdict | None:
    """None when the reading process did not come to a verdict."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Verdict)
    except (OSError, msgspec.DecodeError):
        return None


def staged(lines: IO[bytes], cls: type[Staged]) -> Iterator[Staged]:
    """What was staged, in order, as it is asked for."""
    decode = msgspec.json.Decoder(cls).decode
    return (decode(line) for line in lines)


def as_text(path: Path) -> str:
    """A path as JSON can carry it, even one that is not UTF-8: a POS may name files in GBK."""
    return os.fsencode(path).decode("latin-1")


def as_path(text: str) -> Path:
    return Path(os.fsdecode(text.encode("latin-1")))


def printable(name: str) -> str:
    """A file's name as it may stand in a sentence, a log or the journal."""
    try:
        name = os.fsencode(name).decode("utf-8")
    except UnicodeDecodeError:
        name = os.fsencode(name).decode("gb18030", "replace")
    return "".join(char if char.isprintable() else "·" for char in name[:200])
