"""One table of the settings' file, read field by field; what is wrong is collected, not raised."""

from collections.abc import Mapping
from typing import Any


class SettingsFault(Exception):  # noqa: N818 - named for what happened
    """The settings are not usable; `faults` are sentences, each naming its key."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class Table:
    """`close` raises SettingsFault with every fault of this table and those read from it."""

    def __init__(self, name: str, plain: Any, faults: list[str] | None = None) -> None:
        self._name = name
        self._faults: list[str] = [] if faults is None else faults
        self._left: dict[str, Any] = dict(plain) if isinstance(plain, dict) else {}
        self._unread: list[tuple[str, dict[str, Any]]] = [(name, self._left)]
        if not isinstance(plain, dict):
            self._faults.append(f"{name}: must be a table")

    def table(self, key: str) -> "Table":
        inner = Table(f"{self._name}{key}.", self._left.pop(key, {}), self._faults)
        self._unread.append((inner._name, inner._left))
        return inner

    def raw(self, key: str) -> Mapping[str, Any]:
        found = self._left.pop(key, {})
        if isinstance(found, dict):
            return found
        self.fault(key, "must be a table")
        return {}

    def text(self, key: str, default: str) -> str:
        found = self._left.pop(key, default)
        if isinstance(found, str):
            return found
        self.fault(key, "must be text")
        return default

    def texts(self, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
        found = self._left.pop(key, list(default))
        if isinstance(found, list) and all(isinstance(one, str) for one in found):
            return tuple(found)
        self.fault(key, "must be a list of texts")
        return default

    def whole(self, key: str, default: int, least: int) -> int:
        found = self._left.pop(key, default)
        if isinstance(found, int) and not isinstance(found, bool) and found >= least:
            return found
        self.fault(key, f"must be a whole number, {least} or more")
        return default

    def whole_or_none(self, key: str) -> int | None:
        return self.whole(key, 0, 0) if key in self._left else None

    def fault(self, key: str, what: str) -> None:
        self._faults.append(f"{self._name}{key}: {what}")

    def close(self) -> None:
        for name, left in self._unread:
            self._faults += [f"{name}{key}: is not known here" for key in left]
        if self._faults:
            raise SettingsFault(tuple(self._faults))
