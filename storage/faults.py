"""What can go wrong with the database file, as values: which fault, of which file, with what.

Law of the file: a fault never means that something was overwritten: what was on the disk is still
there. What a person is told of it, and the remedy, is said by whoever knows the person's language;
`str()` is for the log. A `detail` is a sentence of the catalogue by its English, with its values.
"""

import sqlite3
from pathlib import Path


class StorageFault(Exception):  # noqa: N818 - the house's word: Fault, raised at the edges
    """The database cannot be used as asked."""

    def __init__(self, file: Path) -> None:
        super().__init__(file)
        self.file = file

    def __str__(self) -> str:
        fields = {name: value for name, value in vars(self).items() if name != "file"}
        told = ", ".join(f"{name} {value}" for name, value in fields.items())
        return f"{self.file}: {type(self).__name__}{f' ({told})' if told else ''}"


class _DetailedFault(StorageFault):
    def __init__(self, file: Path, detail: str, **values: object) -> None:
        super().__init__(file)
        self.detail = detail
        self.values = values

    def __str__(self) -> str:
        detail = self.detail.format(**self.values) if self.values else self.detail
        return f"{self.file}: {type(self).__name__}: {detail}"


class NotADatabase(StorageFault):
    """The file holds something else than SQLite pages."""


class ForeignDatabase(StorageFault):
    """A sound SQLite file of some other program."""

    def __init__(self, file: Path, application_id: int) -> None:
        super().__init__(file)
        self.application_id = application_id


class NewerSchema(StorageFault):
    """Written by a later release: reading it half-understood could lose returns."""

    def __init__(self, file: Path, found: int, known: int) -> None:
        super().__init__(file)
        self.found = found
        self.known = known


class Damaged(_DetailedFault):
    """A page, an index or the journal's chain is not as it was written."""


class SaleDamaged(Damaged):
    """One sale is not as it was added; every other one can still be returned."""


class InUse(StorageFault):
    """Another process is the writer. `pid` is None when it left no number."""

    def __init__(self, file: Path, pid: int | None) -> None:
        super().__init__(file)
        self.pid = pid


class DiskFull(StorageFault):
    """The last step was not recorded; earlier ones are safe."""


class ReadOnly(StorageFault):
    """The disk is mounted for reading alone, or the folder is somebody else's."""


class DiskFault(_DetailedFault):
    """The disk failed to read, write or sync. `detail` is SQLite's own name for it."""


class CannotOpen(_DetailedFault):
    """The folder is missing, or the path cannot be opened at all."""


class PepperMissing(StorageFault):
    """PINs are on file but the key they are bound to is gone."""


class StoreUnusable(StorageFault):
    """An earlier commit failed; nothing is taken until the store is opened and checked anew."""

    def __init__(self, file: Path, cause: StorageFault) -> None:
        super().__init__(file)
        self.cause = cause


def fault_of(file: Path, error: sqlite3.Error) -> StorageFault:
    """The fault that an error of SQLite means (sqlite.org/rescode.html); extended codes kept."""
    code = getattr(error, "sqlite_errorcode", None) or sqlite3.SQLITE_ERROR
    name = getattr(error, "sqlite_errorname", None) or str(error)
    match code & 0xFF:
        case sqlite3.SQLITE_FULL:
            return DiskFull(file)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return ReadOnly(file)
        case sqlite3.SQLITE_CORRUPT:
            return Damaged(file, str(error))
        case sqlite3.SQLITE_NOTADB:
            return NotADatabase(file)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return InUse(file, None)
        case sqlite3.SQLITE_CANTOPEN:
            return CannotOpen(file, name)
        case _:
            return DiskFault(file, name)


class told:  # noqa: N801 - read as a statement: with told(file)
    """Whatever SQLite says inside is raised as a fault; a broken constraint is our own bug.

    A class, as every step passes through it: a generator costs five times as much.
    """

    __slots__ = ("_file",)

    def __init__(self, file: Path) -> None:
        self._file = file

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, (sqlite3.IntegrityError, sqlite3.ProgrammingError)):
            raise AssertionError(f"{self._file}: {error}") from error  # noqa: TRY004 - no matter of types
        if isinstance(error, sqlite3.Error):
            raise fault_of(self._file, error) from error
