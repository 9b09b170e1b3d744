"""`backup`: the store as one proved file, made while the terminal works."""

from argparse import Namespace
from datetime import datetime

from storage.backup import backup
from terminal.app import database_of
from terminal.commands import OK
from terminal.commands.places import give, settings_of


def serve(args: Namespace) -> int:
    settings = settings_of(args)
    found = backup(database_of(settings), args.file.absolute())
    last = datetime.fromtimestamp(found.last_ms / 1000).astimezone()
    size = args.file.stat().st_size / 1_000_000
    give(
        f"{args.file}: {size:.1f} MB, proved whole; the journal to {found.head_seq}"
        f" ({found.head_hash[:12]}, {last:%Y-%m-%d %H:%M}), return numbers to {found.numbers_used}."
        f" / 已备份并校验：日志 {found.head_seq} 条，退货号至 {found.numbers_used}。"
    )
    return OK
