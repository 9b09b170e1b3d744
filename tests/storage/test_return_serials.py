"""A piece comes back once by its number, whatever a screen showed: checked where it is recorded."""

import pytest
from msgspec.structs import replace

from storage.elsewhere import ReturnedElsewhere
from storage.office import CameDown
from storage.sale_ties import StoredMark, StoredTies
from storage.store import Store
from storage.values import (
    VOIDED,
    Cap,
    CapExceeded,
    NewReturn,
    RefundedOfTender,
    ReturnChange,
    ReturnedOfLine,
    ReturnedSoFar,
)
from tests.storage.samples import cash, line, new_return, sale, sale_id, step

NUMBERED = replace(
    sale(2), ties=StoredTies(serials=tuple(StoredMark(1, one) for one in ("A1", "A2", "A3")))
)


def back(sequence: int, *serials: str, of: int = 2) -> NewReturn:
    pieces = len(serials) or 1
    goods = replace(line(1, 1000 * pieces, 330 * pieces), serials=serials)
    return new_return(sequence, (goods,), (cash(330 * pieces),), of=sale_id(of))


@pytest.fixture(name="shelf")
def _shelf(store: Store) -> Store:
    store.add_sales([NUMBERED])
    return store


def refused(store: Store, at: int, new: NewReturn) -> bool:
    with pytest.raises(CapExceeded) as refusal:
        store.commit(step(at, new))
    assert (refusal.value.what, refusal.value.which) == (Cap.SERIAL, 1)
    return True


def test_each_piece_once_in_any_order(shelf: Store) -> None:
    shelf.commit(step(1, back(1, "A2")))
    assert refused(shelf, 2, back(2, "A2"))
    assert refused(shelf, 3, back(2, "a2"))
    assert refused(shelf, 4, back(2, "A1", "A1"))
    shelf.commit(step(5, back(2, "A3", "A1")))
    assert [one.number for one in shelf.returned(sale_id(2)).serials] == ["A2", "A3", "A1"]


def test_a_piece_that_was_not_sold_on_this_line_is_refused(shelf: Store) -> None:
    assert refused(shelf, 1, back(1, "B1"))
    assert shelf.returned(sale_id(2)).lines == (), "nothing of it was written"


def test_a_void_gives_the_piece_free(shelf: Store) -> None:
    first = back(1, "A1")
    shelf.commit(step(1, first))
    shelf.commit(replace(step(2), changes=(ReturnChange(first.id, VOIDED, "{}"),)))
    shelf.commit(step(3, back(2, "A1")))


def test_a_line_without_numbers_on_file_takes_any_of_them_once(store: Store) -> None:
    store.commit(step(1, back(1, "X9", of=1)))
    assert refused(store, 2, back(2, "X9", of=1))
    store.commit(step(3, back(2, of=1)))


def came_back_elsewhere(store: Store, *places: int) -> None:
    """So many pieces as are told, or one whose place nobody told."""
    line_ = ReturnedOfLine(1, 1000, 330, 0, places)
    sums = ReturnedSoFar((line_,), (RefundedOfTender(0, 330),), 0)
    told = ReturnedElsewhere(sale_id(2), 1, "2026-11-24", sums)
    store.take_down(CameDown("2026-11-24", returned=(told,)))


def test_a_piece_that_came_back_at_another_till_is_refused_here(shelf: Store) -> None:
    shelf.commit(step(1, back(1, "A3")))
    came_back_elsewhere(shelf, 1)  # A2: the second of them
    assert refused(shelf, 2, back(2, "a2"))
    assert [one.number for one in shelf.returned(sale_id(2)).serials] == ["A3", "A2"]
    shelf.commit(step(3, back(2, "A1")))


def test_what_names_no_piece_is_passed_over(shelf: Store) -> None:
    """A sale on file with other numbers than the office has; and an office that tells none."""
    came_back_elsewhere(shelf, -1, 3, 99)
    assert shelf.returned(sale_id(2)).serials == ()
    shelf.commit(step(1, back(1, "A2")))


def test_sums_that_an_older_version_kept_have_no_pieces(shelf: Store) -> None:
    came_back_elsewhere(shelf, 1)
    body = '{"lines":[[1,1000,330,0]],"tenders":[[0,330]],"fees":0,"shortfall":0,"gifts":0}'
    shelf._db.execute("UPDATE returned_elsewhere SET body = ?", (body,))
    so_far = shelf.returned(sale_id(2))
    assert (so_far.lines[0].quantity, so_far.serials) == (1000, ())
