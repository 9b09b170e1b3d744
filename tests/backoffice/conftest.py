"""A back office over a real database: each test runs on SQLite and on PostgreSQL."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from backoffice.db.migrate import migrate
from backoffice.office import Office
from backoffice.settings import Settings
from tests.backoffice import postgres


class TestClock:
    """Stands still until a test moves it."""

    __test__ = False

    def __init__(self, at_ms: int = 1_795_800_000_000) -> None:
        self.at_ms = at_ms

    def __call__(self) -> int:
        return self.at_ms


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    with postgres.server("fsync=off") as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'office.db'}"
        return
    server: postgres.Server = request.getfixturevalue("postgres_server")
    name = f"office_{uuid.uuid4().hex}"
    yield server.make(name)
    server.drop(name)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(database_url=database_url, state_dir=tmp_path / "state")


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def office(settings: Settings, clock: TestClock) -> Iterator[Office]:
    """Migrated, empty."""
    office = Office(settings, clock)
    migrate(office.engine)
    yield office
    office.close()
