"""An import is whole or nothing, twice it changes nothing, and its memory does not grow."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.store import Store, open_store
from terminal.interchange import jsonlines
from terminal.interchange.take_in import BATCH_SALES, TakeIn, Tally
from terminal.interchange.values import Found, Note, UnreadableFile
from tests.app.import_memory import file_of, peak_kib
from tests.app.sales_files import sale, written
from tests.app.told import english

ROOT = Path(__file__).parents[2]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "returns.db") as opened:
        yield opened


def ids(store: Store, upto: int) -> list[int]:
    names = {number: f"0571-03-20261120-{number:04d}" for number in range(1, upto + 1)}
    return [number for number, name in names.items() if store.sale(name) is not None]


def taken_in(store: Store, path: Path, *, keep_going: bool = False) -> tuple[Tally, list[Note]]:
    notes: list[Note] = []
    found = jsonlines.read(path)
    take_in = TakeIn(store, notes.append)
    return take_in.good_ones(found) if keep_going else take_in.whole(found), notes


def test_a_fault_on_the_last_line_leaves_the_store_as_it_was(store: Store, tmp_path: Path) -> None:
    many = [sale(number) for number in range(1, 701)]
    path = written(tmp_path / "a.jsonl", [*many, sale(701, total="0.01")])
    tally, notes = taken_in(store, path)
    assert (tally.stored, tally.taken, tally.unused, tally.refused) == (False, 0, 700, 1)
    assert [one.row for one in notes] == [701]
    assert ids(store, 701) == []


def test_all_faults_of_a_file_are_told_not_only_the_first(store: Store, tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", [sale(1), b"{", sale(2), b"[]", sale(3)])
    tally, notes = taken_in(store, path)
    assert [one.row for one in notes] == [2, 4]
    assert (tally.rows, tally.unused) == (5, 3)


def test_keep_going_takes_the_good_and_tells_the_bad(store: Store, tmp_path: Path) -> None:
    count = 2 * BATCH_SALES + 3
    said: list[object] = [sale(number) for number in range(1, count + 1)]
    bad = {1, BATCH_SALES, BATCH_SALES + 1, count}
    for number in bad:
        said[number - 1] = sale(number, total="0.01")
    tally, notes = taken_in(store, written(tmp_path / "a.jsonl", said), keep_going=True)
    assert {one.row for one in notes} == bad
    assert (tally.taken, tally.added, tally.refused) == (count - 4, count - 4, 4)
    assert set(range(1, count + 1)) - set(ids(store, count)) == bad


@pytest.mark.parametrize("keep_going", [False, True])
def test_the_same_file_twice_changes_nothing(
    store: Store, tmp_path: Path, keep_going: bool
) -> None:
    path = written(tmp_path / "a.jsonl", [sale(number) for number in range(1, 40)] + [sale(1)])
    first, _ = taken_in(store, path, keep_going=keep_going)
    again, _ = taken_in(store, path, keep_going=keep_going)
    assert (first.added, first.same) == (39, 1)
    assert (again.added, again.same, again.taken) == (0, 40, 40)


def test_a_sale_on_file_is_never_overwritten_by_another_under_its_id(
    store: Store, tmp_path: Path
) -> None:
    taken_in(store, written(tmp_path / "a.jsonl", [sale(1)]))
    other = written(tmp_path / "b.jsonl", [sale(1, cashier="9999"), sale(2)])
    tally, notes = taken_in(store, other)
    assert (tally.stored, ids(store, 2)) == (False, [1])
    assert "is on file with other content" in english(notes[0].words)
    tally, notes = taken_in(store, other, keep_going=True)
    assert (tally.added, tally.refused, ids(store, 2)) == (1, 1, [1, 2])
    kept = store.sale("0571-03-20261120-0001")
    assert kept is not None
    assert kept.cashier == "1007"


@pytest.mark.parametrize("keep_going", [False, True])
def test_two_sales_under_one_id_in_one_file_are_a_fault(
    store: Store, tmp_path: Path, keep_going: bool
) -> None:
    path = written(tmp_path / "a.jsonl", [sale(1), sale(1, cashier="9999")])
    tally, notes = taken_in(store, path, keep_going=keep_going)
    assert [one.row for one in notes] == [2]
    assert ids(store, 1) == ([1] if keep_going else [])
    assert tally.rows == 2


def test_a_file_that_ends_in_the_middle_takes_nothing_with_it(store: Store, tmp_path: Path) -> None:
    def breaks() -> Iterator[Found]:
        yield from jsonlines.read(written(tmp_path / "a.jsonl", [sale(1), sale(2)]))
        raise UnreadableFile("gone")

    with pytest.raises(UnreadableFile):
        TakeIn(store, print).whole(breaks())
    assert ids(store, 2) == []
    assert TakeIn(store, print).whole(jsonlines.read(tmp_path / "a.jsonl")).added == 2


KILLED = """
import os, sys
from pathlib import Path
from storage.store import open_store
from terminal.interchange import jsonlines
from terminal.interchange.take_in import TakeIn
path, file = map(Path, sys.argv[1:])
def dies():
    for number, one in enumerate(jsonlines.read(path), 1):
        yield one
        if number == 650:
            os.kill(os.getpid(), 9)
with open_store(file) as store:
    TakeIn(store, print).whole(dies())
"""


def test_a_killed_import_leaves_nothing_behind(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", [sale(number) for number in range(1, 701)])
    file = tmp_path / "killed.db"
    died = subprocess.run(
        [sys.executable, "-c", KILLED, str(path), str(file)], cwd=ROOT, check=False
    )
    assert died.returncode == -9
    with open_store(file) as store:
        assert ids(store, 700) == []


@pytest.mark.parametrize(("kind", "some"), [("jsonl", 2_000), ("csv", 5_500), ("xml", 1_500)])
def test_three_times_the_lines_take_no_more_memory(tmp_path: Path, kind: str, some: int) -> None:
    """The same at 100,000 lines: python -m tests.app.import_memory."""
    small, large = (
        peak_kib(tmp_path, file_of(tmp_path, kind, lines)) for lines in (some, 3 * some)
    )
    assert large < small + 4 * 1024, (small, large)
