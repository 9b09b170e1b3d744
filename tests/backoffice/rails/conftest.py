"""A worker with one refund of a sale of 100.00 to do."""

import pytest

from backoffice.office import Office
from backoffice.rails.worker import Worker
from tests.backoffice.rails.books import a_refund, a_sale, rails_of
from tests.fakes.rail import PlayedRail


@pytest.fixture
def rail() -> PlayedRail:
    return PlayedRail()


@pytest.fixture
def worker(office: Office, rail: PlayedRail) -> Worker:
    with office.writing() as tx:
        a_sale(tx)
        a_refund(tx)
    return Worker(office, rails_of(rail))
