"""One writer: a lock file beside the database, held for the writer's whole life.

SQLite before 3.51.3 can corrupt a WAL when two connections write or checkpoint at one instant
(sqlite.org/wal.html#walresetbug), so the second writer is refused before it opens the database.
"""

import errno
import fcntl
import os
from pathlib import Path

from storage.faults import CannotOpen, DiskFull, InUse, ReadOnly, StorageFault


def lock_file(database: Path) -> Path:
    return database.with_name(database.name + ".lock")


def fault_of_os(file: Path, error: OSError) -> StorageFault:
    """The fault that an error of the operating system on `file` means."""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return DiskFull(file)
        case errno.EROFS | errno.EACCES | errno.EPERM:
            return ReadOnly(file)
        case _:
            return CannotOpen(file, error.strerror or str(error))


class WriterLock:
    """Held from construction to `close`; the kernel lets go of it when the process dies."""

    def __init__(self, database: Path) -> None:
        try:
            self._fd = os.open(lock_file(database), os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise fault_of_os(database, error) from error
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.pread(self._fd, 20, 0).strip()
            os.close(self._fd)
            raise InUse(database, int(holder) if holder.isdigit() else None) from error
        try:
            os.ftruncate(self._fd, 0)
            os.pwrite(self._fd, b"%d\n" % os.getpid(), 0)
        except OSError as error:  # a full disk: the lock holds, only its label is missing
            os.close(self._fd)
            raise fault_of_os(database, error) from error

    def close(self) -> None:
        """Let go; may be called twice. The file stays: removing it would race with the next."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1
