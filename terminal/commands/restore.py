"""`restore`: a backup in the place of the store; numbers go on, and the journal says so."""

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from storage.backup import proved
from storage.restore import Restored, restore
from storage.values import Commit
from terminal.app import database_of
from terminal.commands import LOOK, OK
from terminal.commands.places import CommandFault, as_owner, settings_of
from terminal.core.upkeep import StoreRestored
from terminal.core.words import Told, sentence
from terminal.moments import Moments
from terminal.spoken.spoken import give
from terminal.upkeep import fact_commit


def serve(args: Namespace) -> int:
    settings = settings_of(args)
    as_owner(settings)
    prefix = f"{'T' if settings.training else 'R'}-{settings.business_unit}-{settings.workstation}-"
    last = None if args.last_number is None else _sequence(args.last_number, prefix)
    if not args.file.is_file():
        raise CommandFault("{file}: there is no such file", file=args.file)
    _check_unit(args.file, prefix)
    moments = Moments(prefix, lambda: 0)

    def fact(planned: Restored) -> Commit:
        found = planned.contents
        record = StoreRestored(
            found.head_seq, found.head_hash, planned.lost_seq, planned.numbers_after
        )
        return fact_commit(record, moments.ids(1)[0], moments.stamp())

    file = database_of(settings)
    done = restore(args.file, file, fact, last_number=last, drop_newer=args.drop_newer)
    for line in _said(done, file, prefix):
        give(line)
    return OK if done.staff_kept else LOOK


def _said(done: Restored, file: Path, prefix: str) -> Iterator[Told]:
    found = done.contents
    yield sentence(
        "restored to journal record {seq} ({head}); the next return is {number}.",
        seq=found.head_seq,
        head=found.head_hash[:12],
        number=f"{prefix}{done.numbers_after + 1:06d}",
    )
    if done.aside is not None:
        yield sentence("the database that was there: {file}", file=done.aside)
    if not done.staff_kept:
        yield sentence(
            "{file}.pepper, the key of the PINs, is missing: nobody can sign on. Put it back and"
            " restore again, or let everybody come back with a new PIN: returns-terminal staff"
            " rejoin ...",
            file=file.name,
        )


def _sequence(said: str, prefix: str) -> int:
    """The counted part of a return number; 0 says that there was none. Raises CommandFault."""
    digits = said.removeprefix(prefix)
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 9):
        raise CommandFault(
            "--last-number {said}: must be a return number of this unit, {prefix}..., or 0",
            said=said,
            prefix=prefix,
        )
    return int(digits)


def _check_unit(source: Path, prefix: str) -> None:
    """A backup of another unit would give its numbers again. Raises CommandFault, StorageFault."""
    last = proved(source).last_number
    if last and not last.startswith(prefix):
        raise CommandFault(
            "{source} is of another unit: its last return is {last}, here they begin with"
            " {prefix}. Nothing was changed.",
            source=source,
            last=last,
            prefix=prefix,
        )
