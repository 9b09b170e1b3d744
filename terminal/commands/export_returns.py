"""`export-returns`: the journal's records as JSON Lines, oldest first, nothing personal in them.

Law of the file: names of staff stay on the unit, their numbers go. Hashes are those of the kept
records: they show where the chain stands; the unit itself proves it (`check`).
"""

import json
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

from storage.records import JournalRow
from storage.store import Reader, open_reader
from terminal.app import database_of
from terminal.commands import OK
from terminal.commands.places import settings_of, written
from terminal.core.words import sentence
from terminal.spoken.spoken import say


def serve(args: Namespace) -> int:
    settings = settings_of(args)
    with open_reader(database_of(settings)) as reader:
        count = 0
        with nullcontext(sys.stdout) if args.out is None else written(args.out) as file:
            for text in exported(reader, args.since):
                file.write(text + "\n")
                count += 1
        seq, head = reader.journal_head()
    say(
        sentence(
            "{count} records; the journal stands at {seq}, {head}", count=count, seq=seq, head=head
        )
    )
    return OK


def exported(reader: Reader, since: int) -> Iterator[str]:
    """One JSON object a record after `since`."""
    for row in reader.journal(since):
        yield json.dumps(_plain(row), ensure_ascii=False, separators=(",", ":"))


def _plain(row: JournalRow) -> dict[str, Any]:
    return {
        "seq": row.seq,
        "id": row.id,
        "kind": row.kind,
        "at_ms": row.at_ms,
        "boot": row.boot,
        "uptime_ms": row.uptime_ms,
        "body": _nameless(json.loads(row.body)),
        "prev_hash": row.prev_hash,
        "hash": row.hash,
    }


def _nameless(value: Any) -> Any:
    match value:
        case {"$": "Staff"}:
            return {key: one for key, one in value.items() if key != "name"}
        case dict():
            return {key: _nameless(one) for key, one in value.items()}
        case list():
            return [_nameless(one) for one in value]
        case _:
            return value
