"""`import-prices`: a price list into the unit's store, for exchanges; every row accounted for."""

from argparse import Namespace
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from storage.faults import InUse
from terminal.commands import LOOK, OK
from terminal.commands.handing_over import handed_over
from terminal.commands.importing import Bar, Notes, rows_of, told
from terminal.commands.places import CommandFault, config_folder, say, settings_of, writer_of
from terminal.interchange.formats import prices_in
from terminal.interchange.take_prices import TakePrices
from terminal.interchange.taking import Tally
from terminal.interchange.values import UnreadableFile
from terminal.settings import Settings


def serve(args: Namespace) -> int:
    settings = settings_of(args)
    try:
        return _taken_in(args, settings)
    except InUse as fault:
        say(handed_over(args, settings, "prices", fault))
        return LOOK


def _taken_in(args: Namespace, settings: Settings) -> int:
    notes = Notes()
    today = datetime.now().astimezone().date().isoformat()
    with ExitStack() as opened:
        progress = opened.enter_context(Bar(args.file, " prices", "prices 价格"))
        store = opened.enter_context(writer_of(settings))
        tell = opened.enter_context(told(notes, args.report, "sku"))
        take = TakePrices(store, today, tell, progress.taken)
        try:
            found = prices_in(args.file, args.map, config_folder(args.config), progress.bytes)
            tally = take.good_ones(found) if args.keep_going else take.whole(found)
        except UnreadableFile as fault:
            done = take.tally.added + take.tally.changed
            kept = f"{done} prices before it are kept" if args.keep_going else ""
            raise CommandFault(
                f"{fault} {kept or 'Nothing was imported / 未导入任何价格'}."
            ) from fault
    notes.say()
    say(summary(args.file, tally))
    return LOOK if tally.refused else OK


def summary(file: Path, tally: Tally) -> str:
    """How it went, in numbers that add up."""
    rows = rows_of(file, tally)
    if not tally.stored:
        return (
            f"{rows}\nNothing was imported. Correct the file, or take its good prices with"
            " --keep-going. / 未导入任何价格。请更正文件，或用 --keep-going 只导入正确的价格。"
        )
    return (
        f"{rows}\n{tally.added} prices added, {tally.changed} changed, {tally.same} were on file"
        f" already, {tally.old} had been replaced by later ones."
        f" / 新增 {tally.added}，更改 {tally.changed}，已存在 {tally.same}，已过时 {tally.old}。"
    )
