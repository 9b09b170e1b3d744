"""From the records of one step to what storage is to write for them.

Law of the file: every record is an entry of the journal; what else it changes stands here, a case a
kind, and nowhere else.
"""

from collections.abc import Callable

from msgspec.structs import replace

from storage import values as kept
from storage.drawer import CashMove
from storage.records import JournalEntry
from storage.store_credit import KeptCredit
from terminal.core import effects
from terminal.core.staffing import AboutStaff
from terminal.ledger.apart import parted
from terminal.ledger.registered import change_of
from terminal.ledger.stamp import Stamp
from terminal.ledger.stored import kept_job, kept_shift, stored_sale

Records = tuple[effects.Record, ...]


def filed(
    state: str | None,
    records: Records,
    ids: tuple[str, ...],
    stamp: Stamp,
    encode: Callable[[object], str],
    new_return: Callable[[effects.ReturnRecorded], kept.NewReturn],
) -> kept.Commit:
    """One commit; `state` None leaves it as it was. `ids` has one UUIDv7 for each record."""
    assert len(ids) >= len(records), (ids, records)
    entries, returns, sales, changes, jobs, shifts, cash, staff = [], [], [], [], [], [], [], []
    given: list[KeptCredit] = []
    for one_id, record in zip(ids, map(_bare, records), strict=False):
        entries.append(JournalEntry(one_id, type(record).__name__, *parted(encode(record))))
        match record:
            case effects.ReturnRecorded():
                returns.append(new_return(record))
                if record.declared is not None:
                    sales.append(stored_sale(record.declared))
            case effects.JobChanged():
                jobs.append(kept_job(record))
            case effects.ShiftOpened() | effects.ShiftClosed():
                shifts.append(kept_shift(record.shift, encode(record.shift)))
            case effects.GoodsExchanged():
                sales.append(stored_sale(record.sale))
            case effects.CreditGiven():
                given.append(_credit(record))
            case effects.CashPaid():
                cash.append(CashMove(one_id, record.ret.id, record.amount))
            case AboutStaff():
                staff.append(change_of(record))
            case (
                effects.CustomerConfirmed(ret=ret)
                | effects.RefundMoved(ret=ret)
                | effects.ReturnFinished(ret=ret)
                | effects.ReturnVoided(ret=ret)
            ):
                changes.append(kept.ReturnChange(ret.id, ret.status.value, *parted(encode(ret))))
            case _:
                pass  # in the journal alone
    return kept.Commit(
        *(state, stamp.at_ms, stamp.boot, stamp.uptime_ms),
        entries=tuple(entries),
        returns=tuple(returns),
        sales=tuple(sales),
        changes=tuple(changes),
        jobs=tuple(jobs),
        shifts=tuple(shifts),
        cash=tuple(cash),
        credits=tuple(given),
        staff=tuple(staff),
    )


def _bare(record: effects.Record) -> effects.Record:
    """Without what the shop said of the return: that is on file beside it, and may be erased."""
    ret = getattr(record, "ret", None)
    if ret is None or ret.shop is None:
        return record
    return replace(record, ret=replace(ret, shop=None))


def _credit(record: effects.CreditGiven) -> KeptCredit:
    ret = record.ret
    return KeptCredit(ret.credit_code, ret.id, record.amount, ret.currency.code, ret.credit_until)
