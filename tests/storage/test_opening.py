"""Opening a file that is not as it should be: a sentence with its remedy, and no byte changed."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from storage import faults
from storage.database import LEDGER, beside
from storage.lock import lock_file
from storage.schema import APPLICATION_ID, SCHEMA_VERSION
from storage.store import Store, open_reader, open_store
from terminal.spoken import storage_words
from terminal.ui.words import in_both
from tests.storage.samples import CHEAP, sale, sale_id, step


def _sound(file: Path) -> None:
    with open_store(file) as store:
        store.add_sales(sale(number) for number in range(1, 200))
        for number in range(1, 50):
            store.commit(step(number))


def _text(file: Path) -> None:
    file.write_text("receipt;amount\n" * 100)


def _empty(file: Path) -> None:
    file.touch()


def _foreign(file: Path) -> None:
    db = sqlite3.connect(file)
    db.execute("CREATE TABLE bookmarks (url TEXT)")
    db.commit()
    db.close()


def _newer(file: Path) -> None:
    _sound(file)
    db = sqlite3.connect(file)
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    db.close()


def _header_cut(file: Path) -> None:
    _sound(file)
    os.truncate(file, 60)


def _tail_cut(file: Path) -> None:
    _sound(file)
    os.truncate(file, file.stat().st_size // 2)


def _page_overwritten(file: Path) -> None:
    _sound(file)
    with file.open("r+b") as stream:
        stream.seek(4096 * 9)
        stream.write(b"\xa5" * 4096)


def _log_without_file(file: Path) -> None:
    beside(file, "-wal").write_bytes(b"x" * 100)


@pytest.mark.parametrize(
    ("make", "fault"),
    [
        (_text, faults.NotADatabase),
        (_empty, faults.Damaged),
        (_foreign, faults.ForeignDatabase),
        (_newer, faults.NewerSchema),
        (_header_cut, faults.Damaged),
        (_tail_cut, faults.Damaged),
        (_page_overwritten, faults.Damaged),
        (_log_without_file, faults.Damaged),
    ],
)
def test_a_bad_file_is_told_in_both_languages_and_left_alone(
    file: Path, make: Callable[[Path], None], fault: type[faults.StorageFault]
) -> None:
    make(file)
    before = file.read_bytes() if file.exists() else None
    for _ in range(2):  # the second try meets the same, as nothing was changed
        with pytest.raises(fault) as told:
            open_store(file)
        assert str(file) in str(told.value)
        english, chinese = in_both(storage_words.told(told.value))
        assert (english.startswith(f"{file}: "), english[-1]) == (True, ".")
        assert (chinese.startswith(f"{file}："), chinese[-1]) == (True, "。")
    assert (file.read_bytes() if file.exists() else None) == before


def test_a_reader_tells_the_same(file: Path) -> None:
    with pytest.raises(faults.CannotOpen):
        open_reader(file)
    _foreign(file)
    with pytest.raises(faults.ForeignDatabase):
        open_reader(file)


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(faults.CannotOpen, match="nowhere"):
        open_store(tmp_path / "nowhere" / "terminal.db")


def test_the_files_are_for_their_user_only(file: Path, store: Store) -> None:
    store.commit(step(1))
    for path in file.parent.iterdir():
        assert path.stat().st_mode & 0o777 == 0o600, path


def test_a_path_may_hold_any_character(tmp_path: Path) -> None:
    file = tmp_path / "门店 #3?mode=ro&x=%41.db"
    with open_store(file) as store:
        store.commit(step(1))
    assert file.exists()
    with open_reader(file) as reader:
        assert reader.unsent_count() == 1


def test_every_pragma_is_set(store: Store) -> None:
    def value(name: str) -> object:
        return store._db.execute(f"PRAGMA {name}").fetchone()[0]

    assert value("journal_mode") == "wal"
    assert value("synchronous") == 2
    assert value("application_id") == APPLICATION_ID
    assert value("user_version") == SCHEMA_VERSION
    assert value("foreign_keys") == 1
    assert value("trusted_schema") == 0
    assert value("cell_size_check") == 1
    assert value("wal_autocheckpoint") == 0
    assert value("recursive_triggers") == 1
    tables = store._db.execute("PRAGMA table_list").fetchall()
    ours = [row for row in tables if not row[1].startswith(("sqlite_", "_sqlite_"))]
    assert len(ours) >= 10
    assert all(row[5] == 1 for row in ours), "every table is STRICT"


def test_a_second_writer_is_refused_with_the_pid_of_the_first(file: Path, store: Store) -> None:
    with pytest.raises(faults.InUse, match=f"pid {os.getpid()}"):
        open_store(file)
    program = f"from pathlib import Path; from storage.store import open_store\n\
try: open_store(Path({str(file)!r}))\n\
except Exception as fault: print(type(fault).__name__, fault.pid)"
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert said.stdout.split() == ["InUse", str(os.getpid())]
    store.close()
    open_store(file).close()


def test_a_stale_lock_file_does_not_lock(file: Path) -> None:
    lock_file(file).write_text("1\n")
    open_store(file, cost=CHEAP).close()


def test_an_interrupted_creation_is_begun_again(file: Path) -> None:
    draft = beside(file, ".new")
    draft.write_bytes(b"half a page")
    beside(draft, "-wal").write_bytes(b"half a log")
    with open_store(file) as store:
        store.commit(step(1))
    assert not draft.exists()


def test_an_older_schema_is_migrated_and_a_reader_waits_for_that(file: Path) -> None:
    """As left by a cut before the first migration was recorded."""
    db = sqlite3.connect(file)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute("VACUUM")
    db.close()
    with pytest.raises(faults.CannotOpen, match="older"):
        open_reader(file)
    with open_store(file) as store:
        store.add_sales([sale(1)])
        assert store.sale(sale_id(1)) == sale(1)


def test_a_start_with_a_current_schema_loads_neither_sqlite_utils_nor_argon2(file: Path) -> None:
    _sound(file)
    program = (
        "import sys; from pathlib import Path; from storage.store import open_store\n"
        f"store = open_store(Path({str(file)!r}))\n"
        "print([name for name in ('sqlite_utils', 'argon2', 'click') if name in sys.modules])"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "[]"


def test_the_check_of_a_large_file_still_sees_the_ledger(file: Path) -> None:
    """Every table but the sales' is looked at, so a damaged page of any is found."""
    _sound(file)
    with open_store(file) as store:
        roots = dict(
            store._db.execute("SELECT name, rootpage FROM sqlite_master WHERE rootpage").fetchall()
        )
        names = {row[0] for row in store._db.execute("SELECT name FROM sqlite_master").fetchall()}
        tables = {
            row[0]
            for row in store._db.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table'"
            ).fetchall()
        }
    assert names >= set(LEDGER)
    unlisted = tables - set(LEDGER)
    assert all(name.startswith(("sale", "_sqlite", "sqlite")) for name in unlisted), unlisted
    sound = file.read_bytes()
    for table in LEDGER:
        start = (roots[table] - 1) * 4096
        file.write_bytes(sound[:start] + b"\xa5" * 4096 + sound[start + 4096 :])
        with open_store(file, quick_check=False) as store, pytest.raises(faults.Damaged):
            store.check(whole=False)


def test_a_reader_in_the_same_process_drops_no_lock_of_the_writer(file: Path, store: Store) -> None:
    """POSIX locks go when any descriptor of the process closes; another tool would then see none,
    and take itself for the last one to close the log.
    """
    open_reader(file).close()
    store.commit(step(1))
    program = (
        f"import fcntl; stream = open({str(file)!r}, 'r+b')\n"
        "try: fcntl.lockf(stream, fcntl.LOCK_EX | fcntl.LOCK_NB, 510, 0x40000002); print('free')\n"
        "except OSError: print('held')"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert said.stdout == "held\n"


def test_a_log_half_written_back_is_no_damage(file: Path) -> None:
    """As left by a cut in a checkpoint: the file is shorter than its own header says."""
    open_store(file).close()
    before = file.read_bytes()
    with open_store(file) as store:
        for number in range(1, 30):
            store.commit(step(number, body="x" * 3000))
        log = beside(file, "-wal").read_bytes()
    after = file.read_bytes()
    assert len(after) > len(before)
    file.write_bytes(after[:4096] + before[4096:])  # only the first page was written back
    beside(file, "-wal").write_bytes(log)
    with open_store(file) as again:
        assert again.journal_head()[0] == 29
