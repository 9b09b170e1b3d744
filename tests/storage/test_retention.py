"""What is old is erased from the file to the last byte, and what stays is still sound."""

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from msgspec.structs import replace

from storage import retention
from storage.database import beside
from storage.faults import Damaged
from storage.payer_values import Payer
from storage.retention import Swept, Terms
from storage.sale_ties import StoredMark, StoredTies
from storage.store import Store, open_store
from storage.values import CapExceeded, ReturnChange, StoredSale, StoredTender
from tests.storage.samples import DAY, cash, line, new_return, sale, sale_id, step

LATER = "2027-11-20"
AT_MS = 1_795_000_000_000
EVERYTHING = Terms(LATER, AT_MS + 10**9, LATER, ("recorded",))
PERSONAL_ONLY = replace(EVERYTHING, sales_before="2000-01-01")
TAIL, REFERENCE, CODE, NAME = "7431", "4200009876543210", "K7Q2M5X9T4", "欧阳若兰"
PIECE = "SN-860123456789015"  # a phone's number leads to whoever bought it
SECRETS = (f"tail:{TAIL}", f'"{TAIL}"', "tail:8642", REFERENCE, CODE, NAME, PIECE)


def sweep(store: Store, terms: Terms) -> Swept:
    *_, last = (Swept(), *store.retention.sweep(terms))
    store.retention.forget_log()
    return last


def private(sequence: int) -> StoredSale:
    return replace(
        sale(sequence),
        phone_tail="8642",
        tenders=(StoredTender("cash", 3000, "", ""), StoredTender("card", 2400, REFERENCE, TAIL)),
        ties=StoredTies(serials=(StoredMark(1, PIECE),)),
    )


def returned(store: Store, sequence: int = 1, of: int = 1, status: str = "refunded") -> None:
    """One bottle of water back, with everything personal that a return can hold."""
    bottle = replace(line(1, 1000, 331), serials=(PIECE,) if of != 1 else ())
    new = new_return(sequence, (bottle,), (cash(331),), of=sale_id(of))
    new = replace(
        new,
        short_code=f"{CODE}{sequence}",
        personal=f'["{CODE}","{TAIL}"]',
        payers=(Payer("card", TAIL),),
    )
    names = f'["{NAME}","{CODE}{sequence}"]'
    store.commit(step(sequence, new, personal=names))
    if status != "recorded":
        change = ReturnChange(new.id, status, new.body, new.personal)
        store.commit(replace(step(100 + sequence), changes=(change,)))


def held(file: Path) -> str:
    """Every byte of the store and its log, as text."""
    files = (file, beside(file, "-wal"))
    return b"".join(one.read_bytes() for one in files if one.exists()).decode(errors="replace")


def test_what_is_personal_is_gone_to_the_last_byte_and_the_chain_holds(
    file: Path, store: Store
) -> None:
    store.add_sales([private(2)])
    returned(store, of=2)
    store.checkpoint()
    before = held(file)
    assert all(one in before for one in SECRETS)
    head = store.journal_head()
    assert sweep(store, PERSONAL_ONLY) == Swept(records=1, returns=1, sales=2)
    after = held(file)
    assert not [one for one in SECRETS if one in after]
    assert store.journal_head() == head
    store.close()
    with open_store(file) as again:
        again.check()
        assert [row.erased for row in again.journal()] == [True, False]
        found = again.return_by_id("return-1")
        assert found is not None
        assert (found.short_code, found.personal, found.amount) == ("", "", 331)
        assert again.payers.earlier((Payer("card", TAIL),), "2000-01-01") == ()
        kept = again.sale(sale_id(2))
        assert kept is not None
        assert kept.tenders[1] == StoredTender("card", 2400, "", "")
        assert again.returned(sale_id(2)).lines[0].quantity == 1000
        assert (kept.ties.serials, again.returned(sale_id(2)).serials) == ((), ())


def test_a_personal_part_is_told_with_its_salt_until_it_is_erased(store: Store) -> None:
    store.commit(step(1, personal=f'["{NAME}"]'))
    (row,) = store.journal()
    assert row.personal == f'["{NAME}"]'
    assert (len(row.salt), len(row.promise), row.erased) == (32, 64, False)
    sweep(store, EVERYTHING)
    (bare,) = store.journal()
    assert bare == replace(row, salt="", personal="")


@pytest.mark.parametrize(
    "tamper",
    [
        "UPDATE journal_personal SET part = '[\"somebody\"]'",
        "UPDATE journal_personal SET salt = zeroblob(16)",
        "INSERT INTO journal_personal VALUES (2, zeroblob(16), '[]')",
        "UPDATE journal SET promise = zeroblob(32) WHERE seq = 1",
    ],
)
def test_a_changed_or_added_personal_part_is_found(file: Path, store: Store, tamper: str) -> None:
    store.commit(step(1, personal=f'["{NAME}"]'))
    store.commit(step(2))
    store.close()
    db = sqlite3.connect(file)
    for trigger in ("journal_part_stays", "journal_row_stays"):
        db.execute(f"DROP TRIGGER {trigger}")
    db.execute(tamper)
    db.commit()
    db.close()
    with pytest.raises(Damaged, match="record"):
        open_store(file)


def test_what_is_younger_than_its_term_stays(store: Store) -> None:
    returned(store)
    store.add_sales([private(2)])
    assert sweep(store, Terms(DAY, AT_MS, DAY, ("recorded",))) == Swept()
    assert store.sale(sale_id(2)) == private(2)
    assert store.return_by_short_code(f"{CODE}1") is not None


def test_an_open_return_and_its_sale_keep_what_they_need(store: Store) -> None:
    store.add_sales([private(2)])
    returned(store, of=2, status="recorded")
    assert sweep(store, PERSONAL_ONLY) == Swept(records=1, sales=1)  # the other sale's
    assert store.return_by_short_code(f"{CODE}1") is not None
    assert store.sale(sale_id(2)) == private(2)


def test_a_sale_without_returns_goes_whole_and_may_come_again(store: Store) -> None:
    store.add_sales([private(2)])
    assert sweep(store, EVERYTHING).pruned == 2
    assert store.sale(sale_id(2)) is None
    assert store.heads_by_receipt_no(sale(2).receipt_no) == ()
    counts = [
        store._db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("sales", "sale_lines", "sale_tenders", "sale_reductions", "sale_clues")
    ]
    assert counts == [0, 0, 0, 0, 0]
    assert store.add_sales([private(2)]).added == 1


@pytest.mark.parametrize("status", ["recorded", "refunded", "voided"])
def test_a_sale_with_returns_stays_and_its_returned_goods_are_refused(
    store: Store, status: str
) -> None:
    returned(store, status=status)
    assert sweep(store, EVERYTHING).pruned == 0
    back = 0 if status == "voided" else 1000
    with pytest.raises(CapExceeded) as refused:
        store.commit(step(2, new_return(2, (line(1, 3001 - back, 1),))))
    assert refused.value.left == 3000 - back
    assert store.add_sales([sale(1)]).same == 1  # as on file, whatever of it was erased


def test_a_sale_that_the_kept_state_speaks_of_stays(store: Store) -> None:
    store.commit(step(1, state=f'{{"$":"ChoosingGoods","sale":{{"ref":"{sale_id(1)}"}}}}'))
    store.add_sales([sale(2)])
    assert sweep(store, EVERYTHING).pruned == 1
    assert store.sale(sale_id(1)) is not None


def test_any_new_table_that_refers_to_sales_protects_them(store: Store) -> None:
    store._db.execute("CREATE TABLE disputes (sale INTEGER REFERENCES sales (key)) STRICT")
    store._db.execute("INSERT INTO disputes SELECT key FROM sales")
    store.add_sales([sale(2)])
    assert sweep(store, EVERYTHING).pruned == 1
    assert store.sale(sale_id(1)) is not None


def test_no_table_is_read_whole_to_see_whether_a_sale_is_needed(store: Store) -> None:
    found = store._db.execute(
        'SELECT t.name, f."from" FROM sqlite_master AS t, pragma_foreign_key_list(t.name) AS f'
        " WHERE t.type = 'table' AND f.\"table\" = 'sales'"
    ).fetchall()
    queries = [f"SELECT 1 FROM {table} WHERE {column} = ?" for table, column in found]
    assert len(queries) >= 4
    for query in (*queries, retention.TAIL_CLUES, retention.GOODS_CLUES):
        given = {"keys": "[]"} if ":keys" in query else ("1",)
        plan = store._db.execute("EXPLAIN QUERY PLAN " + query, given).fetchall()
        scans = [row[3] for row in plan if row[3].startswith("SCAN") and "json_each" not in row[3]]
        assert not scans, (query, scans)


def test_every_step_is_small_and_between_two_of_them_a_cashier_is_served(store: Store) -> None:
    store.add_sales(sale(number) for number in range(2, 3 * retention.SPAN))
    largest = before = 0
    for number, swept in enumerate(store.retention.sweep(EVERYTHING), start=1):
        largest, before = max(largest, swept.pruned - before), swept.pruned
        store.commit(step(number))
    assert largest == retention.SPAN
    assert before == 3 * retention.SPAN - 1


def test_an_interrupted_sweep_is_begun_again_and_ends_the_same(file: Path, store: Store) -> None:
    store.add_sales(sale(number) for number in range(2, 2 * retention.SPAN))
    returned(store)
    steps = store.retention.sweep(EVERYTHING)
    next(steps)
    store.close()
    with open_store(file) as again:
        sweep(again, EVERYTHING)
        assert again.heads_by_receipt_no(sale(2).receipt_no) == ()
        assert sweep(again, EVERYTHING) == Swept()


def test_a_tail_changed_on_the_disk_is_found_when_the_sale_is_read(
    file: Path, store: Store
) -> None:
    store.close()
    for statement in (
        "UPDATE sale_tenders SET masked = '9999' WHERE position = 1",
        "UPDATE sales SET seal = NULL",
        "UPDATE sales SET phone_tail = '8888'",
    ):
        db = sqlite3.connect(file)
        db.execute("DROP TRIGGER IF EXISTS sale_tender_stays")
        db.execute("DROP TRIGGER IF EXISTS sale_stays")
        db.execute(statement)
        db.commit()
        db.close()
        with open_store(file) as again, pytest.raises(Damaged):
            again.sale(sale_id(1))


@hypothesis_settings(max_examples=25, deadline=None)
@given(
    salts=st.lists(st.text(max_size=6), min_size=1, max_size=6),
    erased=st.sets(st.integers(1, 6)),
)
def test_any_part_may_be_gone_and_the_chain_still_holds(
    tmp_path_factory: pytest.TempPathFactory, salts: list[str], erased: set[int]
) -> None:
    with open_store(tmp_path_factory.mktemp("any") / "t.db") as store:
        for number, text in enumerate(salts, start=1):
            store.commit(step(number, personal=text))
        head = store.journal_head()
        for seq in erased:
            store._db.execute("DELETE FROM journal_personal WHERE seq = ?", (seq,))
        assert store.verify_chain() is None
        assert store.journal_head() == head
