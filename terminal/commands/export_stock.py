"""`export-stock`: what returns moved, as CSV or ARTS POSLog XML; the terminal may go on working."""

from argparse import Namespace
from collections.abc import Iterable

from storage.store import open_reader
from terminal.app import database_of
from terminal.commands import OK
from terminal.commands.places import CommandFault, settings_of, table, written
from terminal.commands.report import day_of
from terminal.core.money import decimal_text
from terminal.core.words import sentence
from terminal.interchange.stock_moves import Moves, moves_since
from terminal.interchange.stock_poslog import document
from terminal.spoken.spoken import say
from terminal.ui.formats import quantity

HEADING = (
    *("seq", "at", "return", "move", "sale", "receipt_no", "line", "sku", "name", "unit"),
    *("quantity", "amount", "currency", "reason", "condition", "disposition"),
    *("batch", "serials"),
)


def serve(args: Namespace) -> int:
    settings = settings_of(args)
    if settings.training:
        raise CommandFault("training moves no stock")
    day = day_of(args.day) if args.day else None
    with open_reader(database_of(settings)) as reader:
        head, _ = reader.journal_head()
        moves = list(moves_since(reader, args.since, day))
    if args.format == "poslog":
        with written(args.out) as file:
            for line in document(moves, settings.business_unit, settings.workstation):
                file.write(line + "\n")
    else:
        with table(args.out, HEADING) as sheet:
            for row in rows(moves):
                sheet.row(*row)
    count = sum(len(one.lines) for one in moves)
    say(sentence("{count} moves; go on later with --since {head}", count=count, head=head))
    return OK


def rows(moves: Iterable[Moves]) -> Iterable[tuple[object, ...]]:
    for one in moves:
        ret = one.ret
        for line in one.lines:
            yield (
                *(one.seq, one.at.isoformat(timespec="seconds"), ret.number),
                *("in" if one.sign > 0 else "reversed", ret.sale_id, ret.receipt_no, line.line),
                *(line.sku, line.name, line.unit.value),
                quantity(one.sign * line.quantity, line.unit),
                decimal_text(one.sign * line.amount, ret.currency.digits),
                *(ret.currency.code, line.reason, line.condition.value, line.disposition.value),
                *(line.batch, " ".join(one for one in line.serials if one)),
            )
