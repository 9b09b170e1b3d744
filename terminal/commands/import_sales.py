"""`import-sales`: a sales file into the unit's store, every row of it accounted for."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from terminal.commands import LOOK, OK
from terminal.commands.importing import (
    JSON_LINES,
    Bar,
    Notes,
    kind_of,
    rows_of,
    told,
    unknown_kind,
)
from terminal.commands.places import CommandFault, config_folder, say, settings_of, writer_of
from terminal.interchange import csv_sales, jsonlines
from terminal.interchange.csv_map import load_map
from terminal.interchange.take_in import TakeIn, Tally
from terminal.interchange.values import Found, UnreadableFile

NATIVE = "native"


def serve(args: Namespace) -> int:
    settings = settings_of(args)
    notes = Notes()
    with ExitStack() as opened:
        progress = opened.enter_context(Bar(args.file, " sales", "sales 原单"))
        found = _reader(args.file, args.map, config_folder(args.config) / "import", progress)
        store = opened.enter_context(writer_of(settings))
        tell = opened.enter_context(told(notes, args.report, "receipt"))
        take_in = TakeIn(store, tell, progress.taken)
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
    rows = rows_of(file, tally)
    if not tally.stored:
        return (
            f"{rows}\nNothing was imported. Correct the file, or take its good sales with"
            " --keep-going. / 未导入任何原单。请更正文件，或用 --keep-going 只导入正确的原单。"
        )
    return (
        f"{rows}\n{tally.added} sales added, {tally.same} were on file already."
        f" / 新增原单 {tally.added}，已存在 {tally.same}。"
    )


def _reader(path: Path, name: str | None, maps: Path, progress: Bar) -> Iterator[Found]:
    kind = kind_of(path)
    if name is None and kind in JSON_LINES:
        return jsonlines.read(path, progress.bytes)
    if name is None and kind != ".csv":
        raise unknown_kind(path, (".csv", *JSON_LINES))
    return csv_sales.read(path, load_map(maps, name or NATIVE), progress.bytes)
