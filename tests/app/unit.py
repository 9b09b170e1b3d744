"""A unit as an installer has it: the shipped settings, a data folder, and the command line."""

import io
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from storage.pins import HashCost
from storage.store import Store, open_store
from terminal.app import database_of
from terminal.cli import main
from terminal.core.effects import CashPaid, Record, ReturnFinished, ReturnRecorded, ReturnVoided
from terminal.core.people import Role, Staff
from terminal.core.returns import Chosen, Condition, Return, Status
from terminal.core.settlement import settle
from terminal.core.states import SignedOff
from terminal.core.words import Worded
from terminal.ledger.ledger import Ledger
from terminal.ledger.stamp import Stamp
from terminal.settings import Settings, load_settings
from tests.app.sales_files import CONFIG

LI = Staff("1007", "李小明", Role.MANAGER)
CHEAP = HashCost(memory_kib=8, passes=1)


@dataclass(frozen=True, slots=True)
class Said:
    """What a command gave out, said beside it, and its exit code."""

    code: int
    out: str
    err: str


@dataclass(slots=True)
class Unit:
    """`config` and `data` are passed to every command."""

    data: Path
    config: Path = CONFIG
    language: str = "en"

    def does(self, *words: object, stdin: str = "") -> Said:
        """Run one command; a traceback or an exit of argparse's own comes through."""
        out, err = io.StringIO(), io.StringIO()
        before, sys.stdin = sys.stdin, io.StringIO(stdin)
        try:
            with redirect_stdout(out), redirect_stderr(err):
                told = ("--language", self.language)
                given = ("--config", self.config, "--data", self.data, *told, *words)
                code = main([str(one) for one in given])
        finally:
            sys.stdin = before
        return Said(code, out.getvalue(), err.getvalue())

    @property
    def settings(self) -> Settings:
        return load_settings(self.config, {"terminal.data": str(self.data)})

    def store(self) -> Store:
        return open_store(database_of(self.settings), cost=CHEAP)


def recorded(
    store: Store,
    settings: Settings,
    sale_id: str,
    chosen: Sequence[tuple[int, int, str]],
    *,
    status: Status = Status.REFUNDED,
    day: str = "2026-11-23",
) -> Return:
    """Record a return of (line, thousandths, reason) as the flow would, up to `status`."""
    ledger = Ledger(store, settings.rules)
    case = ledger.case(sale_id)
    assert case is not None
    parts = tuple(Chosen(*one, Condition.UNOPENED) for one in chosen)
    sequence = ledger.next_return_sequence()
    ret = Return(
        id=f"return-{sequence}",
        number=f"R-0571-03-{sequence:06d}",
        short_code=f"0000{sequence:07d}",
        sale_id=sale_id,
        receipt_no=case.sale.receipt_no,
        recorded_at=f"{day}T15:00:00+08:00",
        cashier=LI.number,
        approver="",
        currency=case.sale.currency,
        settlement=settle(case, parts, settings.rules),
        policy_version="1",
        policy_words=Worded("七天", "seven days"),
        expires_on=day,
    )
    records: tuple[Record, ...] = (ReturnRecorded(ret, sequence, (), ""),)
    done = replace(ret, status=status)
    match status:
        case Status.VOIDED:
            records = (*records, ReturnVoided(done, LI))
        case Status.RECORDED:
            pass
        case _:
            records = (*records, CashPaid(done, 1, LI), ReturnFinished(done, status))
    ids = tuple(f"{sequence:08d}-0000-7000-8000-{place:012d}" for place in range(len(records)))
    stamp = Stamp(1_795_000_000_000 + sequence, "boot", sequence)
    ledger.commit(SignedOff(), records[:1], ids[:1], stamp)
    ledger.commit(SignedOff(), records[1:], ids[1:], stamp)
    return done


def changed(text: str, table: str, key: str, value: str) -> str:
    head, mark, rest = text.partition(f"\n[{table}]")
    lines = rest.splitlines(keepends=True)
    place = next(at for at, one in enumerate(lines) if one.startswith(f"{key} ="))
    lines[place] = f"{key} = {value}\n"
    return head + mark + "".join(lines)
