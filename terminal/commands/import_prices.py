"""`import-prices`: a price list into the unit's store, for exchanges; every row accounted for."""

from argparse import Namespace
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from storage.faults import InUse
from terminal.commands import LOOK, OK
from terminal.commands.handing_over import handed_over
from terminal.commands.importing import Bar, Notes, going_on, rows_of, told
from terminal.commands.places import CommandFault, settings_of, writer_of
from terminal.core.words import LINE_BREAK, Told, row, sentence
from terminal.interchange.formats import prices_in
from terminal.interchange.take_prices import TakePrices
from terminal.interchange.taking import Tally
from terminal.interchange.values import UnreadableFile
from terminal.settings import Settings
from terminal.spoken.spoken import config_folder, say, spoken


def serve(args: Namespace) -> int:
    settings = settings_of(args)
    try:
        return _taken_in(args, settings)
    except InUse as fault:
        say(handed_over(args, settings, "prices", fault))
        return LOOK


def _taken_in(args: Namespace, settings: Settings) -> int:
    notes, words = Notes(), spoken()
    unit = words("prices")
    today = datetime.now().astimezone().date().isoformat()
    with ExitStack() as opened:
        progress = opened.enter_context(Bar(args.file, f" {unit}", unit))
        store = opened.enter_context(writer_of(settings))
        opened.enter_context(going_on(keep_going=args.keep_going))
        tell = opened.enter_context(told(notes, args.report, "sku"))
        take = TakePrices(store, today, tell, progress.taken)
        try:
            found = prices_in(args.file, args.map, config_folder(args.config), progress.bytes)
            tally = take.good_ones(found) if args.keep_going else take.whole(found)
        except UnreadableFile as fault:
            done = take.tally.added + take.tally.changed
            kept = sentence("Prices taken before it are kept: {count}.", count=done)
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
            "Nothing was imported. Correct the file, or take its good prices with --keep-going."
        )
    else:
        end = sentence(
            "{added} prices added, {changed} changed, {same} were on file already, {old} had been"
            " replaced by later ones.",
            added=tally.added,
            changed=tally.changed,
            same=tally.same,
            old=tally.old,
        )
    return row((rows_of(file, tally), end), LINE_BREAK)
