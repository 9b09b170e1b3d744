"""A file is taken when it is complete, and whatever happens nothing is lost or overwritten."""

import os
from pathlib import Path

import pytest

from terminal.feed.inbox import LOOKED_AT_MAX, Inbox

SETTLE = 10.0


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    return Inbox(tmp_path, SETTLE)


def name_at(inbox: Inbox, now: float) -> str | None:
    found = inbox.next_complete(now)
    return found.path.name if found else None


def test_a_file_that_still_grows_is_left_alone(inbox: Inbox, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    for second in range(20):
        with path.open("a") as file:
            file.write("x")
        assert name_at(inbox, float(second)) is None
    assert name_at(inbox, 19 + SETTLE - 0.1) is None
    assert name_at(inbox, 19 + SETTLE) == "a.jsonl"


def test_a_file_of_the_same_length_that_is_written_anew_starts_afresh(
    inbox: Inbox, tmp_path: Path
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("x")
    assert name_at(inbox, 0.0) is None
    os.utime(path, ns=(1, 1))
    assert name_at(inbox, SETTLE) is None
    assert name_at(inbox, 2 * SETTLE) == "a.jsonl"


def test_a_sign_beside_it_makes_a_file_complete_at_once(inbox: Inbox, tmp_path: Path) -> None:
    (tmp_path / "a.csv").touch()
    (tmp_path / "a.csv.done").touch()
    assert name_at(inbox, 0.0) == "a.csv"


@pytest.mark.parametrize("name", ["a.part", "a.tmp", "a.filepart", "a.csv~", ".a.csv", "b.done"])
def test_names_of_files_being_written_are_not_looked_at(
    inbox: Inbox, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).touch()
    (tmp_path / f"{name}.done").touch()
    assert name_at(inbox, 0.0) is None
    assert name_at(inbox, 100.0) is None


def test_what_is_no_plain_file_is_not_looked_at(inbox: Inbox, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link.csv").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "pipe.csv")
    for name in ("link.csv", "pipe.csv", "folder"):
        (tmp_path / f"{name}.done").touch()
    assert name_at(inbox, 0.0) is None


def test_an_empty_file_is_complete_by_its_sign_alone(inbox: Inbox, tmp_path: Path) -> None:
    """A POS that opens its file, and only then asks its database, would write into done/."""
    (tmp_path / "a.jsonl").touch()
    assert [name_at(inbox, at * SETTLE) for at in (0, 1, 2, 1000)] == [None] * 4
    (tmp_path / "a.jsonl.done").touch()
    assert name_at(inbox, 1001 * SETTLE) == "a.jsonl"


def test_no_crowd_of_unfinished_files_hides_a_finished_one(inbox: Inbox, tmp_path: Path) -> None:
    for number in range(2 * LOOKED_AT_MAX):
        (tmp_path / f"{number}.tmp").touch()
    for number in range(10):  # wherever in the folder's own order they stand
        name = f"{number}.jsonl"
        (tmp_path / name).touch()
        (tmp_path / f"{name}.done").touch()
        assert name_at(inbox, 0.0) == name
        (tmp_path / name).unlink()


def test_the_oldest_comes_first(inbox: Inbox, tmp_path: Path) -> None:
    for age, name in enumerate(("c", "a", "b")):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, ns=(age, age))
        (tmp_path / f"{name}.done").touch()
    assert name_at(inbox, 0.0) == "c"


def test_nothing_in_done_is_overwritten(inbox: Inbox, tmp_path: Path) -> None:
    for text in ("one", "two", "three"):
        (tmp_path / "a.csv.gz").write_text(text)
        (tmp_path / "a.csv.gz.done").touch()
        found = inbox.next_complete(0.0)
        assert found is not None
        draft = inbox.report_draft("feed-x")
        draft.write_text(f"report of {text}")
        inbox.put_away(found, draft, taken=True)
    done = {one.name: one.read_text() for one in (tmp_path / "done").iterdir()}
    assert done == {
        "a.csv.gz": "one",
        "a.csv.gz.report.csv": "report of one",
        "a-2.csv.gz": "two",
        "a-2.csv.gz.report.csv": "report of two",
        "a-3.csv.gz": "three",
        "a-3.csv.gz.report.csv": "report of three",
    }
    assert [one.name for one in tmp_path.iterdir()] == ["done"]


def test_a_file_that_became_another_stays_to_be_read(inbox: Inbox, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("one")
    (tmp_path / "a.csv.done").touch()
    found = inbox.next_complete(0.0)
    assert found is not None
    path.write_text("one and more")
    assert inbox.put_away(found, tmp_path / "none", taken=True) is None
    assert path.read_text() == "one and more"
    assert name_at(inbox, 1.0) == "a.csv"


def test_a_file_that_cannot_be_moved_is_not_read_again_and_again(
    inbox: Inbox, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text("one")
    (tmp_path / "a.csv.done").touch()
    found = inbox.next_complete(0.0)
    assert found is not None
    (tmp_path / "done").write_text("a file where the folder should be")
    with pytest.raises(OSError, match="exists"):
        inbox.put_away(found, tmp_path / "none", taken=True)
    (tmp_path / "done").unlink()
    assert name_at(inbox, 100.0) is None
    (tmp_path / "a.csv").write_text("another")
    assert name_at(inbox, 200.0) == "a.csv"
