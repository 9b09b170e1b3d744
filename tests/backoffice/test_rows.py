"""Rows by the many: written at once, named by a set, and undone together."""

import threading
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from backoffice.books.ahead import Ahead
from backoffice.books.returned import touched
from backoffice.db.engine import is_sqlite
from backoffice.db.rows import fresh, put
from backoffice.db.sets import among
from backoffice.db.tables import HistoryEntry, RecordPart, Refund
from backoffice.feed import EVERYBODY
from backoffice.office import Office, Transaction
from backoffice.returns import changed, refunds_of
from backoffice.states import RefundState
from tests.backoffice.made import RETURN_ID, a_refund, a_return
from tests.backoffice.test_races import at_once

ODD = 'tab\t, new\nline, back\\slash, \\N, "quotes", 王芳 🛒'
IDS = [f"01a21e0f-aed2-7e90-a44c-{number:012x}" for number in range(5)]


def part(id_: str, personal: str = ODD) -> dict[str, Any]:
    return {"record_id": id_, "salt": bytes(range(256)), "personal": personal}


@pytest.fixture
def three(office: Office) -> Office:
    with office.writing() as tx:
        put(tx.session, RecordPart, [part(one) for one in IDS[:3]])
        put(tx.session, RecordPart, [])
    return office


def test_what_is_put_is_read_as_it_was(three: Office) -> None:
    with three.reading() as session:
        rows = session.scalars(select(RecordPart).order_by(RecordPart.record_id))
        kept = [(one.record_id, one.salt, one.personal) for one in rows]
    assert kept == [(one, bytes(range(256)), ODD) for one in IDS[:3]]


def test_a_set_names_the_rows_that_are_there(three: Office) -> None:
    by_id = select(RecordPart.record_id).where(among(RecordPart.record_id, "ids"))
    by_text = select(RecordPart.record_id).where(among(RecordPart.personal, "texts"))
    with three.reading() as session:
        assert sorted(session.scalars(by_id, {"ids": IDS[1:]})) == IDS[1:3]
        assert sorted(session.scalars(by_id, {"ids": ()})) == []
        assert sorted(session.scalars(by_text, {"texts": {ODD, ""}})) == IDS[:3]


@pytest.mark.parametrize("bad", [part(IDS[0]), part(IDS[4], "\ud800")])
def test_where_one_row_is_bad_none_is_there_and_the_transaction_goes_on(
    three: Office, bad: dict[str, Any]
) -> None:
    with three.writing() as tx:
        with pytest.raises((DBAPIError, ValueError)), tx.attempt():
            put(tx.session, RecordPart, [part(IDS[3]), bad])
        put(tx.session, RecordPart, [part(IDS[4])])
    with three.reading() as session:
        kept = session.scalars(select(RecordPart.record_id).order_by(RecordPart.record_id)).all()
    assert kept == [*IDS[:3], IDS[4]]


def test_a_fault_is_the_databases_own(three: Office) -> None:
    with pytest.raises(DBAPIError) as caught, three.writing() as tx:
        put(tx.session, RecordPart, [part(IDS[0])])
    assert ODD not in str(caught.value), "a fault quotes no row"


def test_a_deadlock_among_rows_is_broken_and_tried_again(office: Office) -> None:
    if is_sqlite(office.engine):
        return  # one writer at a time
    gate, tries = threading.Barrier(2), list[str]()

    def crosswise(tx: Transaction, first: str, second: str) -> None:
        tries.append(first)
        if tries.count(first) == 1:
            put(tx.session, RecordPart, [part(first)])
            gate.wait()
            put(tx.session, RecordPart, [part(second)])

    at_once(
        lambda: office.write(lambda tx: crosswise(tx, IDS[0], IDS[1])),
        lambda: office.write(lambda tx: crosswise(tx, IDS[1], IDS[0])),
    )
    assert len(tries) == 3
    with office.reading() as session:
        kept = session.scalars(select(RecordPart.record_id).order_by(RecordPart.record_id))
        assert kept.all() == IDS[:2]


def test_what_an_attempt_began_is_forgotten_with_it(office: Office) -> None:
    with office.writing() as tx:
        ret = a_return(tx)
        a_refund(tx)
        changed(tx, ret, "before", "nobody")

        def fails() -> None:
            ret.confirmed_at = 1
            changed(tx, ret, "within", "nobody")
            touched(tx, Ahead(), ret.sale_id)
            tx.tell(EVERYBODY, "recall", "", {})
            refunds_of(tx, RETURN_ID).clear()
            raise LookupError

        with pytest.raises(LookupError), tx.attempt():
            fails()
        assert (ret.confirmed_at, ret.version) == (None, 1)
        assert (tx.told, tx.touched, list(tx.closing)) == ([], {}, [f"return {RETURN_ID}"])
        assert len(refunds_of(tx, RETURN_ID)) == 1
    with office.reading() as session:
        assert session.scalars(select(HistoryEntry.what)).all() == ["before"]


def test_a_fresh_row_reads_as_it_will_when_it_is_written(office: Office) -> None:
    with office.writing() as tx:
        a_return(tx)
        row = fresh(
            Refund, return_id=RETURN_ID, position=0, kind="cash", amount=5, how="cash",
            refund_no="1", due_at=1, made_at=1, changed_at=1,
        )  # fmt: skip
        before = {key: value for key, value in vars(row).items() if key[0] != "_"}
        assert (row.state, row.held, row.actual) == (RefundState.ACCEPTED, False, None)
        tx.insert(Refund, vars(row))
    with office.reading() as session:
        kept = vars(session.scalars(select(Refund)).one())
        assert {key: kept[key] for key in before} == before
        assert kept["id"] > 0
