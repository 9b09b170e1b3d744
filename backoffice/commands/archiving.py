"""Commands over records that are here: parked ones taken again, chains checked."""

import sys
from functools import partial

from backoffice.archive import parked
from backoffice.archive.chains import walk
from backoffice.archive.parked import Retaken
from backoffice.archive.retention import erase_old
from backoffice.commands.keeping import Arguments, open_office, say, who_asks
from backoffice.db.tidy import forget
from backoffice.settings import Settings


def taking_parked(settings: Settings, args: Arguments) -> int:
    """0 where every one that was tried is in the books now."""
    who = who_asks()
    with open_office(settings) as office:
        if args.record:
            done = [
                office.write(partial(parked.take_again, record_id=one, who=who))
                for one in args.record
            ]
        else:
            done = parked.take_all(office, who, args.terminal, args.kind)
    for one in done:
        if one.why:
            sys.stderr.write(f"{_named(one)}: {one.why}\n")
    left = sum(1 for one in done if one.why)
    say(f"{len(done) - left} taken into the books, {left} stay parked.")
    return 1 if left else 0


def erasing_old(settings: Settings, _: Arguments) -> int:
    """What `serve` does every night, now."""
    with open_office(settings) as office:
        erased = erase_old(office, who_asks())
        if not forget(office.engine):
            sys.stderr.write("A reader stood in the way: run it again for the database's log.\n")
    return say(f"Erased: {erased.told() or 'nothing is old enough'}")


def checking_chains(settings: Settings, args: Arguments) -> int:
    """0 where every record here is what its terminal wrote, in its place."""
    broken = 0
    with open_office(settings) as office, office.reading() as session:
        for one in walk(session, args.terminal):
            name = f"{one.terminal} branch {one.branch}"
            say(f"{name}: {one.records} records, personal parts erased of {one.erased}")
            broken += bool(one.faults)
            for fault in one.faults:
                sys.stderr.write(f"{name}: {fault}\n")
    return 1 if broken else say("Every chain holds.")


def _named(one: Retaken) -> str:
    return f"{one.terminal} {one.seq} {one.kind} {one.record_id}"
