"""A sales file as lines of bytes: plain or .gz, each line bounded, nothing read ahead.

Law of the file: a line beyond the limit is passed over piece by piece and never held whole, so a
file of one endless line costs no more memory than any other.
"""

import gzip
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from msgspec import Struct

from terminal.interchange.values import UnreadableFile
from terminal.spoken.system_words import foreign, system

LINE_BYTES_MAX = 1 << 20  # a sale of a thousand lines has some 200 KiB
_BOM = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")

Progress = Callable[[int], None]


class Line(Struct, frozen=True):
    """One line with its number from 1. `data` is None when it is longer than LINE_BYTES_MAX."""

    number: int
    data: bytes | None


def lines(path: Path, progress: Progress = lambda _: None) -> Iterator[Line]:
    """The file's lines without their ends; `progress` hears how many of its bytes went by.

    Raises UnreadableFile: not there, not readable, a broken .gz, UTF-16.
    """
    with ExitStack() as opened:
        try:
            raw = opened.enter_context(path.open("rb"))
            stream: IO[bytes] | gzip.GzipFile = raw
            if path.suffix == ".gz":
                stream = opened.enter_context(gzip.GzipFile(fileobj=raw))
            yield from _lines(stream, raw, progress)
        except (gzip.BadGzipFile, EOFError, zlib.error) as fault:
            raise UnreadableFile(
                "{path}: the compressed file is cut short or damaged ({fault}). Copy it again.",
                path=path,
                fault=foreign(str(fault)),
            ) from fault
        except OSError as fault:
            raise UnreadableFile(
                "{path}: cannot be read ({why}). Check its name and that this user may read it.",
                path=path,
                why=system(fault),
            ) from fault


def _lines(stream: IO[bytes] | gzip.GzipFile, raw: IO[bytes], progress: Progress) -> Iterator[Line]:
    number = at = 0
    while data := stream.readline(LINE_BYTES_MAX + 2):
        number += 1
        if number == 1:
            if data.startswith(_UTF_16):
                raise UnreadableFile("{name}: the file is UTF-16; save it as UTF-8.", name=raw.name)
            data = data.removeprefix(_BOM)
        whole = data.rstrip(b"\r\n")
        too_long = len(whole) > LINE_BYTES_MAX
        while too_long and not data.endswith(b"\n"):
            data = stream.readline(LINE_BYTES_MAX)
            if not data:
                break
        now = raw.tell()
        progress(now - at)
        at = now
        yield Line(number, None if too_long else whole)
