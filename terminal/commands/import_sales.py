"""`import-sales`: a sales file into the unit's store, every row of it accounted for."""

from argparse import Namespace
from contextlib import ExitStack
from pathlib import Path

from storage.faults import InUse
from terminal.commands import LOOK, OK
from terminal.commands.handing_over import handed_over
from terminal.commands.importing import Bar, Notes, rows_of, told
from terminal.commands.places import CommandFault, config_folder, say, settings_of, writer_of
from terminal.interchange.formats import sales_in
from terminal.interchange.take_in import TakeIn, Tally
from terminal.interchange.values import UnreadableFile
from terminal.settings import Settings


def serve(args: Namespace) -> int:
    settings = settings_of(args)
    try:
        return _taken_in(args, settings)
    except InUse as fault:
        say(handed_over(args, settings, "sales", fault))
        return LOOK


def _taken_in(args: Namespace, settings: Settings) -> int:
    notes = Notes()
    with ExitStack() as opened:
        progress = opened.enter_context(Bar(args.file, " sales", "sales 原单"))
        store = opened.enter_context(writer_of(settings))
        tell = opened.enter_context(told(notes, args.report, "receipt"))
        take_in = TakeIn(store, tell, progress.taken)
        try:
            found = sales_in(args.file, args.map, config_folder(args.config), progress.bytes)
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
