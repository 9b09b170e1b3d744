"""`import-sales`: a sales file into the unit's store, every row of it accounted for."""

from argparse import Namespace
from contextlib import ExitStack
from pathlib import Path

from storage.faults import InUse
from terminal.commands import LOOK, OK
from terminal.commands.handing_over import handed_over
from terminal.commands.importing import Bar, Notes, going_on, rows_of, told
from terminal.commands.places import CommandFault, settings_of, writer_of
from terminal.core.words import LINE_BREAK, Told, row, sentence
from terminal.interchange.formats import sales_in
from terminal.interchange.take_in import TakeIn, Tally
from terminal.interchange.values import UnreadableFile
from terminal.settings import Settings
from terminal.spoken.spoken import config_folder, say, spoken


def serve(args: Namespace) -> int:
    settings = settings_of(args)
    try:
        return _taken_in(args, settings)
    except InUse as fault:
        say(handed_over(args, settings, "sales", fault))
        return LOOK


def _taken_in(args: Namespace, settings: Settings) -> int:
    notes, words = Notes(), spoken()
    unit = words("sales")
    with ExitStack() as opened:
        progress = opened.enter_context(Bar(args.file, f" {unit}", unit))
        store = opened.enter_context(writer_of(settings))
        opened.enter_context(going_on(keep_going=args.keep_going))
        tell = opened.enter_context(told(notes, args.report, "receipt"))
        take_in = TakeIn(store, tell, progress.taken)
        try:
            found = sales_in(args.file, args.map, config_folder(args.config), progress.bytes)
            tally = take_in.good_ones(found) if args.keep_going else take_in.whole(found)
        except UnreadableFile as fault:
            kept = sentence("Sales taken before it are kept: {count}.", count=take_in.tally.added)
            nothing = sentence("Nothing was imported.")
            end = kept if args.keep_going else nothing
            raise CommandFault("{why} {end}", why=fault.told, end=end) from fault
    notes.say()
    say(summary(args.file, tally))
    return LOOK if tally.refused else OK


def summary(file: Path, tally: Tally) -> Told:
    """How it went, in numbers that add up."""
    if not tally.stored:
        end = sentence(
            "Nothing was imported. Correct the file, or take its good sales with --keep-going."
        )
    else:
        end = sentence(
            "{added} sales added, {same} were on file already.", added=tally.added, same=tally.same
        )
    return row((rows_of(file, tally), end), LINE_BREAK)
