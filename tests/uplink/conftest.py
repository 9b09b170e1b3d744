"""Short waits on both ends of the socket."""

from collections.abc import Iterator

import pytest

from terminal.courier import link, patience
from terminal.uplink import line
from tests.fakes import left_behind


@pytest.fixture(autouse=True)
def _tidy() -> Iterator[None]:
    yield
    left_behind.collect()


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "BASE_S", 0.05)
    monkeypatch.setattr(patience, "CAP_S", 0.2)
    monkeypatch.setattr(link, "SPREAD_S", 0.0)
    monkeypatch.setattr(line, "FIRST_S", 0.05)
    monkeypatch.setattr(line, "CAP_S", 0.2)
