"""The write-ahead log: written back when idle, and no longer than it must be."""

import shutil
from pathlib import Path

import pytest

from storage import store as stores
from storage.database import beside
from storage.store import Store, open_reader, open_store
from tests.storage.samples import CHEAP, step


def test_a_log_that_a_killed_process_left_is_written_back_at_the_first_rest(
    file: Path, store: Store, tmp_path: Path
) -> None:
    for number in range(5):
        store.commit(step(number, state=f"state {number}"))
    left = tmp_path / "left.db"
    for suffix in ("", "-wal"):
        shutil.copy(beside(file, suffix), beside(left, suffix))
    with open_store(left, cost=CHEAP) as again:
        assert again.checkpoint_if_due()
        assert b"state 4" in left.read_bytes()
        assert not again.checkpoint_if_due()


def test_a_log_that_a_slow_reader_let_grow_is_cut_back_once_the_reader_has_gone(
    file: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores, "LOG_PAGES_MAX", 40)
    log = beside(file, "-wal")
    with open_reader(file) as reader:
        reader._db.execute("BEGIN")
        reader.load_state()
        for number in range(60):
            store.commit(step(number, state=f"state {number}"))
        assert not store.checkpoint()
        grown = log.stat().st_size
        assert grown > 40 * 4096
    assert store.checkpoint()
    assert log.stat().st_size == 0
    assert store.load_state() == "state 59"
