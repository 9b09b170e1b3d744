"""Short waits on both ends of the socket."""

import pytest

from terminal.courier import link, patience
from terminal.uplink import line


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "BASE_S", 0.05)
    monkeypatch.setattr(patience, "CAP_S", 0.2)
    monkeypatch.setattr(link, "SPREAD_S", 0.0)
    monkeypatch.setattr(line, "FIRST_S", 0.05)
    monkeypatch.setattr(line, "CAP_S", 0.2)
