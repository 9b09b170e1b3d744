"""`import-sales`: a sales file into the unit's store, every row of it accounted for."""

import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, NoReturn, Self

from terminal.commands import LOOK, OK
from terminal.commands.places import CommandFault, config_folder, say, settings_of, table, writer_of
from terminal.interchange import csv_sales, jsonlines
from terminal.interchange.csv_map import load_map
from terminal.interchange.take_in import TakeIn, Tally
from terminal.interchange.values import Found, Note, UnreadableFile

if TYPE_CHECKING:
    from tqdm import tqdm

SAID_MAX = 20  # faults shown at the shell; --report has all
JSON_LINES = (".jsonl", ".ndjson", ".json")
NATIVE = "native"


def serve(args: Namespace) -> int:
    settings = settings_of(args)
    notes = _Notes()
    with ExitStack() as opened:
        progress = opened.enter_context(_Bar(args.file))
        found = _reader(args.file, args.map, config_folder(args.config) / "import", progress)
        store = opened.enter_context(writer_of(settings))
        tell = notes.add
        if args.report is not None:
            report = opened.enter_context(
                table(args.report, ("row", "receipt", "verdict", "reason", "原因"))
            )

            def tell(note: Note) -> None:
                notes.add(note)
                verdict = "refused" if note.fault else "left out"
                report.row(note.row, note.receipt, verdict, note.words.en, note.words.zh)

        take_in = TakeIn(store, tell, progress.sale)
        try:
            tally = take_in.good_ones(found) if args.keep_going else take_in.whole(found)
        except UnreadableFile as fault:
            kept = f"{take_in.tally.added} sales before it are kept" if args.keep_going else ""
            raise CommandFault(
                f"{fault} {kept or 'Nothing was imported / 未导入任何原单'}."
            ) from fault
    notes.say()
    say(summary(args.file, tally))
    return LOOK if tally.refused else OK


def summary(file: Path, tally: Tally) -> str:
    """How it went, in numbers that add up."""
    went = tally.taken + tally.left_out + tally.refused + tally.unused
    assert tally.rows == went, f"{tally.rows} rows, {went} accounted for"
    rows = (
        f"{file.name}: {tally.rows} rows: {tally.taken} taken, {tally.left_out} left out by the"
        f" map, {tally.refused} refused, {tally.unused} good but not taken."
    )
    if not tally.stored:
        return (
            f"{rows}\nNothing was imported. Correct the file, or take its good sales with"
            " --keep-going. / 未导入任何原单。请更正文件，或用 --keep-going 只导入正确的原单。"
        )
    return (
        f"{rows}\n{tally.added} sales added, {tally.same} were on file already."
        f" / 新增原单 {tally.added}，已存在 {tally.same}。"
    )


def _reader(path: Path, name: str | None, maps: Path, progress: "_Bar") -> Iterator[Found]:
    kind = Path(path.name.removesuffix(".gz")).suffix.lower()
    if name is None and kind in JSON_LINES:
        return jsonlines.read(path, progress.bytes)
    if name is None and kind != ".csv":
        raise CommandFault(
            f"{path}: neither .csv nor {', '.join(JSON_LINES)} (or .gz of these): name the column"
            " map with --map. / 无法识别的文件类型，请用 --map 指定列映射。"
        )
    return csv_sales.read(path, load_map(maps, name or NATIVE), progress.bytes)


class _Notes:
    """What is said at the shell: the first faults, and each reason for leaving out with its count.

    Only sentences are kept, and few of them: a file may have a fault in every row.
    """

    def __init__(self) -> None:
        self._faults: list[Note] = []
        self._more = 0
        self._left_out: dict[str, int] = {}

    def add(self, note: Note) -> None:
        if not note.fault:
            both = f"{note.words.en} / {note.words.zh}"
            self._left_out[both] = self._left_out.get(both, 0) + 1
        elif len(self._faults) < SAID_MAX:
            self._faults.append(note)
        else:
            self._more += 1

    def say(self) -> None:
        for one in sorted(self._faults, key=lambda note: note.row):
            receipt = f" ({one.receipt})" if one.receipt else ""
            say(f"row {one.row}{receipt}: {one.words.en} / {one.words.zh}")
        if self._more:
            say(f"... and {self._more} more; --report FILE writes all / 其余见 --report")
        for both, count in self._left_out.items():
            say(f"left out {count}: {both}")


class _Bar:
    """A progress bar on a terminal, nothing elsewhere."""

    def __init__(self, path: Path) -> None:
        self._bars: tuple[tqdm[NoReturn], ...] = ()
        if sys.stderr.isatty() and path.is_file():
            from tqdm import tqdm as bar  # noqa: PLC0415 - 60 ms that only a person at a shell needs

            # A serial console tells no size, and tqdm would then show nothing.
            width, height = get_terminal_size()
            read = bar(
                total=path.stat().st_size, unit="B", unit_scale=True, desc="read 读取",
                ncols=width, nrows=height,
            )  # fmt: skip
            sales = bar(unit=" sales", desc="sales 原单", ncols=width, nrows=height)
            self._bars = (read, sales)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for one in reversed(self._bars):
            one.close()

    def bytes(self, count: int) -> None:
        """So many more bytes of the file were read."""
        if self._bars:
            self._bars[0].update(count)

    def sale(self, count: int) -> None:
        """So many more sales went in."""
        if self._bars:
            self._bars[1].update(count)
