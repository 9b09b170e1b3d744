"""What a stopped loop left behind is collected at the end of its own test."""

from collections.abc import Iterator

import pytest

from tests.fakes import left_behind


@pytest.fixture(autouse=True)
def _tidy() -> Iterator[None]:
    yield
    left_behind.collect()
