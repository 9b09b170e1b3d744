"""A worker with one refund of a sale of 100.00 to do, and rails that are on this machine."""

import pytest

from backoffice.office import Office
from backoffice.rails.worker import Worker
from tests.backoffice.rails.books import a_refund, a_sale, rails_of
from tests.fakes.rail import PlayedRail


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clients of others go through what the environment names; ours never does."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def rail() -> PlayedRail:
    return PlayedRail()


@pytest.fixture
def worker(office: Office, rail: PlayedRail) -> Worker:
    with office.writing() as tx:
        a_sale(tx)
        a_refund(tx)
    return Worker(office, rails_of(rail))
