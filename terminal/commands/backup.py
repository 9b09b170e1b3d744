"""`backup`: the store as one proved file, made while the terminal works."""

from argparse import Namespace
from datetime import datetime

from storage.backup import backup
from terminal.app import database_of
from terminal.commands import OK
from terminal.commands.places import settings_of
from terminal.core.words import sentence
from terminal.spoken.spoken import give


def serve(args: Namespace) -> int:
    settings = settings_of(args)
    found = backup(database_of(settings), args.file.absolute())
    last = datetime.fromtimestamp(found.last_ms / 1000).astimezone()
    size = args.file.stat().st_size / 1_000_000
    give(
        sentence(
            "{file}: {size:.1f} MB, proved whole; the journal to {head_seq} ({head_hash},"
            " {last:%Y-%m-%d %H:%M}), return numbers to {numbers_used}.",
            file=args.file,
            size=size,
            head_seq=found.head_seq,
            head_hash=found.head_hash[:12],
            last=last,
            numbers_used=found.numbers_used,
        )
    )
    return OK
