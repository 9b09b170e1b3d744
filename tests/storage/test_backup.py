"""A backup is whole or is not there; a restored store goes on, and no number comes twice."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from storage import database, faults
from storage.backup import backup, proved
from storage.backup_faults import NewerReturns, NumbersUnknown, TargetTaken, TargetUnusable
from storage.pins import pepper_file
from storage.records import JournalEntry
from storage.restore import Restored, restore
from storage.store import Store, open_store
from storage.values import VOIDED, Commit, NumberTaken, ReturnChange
from tests.fakes.small_disk import full_disk
from tests.storage.samples import CHEAP, big_sale, one_screw, sale, sale_id, step
from tests.storage.test_disk_faults import needs_strace


def fact(_: Restored) -> Commit:
    return Commit(None, 1_795_000_009_999, "boot", 1, (JournalEntry("restored", "Restored", "{}"),))


def returns(store: Store, first: int, last: int) -> None:
    if store.sale("big") is None:
        store.add_sales([big_sale()])
    for number in range(first, last + 1):
        store.commit(step(number, one_screw(number), state=f"state {number}"))


@pytest.fixture
def copy(file: Path, store: Store, tmp_path: Path) -> Path:
    """Three returns are in the backup, five in the store, which is closed."""
    store.staff.add("1007", "王芳", "cashier", "1234")
    returns(store, 1, 3)
    backup(file, tmp_path / "copy.db")
    returns(store, 4, 5)
    store.close()
    return tmp_path / "copy.db"


def test_a_backup_made_while_the_terminal_works_is_whole_and_private(
    file: Path, store: Store, tmp_path: Path
) -> None:
    returns(store, 1, 3)
    found = backup(file, tmp_path / "copy.db")
    assert (found.head_seq, found.numbers_used, found.last_number) == (3, 3, "R-0571-03-000003")
    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600
    returns(store, 4, 4)
    with open_store(tmp_path / "copy.db", cost=CHEAP) as again:
        assert again.journal_head()[0] == 3
        assert again.sale(sale_id(1)) == sale(1)
        assert list(again.journal()) == list(store.journal())[:3]
    left = {one.name for one in tmp_path.iterdir() if one.name.startswith("copy")}
    assert not [one for one in left if one.endswith((".part", "-journal"))]


def test_a_backup_overwrites_nothing(file: Path, store: Store, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("a letter")
    with pytest.raises(TargetTaken):
        backup(file, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "a letter"
    with pytest.raises(TargetTaken):
        backup(file, file)
    (tmp_path / "new.db").symlink_to(tmp_path / "nowhere.db")  # there only at the last moment
    with pytest.raises(TargetTaken):
        backup(file, tmp_path / "new.db")
    assert store.verify_chain() is None


def test_a_backup_of_a_damaged_store_gets_no_name(file: Path, store: Store, tmp_path: Path) -> None:
    returns(store, 1, 3)
    store.close()
    db = sqlite3.connect(file)
    db.execute("DROP TRIGGER journal_row_stays")
    db.execute("UPDATE journal SET body = '{1}' WHERE seq = 2")
    db.commit()
    db.close()
    with pytest.raises(faults.Damaged):
        backup(file, tmp_path / "copy.db")
    assert not [one for one in tmp_path.iterdir() if one.name.startswith("copy")]


def test_where_the_copy_cannot_go_is_told_and_is_no_fault_of_the_store(
    file: Path, store: Store, tmp_path: Path
) -> None:
    returns(store, 1, 3)
    target = tmp_path / "no folder" / "copy.db"
    with pytest.raises(TargetUnusable, match="No such file") as told:
        backup(file, target)
    assert told.value.file == target
    with full_disk(), pytest.raises(TargetUnusable) as told:
        backup(file, tmp_path / "copy.db")
    assert told.value.file == tmp_path / "copy.db"
    assert not [one for one in tmp_path.iterdir() if one.name.startswith("copy")]


def test_a_page_that_cannot_be_read_is_told_of_the_store_and_not_of_the_copy(
    file: Path, store: Store, tmp_path: Path
) -> None:
    returns(store, 1, 30)
    store.close()
    with file.open("r+b") as pages:
        pages.seek(4096 * 10)
        pages.write(b"\xff" * 4096 * (file.stat().st_size // 4096 - 10))
    with pytest.raises(faults.Damaged) as told:
        backup(file, tmp_path / "copy.db")
    assert told.value.file == file


def test_what_was_erased_is_not_in_the_backup(file: Path, store: Store, tmp_path: Path) -> None:
    store.commit(step(1, state="old state 4321"))
    store.commit(step(2, state="new"))
    backup(file, tmp_path / "copy.db")
    assert b"4321" not in (tmp_path / "copy.db").read_bytes()


def test_numbers_go_on_above_those_given_after_the_backup(file: Path, copy: Path) -> None:
    done = restore(copy, file, fact, last_number=None, drop_newer=True)
    assert (done.numbers_after, done.contents.numbers_used, done.lost_seq) == (5, 3, 5)
    with open_store(file, cost=CHEAP) as again:
        assert again.next_return_sequence() == 6
        with pytest.raises(NumberTaken):
            again.commit(step(7, one_screw(4)))
        again.commit(step(7, one_screw(6)))
        assert again.next_return_sequence() == 7
        assert again.load_state() is None
        assert [row.kind for row in again.journal()][3] == "Restored"
        assert [one.number for one in again.staff.all()] == ["1007"]
        again.check()


def test_the_old_store_is_kept_aside_and_each_gets_a_name_of_its_own(
    file: Path, copy: Path
) -> None:
    first = restore(copy, file, fact, last_number=None, drop_newer=True)
    second = restore(copy, file, fact, last_number=9, drop_newer=True)
    assert first.aside is not None
    assert second.aside is not None
    assert (first.aside.name, second.aside.name) == (
        f"{file.name}.before-restore-1",
        f"{file.name}.before-restore-2",
    )
    assert proved(first.aside).numbers_used == 5
    assert proved(file).numbers_used == 9


def test_a_sound_store_with_newer_returns_is_not_given_up_unasked(file: Path, copy: Path) -> None:
    with pytest.raises(NewerReturns, match="000005', 'R-0571-03-000004"):
        restore(copy, file, fact, last_number=None)
    assert proved(file).numbers_used == 5


@pytest.mark.parametrize("end", ["accepted", "refunded", VOIDED])
def test_nor_is_one_that_has_ended_returns_which_are_open_in_the_backup(
    file: Path, store: Store, tmp_path: Path, end: str
) -> None:
    """The customer still has the slip: its cash would be paid once more."""
    returns(store, 1, 2)
    backup(file, tmp_path / "copy.db")
    store.commit(replace(step(9), changes=(ReturnChange("return-2", end, "{}"),)))
    store.close()
    with pytest.raises(NewerReturns, match="000002") as told:
        restore(tmp_path / "copy.db", file, fact, last_number=None)
    assert told.value.count == 1
    restore(tmp_path / "copy.db", file, fact, last_number=None, drop_newer=True)


def test_what_only_a_rail_said_since_the_backup_is_said_again(
    file: Path, store: Store, tmp_path: Path
) -> None:
    returns(store, 1, 1)
    store.commit(replace(step(8), changes=(ReturnChange("return-1", "accepted", "{}"),)))
    backup(file, tmp_path / "copy.db")
    store.commit(replace(step(9), changes=(ReturnChange("return-1", "refunded", "{}"),)))
    store.close()
    restore(tmp_path / "copy.db", file, fact, last_number=None)


@pytest.mark.parametrize("how", ["damaged", "missing"])
def test_where_the_old_store_cannot_tell_a_person_must(file: Path, copy: Path, how: str) -> None:
    if how == "missing":
        file.unlink()
    else:
        file.write_bytes(b"\xa5" * 50_000)
    with pytest.raises(NumbersUnknown):
        restore(copy, file, fact, last_number=None)
    assert file.exists() is (how == "damaged")
    done = restore(copy, file, fact, last_number=425)
    assert done.numbers_after == 425
    with open_store(file, cost=CHEAP) as again:
        assert again.next_return_sequence() == 426


def test_a_smaller_number_said_by_mistake_takes_none_back(file: Path, copy: Path) -> None:
    assert restore(copy, file, fact, last_number=1, drop_newer=True).numbers_after == 5


def test_a_running_terminal_a_foreign_or_a_damaged_backup_change_nothing(
    file: Path, copy: Path, tmp_path: Path
) -> None:
    before = file.read_bytes()
    with open_store(file, cost=CHEAP), pytest.raises(faults.InUse):
        restore(copy, file, fact, last_number=9, drop_newer=True)
    for content in (b"", b"a letter" * 100, copy.read_bytes()[:-9000]):
        bad = tmp_path / "bad.db"
        bad.write_bytes(content)
        with pytest.raises(faults.StorageFault):
            restore(bad, file, fact, last_number=9, drop_newer=True)
    assert file.read_bytes() == before


@pytest.mark.parametrize("left", [None, b"cut short"])
def test_without_the_key_of_the_pins_nobody_is_left_who_could_not_sign_on(
    file: Path, copy: Path, left: bytes | None
) -> None:
    pepper_file(file).unlink()
    if left is not None:
        pepper_file(file).write_bytes(left)
    for _ in range(2):  # a key made by the first restoring would have kept those in the second
        done = restore(copy, file, fact, last_number=None, drop_newer=True)
        assert not done.staff_kept
    with open_store(file, cost=CHEAP) as again:
        assert again.staff.all() == ()
        again.staff.add("1009", "王芳", "cashier", "1234")


def killed_with_returns_in_its_log(file: Path) -> None:
    store = open_store(file, cost=CHEAP)
    returns(store, 6, 7)
    kept = file.with_name("kept.db")
    for suffix in ("", "-wal"):
        shutil.copy(database.beside(file, suffix), database.beside(kept, suffix))
    store.close()
    for suffix in ("", "-wal"):
        database.beside(kept, suffix).rename(database.beside(file, suffix))


def test_a_log_that_was_not_written_back_goes_aside_with_its_file(file: Path, copy: Path) -> None:
    """As a killed terminal leaves it: the new file must not meet the old one's log."""
    killed_with_returns_in_its_log(file)
    done = restore(copy, file, fact, last_number=None, drop_newer=True)
    assert done.numbers_after == 7
    assert done.aside is not None
    assert proved(done.aside).numbers_used == 7
    assert not database.beside(file, "-wal").exists()


@needs_strace
@pytest.mark.parametrize("when", [2, 3])
def test_killed_while_the_old_store_is_put_aside_its_log_keeps_its_name(
    file: Path, copy: Path, when: int
) -> None:
    killed_with_returns_in_its_log(file)
    killed(copy, file, "rename", when)
    open_store(file, cost=CHEAP).close()
    assert proved(file.with_name(f"{file.name}.before-restore-1")).numbers_used == 7


CHILD = """
import sys
from pathlib import Path
from storage.restore import restore
from tests.storage.test_backup import fact
restore(Path(sys.argv[1]), Path(sys.argv[2]), fact, last_number=None, drop_newer=True)
"""


@needs_strace
@pytest.mark.parametrize(
    ("call", "when"),
    [*(("rename", when) for when in (1, 2, 3)), *(("fsync", when) for when in (1, 2, 3))],
)
def test_killed_at_any_moment_the_old_or_the_restored_store_is_there_whole(
    file: Path, copy: Path, call: str, when: int
) -> None:
    """Killed before the call is made. With the restored store the numbers go on, too."""
    killed(copy, file, call, when)
    with open_store(file, cost=CHEAP) as again:
        again.check()
        assert again.next_return_sequence() == 6
        kinds = [row.kind for row in again.journal()]
        assert len(kinds) == (4 if "Restored" in kinds else 5)
        assert not database.beside(file, database.RESTORE).exists()


def killed(copy: Path, file: Path, call: str, when: int) -> None:
    """A restore that is killed before it makes this call for the `when`th time."""
    inject = f"inject={call}:error=EIO:signal=SIGKILL:when={when}"
    strace = ("strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={call}", "-e", inject)
    child = (sys.executable, "-c", CHILD, str(copy), str(file))
    done = subprocess.run([*strace, *child], check=False, capture_output=True)
    assert done.returncode != 0, "it was not killed"
