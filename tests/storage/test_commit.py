"""One step is one transaction: all of it is kept, or nothing."""

import sqlite3
from pathlib import Path

import pytest
from msgspec.structs import replace

from storage.store import Store, open_reader, open_store
from storage.values import (
    VOIDED,
    Cap,
    CapExceeded,
    NewReturn,
    NumberTaken,
    PrintJob,
    PrintJobChange,
    RefundedOfTender,
    ReturnChange,
    ReturnedOfLine,
    ReturnedSoFar,
    SaleUnknown,
)
from tests.storage.samples import DAY, cash, line, new_return, sale_id, step

WATER_BACK = new_return(1, (line(1, 1000, 332, 38),), (cash(200), cash(100, 1)), fee=20)


def test_everything_of_a_step_is_there_after_a_reopen(file: Path, store: Store) -> None:
    store.commit(
        replace(
            step(1, WATER_BACK, state='{"screen":"ready"}'),
            jobs=(PrintJobChange("job-1", "return-1", "slip", 0, "queued"),),
        )
    )
    store.close()
    with open_store(file) as again:
        assert again.load_state() == '{"screen":"ready"}'
        assert again.returned(sale_id(1)) == ReturnedSoFar(
            (ReturnedOfLine(1, 1000, 332, 38),),
            (RefundedOfTender(0, 200), RefundedOfTender(1, 100)),
            20,
        )
        stored = again.return_by_number("R-0571-03-000001")
        assert stored is not None
        assert stored.body == WATER_BACK.body
        assert stored.sale_id == sale_id(1)
        assert stored.status == "recorded"
        assert stored == again.return_by_short_code("SC000000001") == again.return_by_id("return-1")
        assert again.returns_of_day(DAY) == again.returns_of_sale(sale_id(1)) == (stored,)
        assert again.job("job-1") == PrintJob("job-1", "return-1", "slip", 0, "queued")
        assert again.next_return_sequence() == 2
        assert [row.kind for row in again.journal()] == ["return.recorded"]


def test_nothing_of_a_refused_step_is_kept(store: Store) -> None:
    store.commit(step(1, state="before"))
    refused = replace(
        step(2, WATER_BACK, new_return(2, (line(2, 1237, 1, 0),)), state="after"),
        jobs=(PrintJobChange("job-1", "return-1", "slip", 0, "queued"),),
    )
    with pytest.raises(CapExceeded):
        store.commit(refused)
    assert store.load_state() == "before"
    assert store.returns_of_day(DAY) == ()
    assert store.job("job-1") is None
    assert len(list(store.journal())) == 1
    store.commit(step(2, WATER_BACK))  # a refusal is no fault: the store goes on


@pytest.mark.parametrize(
    ("wanted", "what", "which", "left"),
    [
        (new_return(1, (line(1, 3001, 100),)), Cap.LINE, 1, 3000),
        (new_return(1, (line(1, 3000, 996),)), Cap.LINE_AMOUNT, 1, 995),
        (new_return(1, (line(1, 3000, 995, 115),)), Cap.LINE_TAX, 1, 114),
        (new_return(1, (line(1, 2000, 1), line(1, 1001, 1))), Cap.LINE, 1, 3000),
        (new_return(1, (line(7, 1, 0),)), Cap.LINE, 7, 0),
        (new_return(1, (line(2, 1236, 4405),), (cash(3001),)), Cap.TENDER, 0, 3000),
        (new_return(1, (line(2, 1236, 4405),), (cash(2000), cash(1001))), Cap.TENDER, 0, 3000),
        (new_return(1, (line(1, 1000, 300),), (cash(1, 5),)), Cap.TENDER, 5, 0),
        (new_return(1, (line(1, 1000, 300),), (cash(301),)), Cap.TOTAL, 0, 300),
        (new_return(1, (line(1, 1000, 300),), (cash(290),), fee=11), Cap.TOTAL, 0, 289),
        (
            replace(new_return(1, (line(1, 1000, 300),), (cash(290),)), shortfall=20),
            *(Cap.TOTAL, 0, 280),
        ),
        (
            replace(new_return(1, (line(1, 1000, 300),), (cash(310),)), shortfall=-20),
            *(Cap.TOTAL, 0, 300),
        ),
    ],
)
def test_a_cap_is_never_passed(
    store: Store, wanted: NewReturn, what: Cap, which: int, left: int
) -> None:
    with pytest.raises(CapExceeded) as refusal:
        store.commit(step(1, wanted))
    assert (refusal.value.what, refusal.value.which, refusal.value.left) == (what, which, left)


def test_what_was_kept_for_a_gift_may_be_given_back_but_no_more_of_it(store: Store) -> None:
    first = replace(new_return(1, (line(1, 1000, 300),), (cash(280),)), gifts=20)
    with pytest.raises(CapExceeded):
        store.commit(step(1, replace(first, tenders=(cash(281),))))
    store.commit(step(2, first))
    assert store.returned(sale_id(1)).gifts == 20
    too_much = replace(new_return(2, (line(1, 1000, 300),), (cash(321),)), gifts=-21)
    with pytest.raises(CapExceeded):
        store.commit(step(3, too_much))
    store.commit(step(4, replace(too_much, gifts=-20, tenders=(cash(320),))))


def test_a_shortfall_may_be_given_back_but_no_more_of_it(store: Store) -> None:
    """A 满减 broken by the first return is made whole when the rest comes back."""
    first = replace(new_return(1, (line(1, 1000, 300),), (cash(280),)), shortfall=20)
    store.commit(step(1, first))
    assert store.returned(sale_id(1)).shortfall == 20
    too_much = replace(new_return(2, (line(1, 1000, 300),), (cash(321),)), shortfall=-21)
    with pytest.raises(CapExceeded):
        store.commit(step(2, too_much))
    store.commit(step(3, replace(too_much, shortfall=-20, tenders=(cash(320),))))


def test_a_void_frees_what_it_used_and_is_final(store: Store) -> None:
    whole = new_return(1, (line(1, 3000, 995, 114),), (cash(995),))
    store.commit(step(1, whole))
    with pytest.raises(CapExceeded):
        store.commit(step(2, replace(new_return(2, whole.lines), tenders=())))
    store.commit(replace(step(2), changes=(ReturnChange("return-1", VOIDED, "{}"),)))
    assert store.returned(sale_id(1)) == ReturnedSoFar((), (), 0)
    store.commit(step(3, new_return(2, whole.lines, whole.tenders)))
    with pytest.raises(AssertionError, match="stays voided"):
        store.commit(replace(step(4), changes=(ReturnChange("return-1", "recorded", "{}"),)))


@pytest.mark.parametrize(
    ("what", "change"),
    [
        ("sequence", {"sequence": 1}),
        ("sequence", {"sequence": 3}),
        ("id", {"id": "return-1"}),
        ("number", {"number": "R-0571-03-000001"}),
        ("short_code", {"short_code": "SC000000001"}),
    ],
)
def test_a_name_is_given_once(store: Store, what: str, change: dict[str, str]) -> None:
    store.commit(step(1, WATER_BACK))
    second = replace(new_return(2, (line(2, 1, 1),)), **change)
    with pytest.raises(NumberTaken) as refusal:
        store.commit(step(2, second))
    assert refusal.value.what == what


def test_the_same_return_committed_twice_is_refused(store: Store) -> None:
    store.commit(step(1, WATER_BACK))
    with pytest.raises(NumberTaken):
        store.commit(step(2, WATER_BACK))


def test_a_return_of_an_unknown_sale_is_refused(store: Store) -> None:
    with pytest.raises(SaleUnknown):
        store.commit(step(1, new_return(1, (line(1, 1, 1),), of="nowhere")))


def test_a_negative_line_cannot_hide_an_excess(store: Store) -> None:
    with pytest.raises(AssertionError):
        store.commit(step(1, new_return(1, (line(1, 4000, 1200), line(1, -1000, -300)))))
    assert store.next_return_sequence() == 1


def test_what_is_recorded_cannot_be_rewritten_even_by_sql(file: Path, store: Store) -> None:
    store.commit(step(1, WATER_BACK, personal='["王芳"]'))
    store.close()
    other = sqlite3.connect(file)
    other.execute("PRAGMA foreign_keys = ON")
    for statement in (
        "UPDATE return_lines SET quantity = 0",
        "DELETE FROM return_lines",
        "UPDATE return_tenders SET amount = 0",
        "DELETE FROM return_tenders",
        "DELETE FROM returns",
        "UPDATE returns SET number = 'R-2'",
        "UPDATE journal SET body = '[]'",
        "DELETE FROM journal",
        *(
            f"INSERT INTO journal SELECT {at}, id, kind, 0, boot, 0, promise, body, hash, {after}"
            " FROM journal"
            for at, after in ((9, 8), (9, 1), (9, "NULL"), (2, "NULL"), (0, -1), (0, "NULL"))
        ),
        "UPDATE journal_personal SET part = '[]'",
        "UPDATE returns SET short_code = '9'",
        "UPDATE sale_tenders SET amount = 1",
        "UPDATE sale_tenders SET masked = '9999'",
        "UPDATE sales SET phone_tail = '1234'",
        "UPDATE sales SET phone_tail = '', seal = NULL, total = 1",
        "DELETE FROM sales",
        "UPDATE sales SET total = 1",
        "UPDATE sale_lines SET paid = 999999",
        "UPDATE meta SET acked_seq = 2",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            other.execute(statement)
    other.close()


def test_a_job_changes_its_status_and_copies_are_counted(store: Store) -> None:
    jobs = [PrintJobChange(f"job-{n}", "return-1", "slip", n, "queued") for n in (0, 1)]
    notice = PrintJobChange("job-2", None, "notice", 0, "queued")
    store.commit(replace(step(1, WATER_BACK), jobs=(*jobs, notice)))
    store.commit(replace(step(2), jobs=(replace(jobs[0], status="printed"),)))
    assert store.job("job-0") == replace(jobs[0], status="printed")
    assert store.copies_of("return-1", "slip") == 2
    assert store.copies_of("return-1", "result") == 0
    assert store.jobs_with_status("queued") == (jobs[1], notice)


def test_the_outbox_counts_what_is_not_acknowledged(store: Store) -> None:
    for number in (1, 2, 3):
        store.commit(step(number))
    store.commit(replace(step(4), entries=(), acked=2))
    assert (store.acked_seq(), store.unsent_count()) == (2, 1)
    store.commit(replace(step(5), entries=(), acked=1))  # a late answer takes nothing back
    assert store.acked_seq() == 2
    with pytest.raises(AssertionError):
        store.commit(replace(step(6), entries=(), acked=9))


def test_no_new_state_leaves_the_kept_one(store: Store) -> None:
    assert store.load_state() is None
    store.commit(step(1, state="first"))
    store.commit(step(2))
    assert store.load_state() == "first"


def test_a_reader_sees_each_commit_and_cannot_write(file: Path, store: Store) -> None:
    with open_reader(file) as reader:
        store.commit(step(1, WATER_BACK))
        assert reader.next_return_sequence() == 2
        assert reader.journal_head() == store.journal_head()
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            reader._db.execute("UPDATE meta SET state = 'mine'")
