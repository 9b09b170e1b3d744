"""After a backup took the database's place, nothing is said or paid twice, and all is heard."""

import logging
from functools import partial

import pytest
from sqlalchemy import select

from backoffice.archive.restored import went_on
from backoffice.db.tables import Refund, RefundMove
from backoffice.feed import EVERYBODY
from backoffice.office import Office
from backoffice.rails.worker import Worker
from tests.backoffice.client import Speaker
from tests.backoffice.rails.books import a_refund, a_sale, rails_of, refund_of, work
from tests.fakes.rail import PlayedRail


def test_terminals_that_heard_more_hear_what_is_new(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    unit = Speaker(office)
    heard = 40  # before the backup was put back
    with office.writing() as tx:
        tx.tell(EVERYBODY, "price", "1", {"sku": "1"})
    with caplog.at_level(logging.ERROR, "backoffice.terminals.routes"):
        assert unit.hears(heard) == []
    assert "restored was not run" in caplog.text
    office.write(partial(went_on, who="Chen"))
    with office.writing() as tx:
        tx.tell(EVERYBODY, "price", "2", {"sku": "2"})
    assert unit.hears(heard) == [("price", {"sku": "2"})]
    caplog.clear()
    assert unit.hears(1_000_002) == []
    assert caplog.text == ""


def test_a_refund_that_may_have_been_asked_for_meanwhile_is_queried_first(office: Office) -> None:
    rail = PlayedRail()
    with office.writing() as tx:
        a_sale(tx)
        a_refund(tx)
    worker = Worker(office, rails_of(rail))
    assert work(worker) == 1
    assert (len(rail.asked), rail.moved()) == (1, 4155)
    with office.writing() as tx:  # as a backup of before has it
        move = tx.session.scalars(select(RefundMove)).one()
        move.todo, move.asked_at, move.token, move.part = "ask", None, "", 0
        refund = tx.session.scalars(select(Refund)).one()
        refund.state, refund.due_at = "accepted", tx.now
        went_on(tx, "Chen")
    assert work(worker) == 1
    assert len(rail.queried) == 1
    assert (len(rail.asked), rail.moved()) == (1, 4155)
    assert refund_of(office).state == "processing"
