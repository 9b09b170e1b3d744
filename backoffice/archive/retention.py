"""What is older than its term is erased, a little at a time; what stays is sound.

Law of the file: each step is one small transaction that says what of its kind is due still, so a
run that was cut short, or that two processes make at once, goes on with what is left. The records
themselves stay: their chain covers a salted promise of the personal part that goes.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any, Protocol, cast

from sqlalchemy import CursorResult, Delete, Update, and_, delete, or_, select, update

from backoffice.archive import retention_sales
from backoffice.archive.terms import NEEDED, Erased, Terms, terms_of
from backoffice.audit import audit
from backoffice.db.tables import (
    AuditEntry,
    Certificate,
    EnrolmentCode,
    FeedItem,
    OfficeSession,
    Record,
    RecordPart,
    Refund,
    RefundMove,
    RefusedRecord,
    Return,
    WrongTries,
)
from backoffice.office import Office, Transaction
from backoffice.rates import RESTED_MS

SPAN = 200  # rows of one step


def sweep(office: Office) -> Iterator[Erased]:
    """Each step yields all that was erased so far; ends once nothing is due."""
    terms, erased = terms_of(office.settings.retention, office.clock()), Erased()
    for name, step in _STEPS:
        while (count := office.write(partial(step, terms=terms))) > 0:
            setattr(erased, name, getattr(erased, name) + count)
            yield erased


def erase_old(office: Office, who: str) -> Erased:
    """All of it at once, with one entry in the audit where anything went."""
    *_, erased = (Erased(), *sweep(office))
    if erased.any:
        office.write(lambda tx: audit(tx, who, "old_erased", "", erased.told()))
    return erased


def _records(tx: Transaction, terms: Terms) -> int:
    """By the time within their ids; by that of arrival where a clock was far ahead."""
    old = select(RecordPart.record_id).where(RecordPart.record_id < terms.personal_id)
    ahead = (
        select(RecordPart.record_id)
        .join(Record, Record.id == RecordPart.record_id)
        .where(RecordPart.record_id >= terms.future_id, Record.received_at < terms.personal_ms)
    )
    for found in (old, ahead):
        ids = tx.session.scalars(found.order_by(RecordPart.record_id).limit(SPAN)).all()
        if ids:
            return _done(tx, delete(RecordPart).where(RecordPart.record_id.in_(ids)))
    return 0


def _returns(tx: Transaction, terms: Terms) -> int:
    """What leads to the customer: the short code, where money went, words that somebody wrote."""
    due = (
        Return.erased_at.is_(None),
        Return.recorded_at < terms.personal_ms,
        Return.state.not_in(NEEDED),
    )
    found = select(Return.id).where(*due).order_by(Return.id).limit(SPAN).with_for_update()
    ids = tx.session.scalars(found).all()
    if not ids:
        return 0
    tx.session.execute(
        update(Return)
        .where(Return.id.in_(ids))
        .values(code_hash="", reason_zh="", reason_en="", erased_at=tx.now)
    )
    refunds = select(Refund.id).where(Refund.return_id.in_(ids))
    tx.session.execute(
        update(RefundMove)
        .where(RefundMove.refund_id.in_(refunds))
        .values(reference="", arrived_where="")
    )
    tx.session.execute(update(Refund).where(Refund.return_id.in_(ids)).values(why_zh="", why_en=""))
    tx.session.execute(
        delete(FeedItem).where(
            FeedItem.scope == "terminal", FeedItem.what == "return", FeedItem.about.in_(ids)
        )
    )
    return len(ids)


def _refused(tx: Transaction, terms: Terms) -> int:
    """Bytes that were no record of ours may hold anything; that they came stays."""
    old = select(RefusedRecord.id).where(
        RefusedRecord.event != "", RefusedRecord.refused_at < terms.personal_ms
    )
    ids = tx.session.scalars(old.order_by(RefusedRecord.id).limit(SPAN)).all()
    if not ids:
        return 0
    return _done(tx, update(RefusedRecord).where(RefusedRecord.id.in_(ids)).values(event=""))


def _rows(tx: Transaction, terms: Terms) -> int:
    """Rows that are of no use any more, all of a kind at once: there are few."""
    over = or_(
        EnrolmentCode.expires_at < terms.over_ms,
        and_(EnrolmentCode.used_at.is_not(None), EnrolmentCode.used_at < terms.over_ms),
    )
    return sum(
        _done(tx, one)
        for one in (
            delete(OfficeSession).where(OfficeSession.expires_at <= tx.now),
            delete(EnrolmentCode).where(over),
            delete(WrongTries).where(WrongTries.at_ms < tx.now - RESTED_MS),
            delete(Certificate).where(Certificate.expires_at < terms.over_ms),
            delete(AuditEntry).where(AuditEntry.at_ms < terms.audit_ms),
        )
    )


def _done(tx: Transaction, statement: Delete | Update) -> int:
    return cast("CursorResult[Any]", tx.session.execute(statement)).rowcount


class Step(Protocol):
    """How many of its kind it erased; 0 once none is due."""

    def __call__(self, tx: Transaction, terms: Terms) -> int: ...


_STEPS: tuple[tuple[str, Step], ...] = (
    ("records", _records),
    ("returns", _returns),
    ("pruned", retention_sales.prune),
    ("sales", retention_sales.erase),
    ("refused", _refused),
    ("rows", _rows),
)
