"""A fresh store with one sale in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.store import Store, open_store
from tests.storage.samples import CHEAP, sale


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "terminal.db"


@pytest.fixture
def store(file: Path) -> Iterator[Store]:
    with open_store(file, cost=CHEAP) as opened:
        opened.add_sales([sale(1)])
        yield opened
