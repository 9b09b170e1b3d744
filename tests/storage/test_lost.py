"""A terminal whose disk was lost: what the office still counts for it comes back a second time."""

import pytest
from msgspec.structs import replace

from storage.elsewhere import ReturnedElsewhere
from storage.office import CameDown
from storage.store import Store
from storage.values import (
    NOTHING,
    Cap,
    CapExceeded,
    RefundedOfTender,
    ReturnChange,
    ReturnedOfLine,
    ReturnedSoFar,
)
from tests.storage.samples import cash, line, new_return, sale_id, step

TODAY = "2026-11-27"


def waters(count: int) -> ReturnedSoFar:
    """So many bottles, at 3.31 each."""
    back = ReturnedOfLine(1, 1000 * count, 331 * count, 38 * count)
    return ReturnedSoFar((back,), (RefundedOfTender(0, 331 * count),), 0) if count else NOTHING


def counts(store: Store, version: int, ours: int, others: int = 0) -> None:
    """The office says how many bottles came back here, and at other tills."""
    told = ReturnedElsewhere(sale_id(1), version, TODAY, waters(others), waters(ours))
    store.take_down(CameDown(TODAY, returned=(told,)))


def takes_back(store: Store, number: int) -> None:
    store.commit(step(number, new_return(number, (line(1, 1000, 331, 38),), (cash(331),))))


def bottles(store: Store) -> int:
    lines = store.returned(sale_id(1)).lines
    return lines[0].quantity // 1000 if lines else 0


def test_what_is_on_file_is_counted_once(store: Store) -> None:
    takes_back(store, 1)
    counts(store, 1, ours=1)
    assert store.returned(sale_id(1)) == waters(1)


def test_an_office_that_has_not_heard_of_it_yet_takes_nothing_off(store: Store) -> None:
    takes_back(store, 1)
    counts(store, 1, ours=0)
    assert store.returned(sale_id(1)) == waters(1)


def test_what_was_on_a_lost_disk_counts_here_too(store: Store) -> None:
    counts(store, 1, ours=2)
    assert store.returned(sale_id(1)) == waters(2)
    takes_back(store, 1)
    assert store.returned(sale_id(1)) == waters(3)
    with pytest.raises(CapExceeded) as refused:
        takes_back(store, 2)
    assert (refused.value.what, refused.value.left) == (Cap.LINE, 0)


def test_it_counts_still_while_the_office_is_behind(store: Store) -> None:
    """The new return is on file, and not told yet: the office's number is that of the lost one."""
    counts(store, 1, ours=1)
    takes_back(store, 1)
    counts(store, 2, ours=1, others=1)
    assert bottles(store) == 3
    counts(store, 3, ours=2, others=1)
    assert bottles(store) == 3


def test_a_voided_return_is_no_lost_one(store: Store) -> None:
    """The office has not heard of the void: the goods may come back all the same."""
    takes_back(store, 1)
    counts(store, 1, ours=1)
    store.commit(replace(step(2), changes=(ReturnChange("return-1", "voided", "{}"),)))
    counts(store, 2, ours=1, others=1)
    assert bottles(store) == 1
    takes_back(store, 2)
    counts(store, 3, ours=2, others=1)
    assert bottles(store) == 2


def test_what_was_kept_of_it_is_no_money_that_is_left(store: Store) -> None:
    """Fees, and what was held back for a promotion and for a gift."""
    gone = ReturnedSoFar((ReturnedOfLine(1, 1000, 331, 38),), (), 1, 2, 4)
    told = ReturnedElsewhere(sale_id(1), 1, TODAY, NOTHING, gone)
    store.take_down(CameDown(TODAY, returned=(told,)))
    assert store.returned(sale_id(1)) == gone
