"""What can go wrong with the database file, said so that a person knows what to do.

Law of the file: a fault names the file, what happened and the remedy, in English and Chinese. A
fault never means that something was overwritten: what was on the disk is still there.
"""

import sqlite3
from pathlib import Path

from msgspec import Struct


class Said(Struct, frozen=True):
    """One sentence in both languages of the counter."""

    en: str
    zh: str


class StorageFault(Exception):  # noqa: N818 - the house's word: Fault, raised at the edges
    """The database cannot be used as asked. `str()` is fit for a screen."""

    def __init__(self, file: Path, problem: Said, remedy: Said) -> None:
        super().__init__(file, problem, remedy)
        self.file = file
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        return (
            f"{self.file}: {self.problem.en} {self.remedy.en} / {self.problem.zh}{self.remedy.zh}"
        )


class NotADatabase(StorageFault):
    """The file holds something else than SQLite pages."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            file,
            Said("This is not a database.", "该文件不是数据库。"),
            Said(
                "It was left as it is. Set the right data folder, or move this file away.",
                "文件未改动。请设置正确的数据目录，或将此文件移走。",
            ),
        )


class ForeignDatabase(StorageFault):
    """A sound SQLite file of some other program."""

    def __init__(self, file: Path, application_id: int) -> None:
        super().__init__(
            file,
            Said(
                f"This database belongs to another program (application id {application_id:#x}).",
                f"该数据库属于其他程序（应用标识 {application_id:#x}）。",
            ),
            Said(
                "It was left as it is. Set the right data folder in terminal.toml.",
                "文件未改动。请在 terminal.toml 中设置正确的数据目录。",
            ),
        )
        self.application_id = application_id


class NewerSchema(StorageFault):
    """Written by a later release: reading it half-understood could lose returns."""

    def __init__(self, file: Path, found: int, known: int) -> None:
        super().__init__(
            file,
            Said(
                f"This database has schema {found}; this program knows schemas up to {known}.",
                f"数据库版本为 {found}，本程序只支持到 {known}。",
            ),
            Said(
                "It was left as it is. Install the newer program again.",
                "文件未改动。请重新安装较新的程序版本。",
            ),
        )
        self.found = found
        self.known = known


class Damaged(StorageFault):
    """A page, an index or the journal's chain is not as it was written."""

    def __init__(self, file: Path, detail: str) -> None:
        super().__init__(
            file,
            Said(f"The database is damaged: {detail}.", f"数据库已损坏：{detail}。"),
            Said(
                "Nothing was changed. Take no returns here; copy the file and its -wal to safety"
                " and call support.",
                "未作任何改动。请停止在本机退货，备份该文件及其 -wal 文件，并联系技术支持。",
            ),
        )
        self.detail = detail


class SaleDamaged(Damaged):
    """One sale is not as it was added; every other one can still be returned."""


class InUse(StorageFault):
    """Another process is the writer. `pid` is None when it left no number."""

    def __init__(self, file: Path, pid: int | None) -> None:
        who = "another process" if pid is None else f"process {pid}"
        whom = "另一个进程" if pid is None else f"进程 {pid} "
        super().__init__(
            file,
            Said(f"The database is in use by {who}.", f"数据库正被{whom}使用。"),
            Said(
                "Only one terminal may write. Stop the other one, then start again.",
                "同一时间只能有一个终端写入。请先停止另一个再启动。",
            ),
        )
        self.pid = pid


class DiskFull(StorageFault):
    def __init__(self, file: Path) -> None:
        super().__init__(
            file,
            Said(
                "The disk is full; the last step was not recorded.",
                "磁盘已满，最后一步未记录。",
            ),
            Said(
                "Earlier returns are safe. Free some space, then start again.",
                "之前的退货均已保存。请清理磁盘空间后重新启动。",
            ),
        )


class ReadOnly(StorageFault):
    def __init__(self, file: Path) -> None:
        super().__init__(
            file,
            Said("The database cannot be written.", "数据库无法写入。"),
            Said(
                "Check that the disk is mounted for writing and the folder belongs to this user.",
                "请检查磁盘是否以可写方式挂载，以及目录权限是否属于当前用户。",
            ),
        )


class DiskFault(StorageFault):
    """The disk failed to read, write or sync. `detail` is SQLite's own name for it."""

    def __init__(self, file: Path, detail: str) -> None:
        super().__init__(
            file,
            Said(
                f"The disk failed ({detail}); the last step may not be recorded.",
                f"磁盘读写故障（{detail}），最后一步可能未记录。",
            ),
            Said(
                "Earlier returns are safe. Start again: the file is checked then. If it comes"
                " back, replace the disk.",
                "之前的退货均已保存。请重新启动，届时会检查文件；如再次出现请更换磁盘。",
            ),
        )
        self.detail = detail


class CannotOpen(StorageFault):
    """The folder is missing, or the path cannot be opened at all."""

    def __init__(self, file: Path, detail: str) -> None:
        super().__init__(
            file,
            Said(f"The database cannot be opened ({detail}).", f"数据库无法打开（{detail}）。"),
            Said(
                "Check the data folder in terminal.toml: it must exist and belong to this user.",
                "请检查 terminal.toml 中的数据目录：目录须存在且属于当前用户。",
            ),
        )
        self.detail = detail


class PepperMissing(StorageFault):
    """PINs are on file but the key they are bound to is gone."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            file,
            Said(
                "The key that PINs are bound to is missing or cut short.",
                "密码密钥文件丢失或不完整。",
            ),
            Said(
                "Restore it from the backup, or remove all staff and add them again.",
                "请从备份恢复，或删除所有员工后重新添加。",
            ),
        )


class StoreUnusable(StorageFault):
    """An earlier commit failed; nothing is taken until the store is opened and checked anew."""

    def __init__(self, file: Path, cause: StorageFault) -> None:
        super().__init__(
            file,
            Said(
                f"No new return is taken after a storage fault: {cause.problem.en}",
                f"存储故障后暂停退货：{cause.problem.zh}",
            ),
            cause.remedy,
        )
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
