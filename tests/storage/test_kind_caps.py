"""Caps of a kind of return: held in the transaction that reserves the number."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from storage.kind_values import KindCaps, KindSoFar
from storage.store import Store, open_store
from storage.values import VOIDED, Cap, CapExceeded, NewReturn, ReturnChange
from tests.storage.samples import CHEAP, DAY, line, new_return, sale, sale_id, step


def offline(number: int, amount: int, caps: KindCaps, of: int = 1) -> NewReturn:
    made = new_return(number, (line(2, 100, amount),), of=sale_id(of))
    return replace(made, kind="OFFLINE", caps=caps)


@pytest.fixture(name="store")
def _store(tmp_path: Path) -> Store:
    store = open_store(tmp_path / "returns.db", cost=CHEAP)
    store.add_sales([sale(1), sale(2)])
    return store


def refused(store: Store, number: int, new: NewReturn) -> CapExceeded:
    with pytest.raises(CapExceeded) as refusal:
        store.commit(step(number, new))
    return refusal.value


def test_one_receipt_has_its_amount_over_all_its_parts(store: Store) -> None:
    caps = KindCaps(amount=1000)
    store.commit(step(1, offline(1, 600, caps)))
    fault = refused(store, 2, offline(2, 401, caps))
    assert (fault.what, fault.wanted, fault.left) == (Cap.KIND_AMOUNT, 401, 400)
    store.commit(step(3, offline(2, 400, caps)))
    store.commit(step(4, offline(3, 1000, caps, of=2)))


def test_a_day_has_its_amount_and_its_count(store: Store) -> None:
    store.commit(step(1, offline(1, 600, KindCaps())))
    assert refused(store, 2, offline(2, 401, KindCaps(day_amount=1000))).what is Cap.KIND_DAY_AMOUNT
    assert refused(store, 3, offline(2, 1, KindCaps(day_count=1))).what is Cap.KIND_DAY_COUNT
    tomorrow = replace(offline(2, 401, KindCaps(day_amount=1000, day_count=1)), day="2026-11-21")
    store.commit(step(4, tomorrow))


def test_another_kind_and_a_voided_return_do_not_count(store: Store) -> None:
    caps = KindCaps(amount=600, day_amount=600, day_count=1)
    store.commit(step(1, replace(offline(1, 600, caps), kind="UNVERIFIED")))
    store.commit(step(2, offline(2, 600, caps)))
    store.commit(replace(step(3), changes=(ReturnChange("return-2", VOIDED, "{}"),)))
    receipt_no = sale(1).receipt_no
    assert store.kind_so_far("OFFLINE", receipt_no, DAY) == KindSoFar(0, 0, 0)
    store.commit(step(4, offline(3, 600, caps)))
    assert store.kind_so_far("OFFLINE", receipt_no, DAY) == KindSoFar(600, 600, 1)


def test_what_came_back_before_the_sale_was_on_file_is_no_more_left_of_it(store: Store) -> None:
    """Written down under the receipt's number, paid out; then the till's own sale arrives."""
    written = replace(sale(9), id="written", workstation="", receipt_no=sale(1).receipt_no)
    before = replace(offline(1, 4000, KindCaps()), sale_id="written", kind="UNVERIFIED")
    store.commit(replace(step(1, before), sales=(written,)))
    late = replace(offline(2, 1401, KindCaps()), kind="VERIFIED")
    assert refused(store, 2, late).what is Cap.TOTAL
    store.commit(step(3, replace(offline(2, 1400, KindCaps()), kind="VERIFIED")))


def test_a_sale_that_no_till_rang_is_found_by_its_id_alone(store: Store) -> None:
    written = replace(sale(9), id="written", workstation="")
    new = replace(offline(1, 400, KindCaps()), sale_id="written", kind="UNVERIFIED")
    store.commit(replace(step(1, new), sales=(written,)))
    assert store.sale("written") == written
    assert store.heads_by_receipt_no(written.receipt_no) == ()
    assert "written" not in [one.id for one in store.heads_by_day_and_total(DAY, 5400, 9)]
    assert "written" not in [one.id for one in store.heads_by_tail("1234", DAY, 9)]
