"""The fuse burns at the write it was set for, and only for a log."""

import struct
import threading
from pathlib import Path

from tests.system.fuse import WriteFuse, log_writes


def event(name: str) -> bytes:
    text = name.encode().ljust(16, b"\0")
    return struct.pack("iIII", 1, 2, 0, len(text)) + text


def test_only_writes_to_a_log_count() -> None:
    events = event("a.db-wal") + event("a.db") + event("a.db-shm") + event("a.db-wal")
    assert log_writes(events) == 2
    assert log_writes(b"") == 0


def test_it_burns_once_after_so_many_writes(tmp_path: Path) -> None:
    burnt = threading.Event()
    with WriteFuse(tmp_path, 2, burnt.set), (tmp_path / "x.db-wal").open("wb", 0) as log:
        log.write(b"first")
        assert not burnt.wait(0.1)
        log.write(b"second")
        assert burnt.wait(2)


def test_closed_it_never_burns(tmp_path: Path) -> None:
    burnt = threading.Event()
    WriteFuse(tmp_path, 1, burnt.set).close()
    (tmp_path / "x.db-wal").write_bytes(b"too late")
    assert not burnt.wait(0.05)
