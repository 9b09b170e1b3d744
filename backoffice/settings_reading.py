"""One table of the settings' file, read field by field; what is wrong is collected, not raised."""

import errno
from collections.abc import Mapping
from typing import Any

from backoffice.words import Worded

NO_TABLE = ("须为一个表", "must be a table")
UNKNOWN = ("没有这个设置", "is not known here")
_SYSTEM = {
    errno.ENOENT: "没有这个文件",
    errno.EACCES: "没有读取权限",
    errno.EISDIR: "是目录，不是文件",
    errno.ENOTDIR: "上级不是目录",
    errno.EIO: "读取出错",
}


class SettingsFault(Exception):  # noqa: N818 - named for what happened
    """The settings are not usable; `faults` are sentences, each naming its key."""

    def __init__(self, faults: tuple[Worded, ...]) -> None:
        super().__init__("\n".join(one.en for one in faults))
        self.faults = faults


def fault_of(where: object, zh: str, en: str) -> Worded:
    """What is wrong at a place in the settings."""
    return Worded(f"{where}：{zh}", f"{where}: {en}")


def unread(fault: OSError) -> Worded:
    """Why a file cannot be read."""
    english = fault.strerror or str(fault)
    return Worded(_SYSTEM.get(fault.errno or 0, english), english)


class Table:
    """`close` raises SettingsFault with every fault of this table and those read from it."""

    def __init__(self, name: str, plain: Any, faults: list[Worded] | None = None) -> None:
        self._name = name
        self._faults: list[Worded] = [] if faults is None else faults
        self._left: dict[str, Any] = dict(plain) if isinstance(plain, dict) else {}
        self._unread: list[tuple[str, dict[str, Any]]] = [(name, self._left)]
        if not isinstance(plain, dict):
            self._faults.append(fault_of(name.rstrip("."), *NO_TABLE))

    def table(self, key: str) -> "Table":
        inner = Table(f"{self._name}{key}.", self._left.pop(key, {}), self._faults)
        self._unread.append((inner._name, inner._left))
        return inner

    def raw(self, key: str) -> Mapping[str, Any]:
        found = self._left.pop(key, {})
        if isinstance(found, dict):
            return found
        self.fault(key, *NO_TABLE)
        return {}

    def text(self, key: str, default: str) -> str:
        found = self._left.pop(key, default)
        if isinstance(found, str):
            return found
        self.fault(key, "须为文字", "must be text")
        return default

    def texts(self, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
        found = self._left.pop(key, list(default))
        if isinstance(found, list) and all(isinstance(one, str) for one in found):
            return tuple(found)
        self.fault(key, "须为文字列表", "must be a list of texts")
        return default

    def whole(self, key: str, default: int, least: int) -> int:
        found = self._left.pop(key, default)
        if isinstance(found, int) and not isinstance(found, bool) and found >= least:
            return found
        self.fault(key, f"须为整数，不小于 {least}", f"must be a whole number, {least} or more")
        return default

    def whole_or_none(self, key: str) -> int | None:
        return self.whole(key, 0, 0) if key in self._left else None

    def fault(self, key: str, zh: str, en: str) -> None:
        self._faults.append(fault_of(f"{self._name}{key}", zh, en))

    def close(self) -> None:
        for name, left in self._unread:
            self._faults += [fault_of(f"{name}{key}", *UNKNOWN) for key in left]
        if self._faults:
            raise SettingsFault(tuple(self._faults))
