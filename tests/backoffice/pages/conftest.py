"""A customer's phone before the public side."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from backoffice.office import Office
from tests.backoffice.front import browser


@pytest.fixture
def phone(office: Office) -> Iterator[TestClient]:
    with browser(office) as client:
        yield client
