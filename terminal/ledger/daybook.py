"""A day read from the store: the sheet of who asks, and any day for the command.

Law of the file: only what is on file is told; a shift leader or manager sees the whole day, anybody
else the own shift alone.
"""

from datetime import date, datetime, timedelta

from msgspec import Struct

from terminal.core.day import DaySheet, Scope, Shift, hours_of, standing
from terminal.core.figures import figures_of
from terminal.core.limits import KIND_NAMES
from terminal.core.people import Right, Staff
from terminal.core.print_jobs import SlipKind
from terminal.core.returns import Return
from terminal.core.rules import Rules
from terminal.core.watch import Finding, Seen, findings
from terminal.ledger.ledger import Ledger

DAY = timedelta(days=1)


class _Part(Struct, frozen=True):
    """Which returns a sheet is about, and from which id on its print jobs are."""

    scope: Scope
    now: datetime
    returns: tuple[Return, ...]
    shifts: tuple[Shift, ...]
    first_id: str
    before_id: str
    findings: tuple[Finding, ...] = ()


def missing_shift(ledger: Ledger, rules: Rules) -> bool:
    """Whether the shop wants a shift opened before anything else. Raises StorageFault."""
    return rules.drawer.shift_needed and ledger.store.drawer.open_shift() is None


def sheet_for(ledger: Ledger, rules: Rules, staff: Staff, now: datetime) -> DaySheet:
    """What this person sees of the day that `now` is in. Raises StorageFault, Unreadable."""
    if staff.role.may(Right.DAY):
        return day_sheet(ledger, rules, now)
    before = _id_at(_midnight(now) + DAY)
    mine = [one for one in _shifts(ledger, now.date()) if one.by.number == staff.number]
    if not mine:
        return _sheet(ledger, rules, _Part(Scope.SHIFT, now, (), (), before, before))
    shift = mine[-1]
    last = shift.closing.until - shift.first if shift.closing else None
    kept = ledger.store.drawer.returns_from(shift.first)[:last]  # their numbers have no gap
    found = tuple(ledger.read(one.body, one.personal) for one in kept)
    part = _Part(Scope.SHIFT, now, found, (shift,), shift.id, before)
    return _sheet(ledger, rules, part)


def day_sheet(ledger: Ledger, rules: Rules, when: datetime) -> DaySheet:
    """The whole day that `when` is in, its patterns with the days before it.

    Raises StorageFault, Unreadable.
    """
    day, watch, midnight = when.date(), rules.policy.watch, _midnight(when)
    since = day - DAY * (watch.days - 1)
    kept = ledger.store.drawer.returns_since(since.isoformat())
    seen = [Seen(ledger.read(one.body, one.personal), one.sold_by) for one in kept]
    part = _Part(
        scope=Scope.DAY,
        now=when,
        returns=tuple(one.ret for one in seen if one.day == day),
        shifts=_shifts(ledger, day),
        first_id=_id_at(midnight),
        before_id=_id_at(midnight + DAY),
        findings=findings(seen, day, watch, rules.policy.amount_limit, rules.currency.digits),
    )
    return _sheet(ledger, rules, part)


def _sheet(ledger: Ledger, rules: Rules, part: _Part) -> DaySheet:
    book, found = ledger.store.drawer, part.returns
    stand, shift = standing(found), _open(ledger)
    kind = SlipKind.DAY if part.scope is Scope.DAY else SlipKind.SHIFT
    ids = part.first_id, part.before_id
    return DaySheet(
        scope=part.scope,
        day=part.now.date(),
        read_at=part.now.isoformat(timespec="seconds"),
        currency=rules.currency,
        figures=figures_of(found, {one.code: one.words for one in rules.reasons}, KIND_NAMES),
        hours=hours_of(found),
        approved=sum(bool(one.approver) for one in stand),
        voided=len(found) - len(stand),
        copies=book.copies(*ids),
        shifts=part.shifts,
        shift=shift,
        paid=book.cash_of(shift.id) if shift else 0,
        findings=part.findings,
        unsent=ledger.store.unsent_count(),
        head=ledger.store.journal_head(),
        drawer=rules.drawer,
        printed=book.jobs_of(kind.value, *ids),
    )


def _open(ledger: Ledger) -> Shift | None:
    kept = ledger.store.drawer.open_shift()
    if kept is None:
        return None
    shift: Shift = ledger.read(kept.body, kept.personal)
    return shift


def _shifts(ledger: Ledger, day: date) -> tuple[Shift, ...]:
    """Those opened on the day, and one of the days before that still is."""
    kept = ledger.store.drawer.shifts_of_day(day.isoformat())
    now_open = ledger.store.drawer.open_shift()
    if now_open is not None and now_open.day < day.isoformat():
        kept = (now_open, *kept)
    return tuple(ledger.read(one.body, one.personal) for one in kept)


def _midnight(when: datetime) -> datetime:
    return when.replace(hour=0, minute=0, second=0, microsecond=0)


def _id_at(when: datetime) -> str:
    """What every UUIDv7 made from then on is not below: 48 bits of milliseconds."""
    at_ms = int(when.timestamp() * 1000)
    return f"{at_ms >> 16:08x}-{at_ms & 0xFFFF:04x}"
