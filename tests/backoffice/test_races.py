"""Two terminals at the same instant: the database's own locks decide, and nothing is lost."""

import json
import threading
from functools import partial
from typing import Any

import pytest
from sqlalchemy import func, select

from backoffice.db.tables import ConflictCase, Record, Return
from backoffice.intake.intake import receive
from backoffice.office import Office
from backoffice.states import State
from backoffice.wire.batch import read
from tests.backoffice.client import Speaker
from tests.backoffice.pos import shelve
from tests.backoffice.test_books import MakeTillAt, gives_back
from tests.backoffice.test_books import till_at as till_at  # noqa: PLC0414
from tests.backoffice.till_rows import events
from tests.flows.conftest import _make_till as make_till  # noqa: F401 - a fixture
from tests.flows.shelf import one_oil


def at_once(*acts: Any) -> None:
    """All of them in threads, begun together; any of their faults is raised."""
    faults: list[Exception] = []
    gate = threading.Barrier(len(acts))

    def run(act: Any) -> None:
        gate.wait()
        try:
            act()
        except Exception as fault:  # noqa: BLE001 - raised below
            faults.append(fault)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    if faults:
        raise faults[0]


def deliver(office: Office, terminal: str, batch: list[dict[str, Any]]) -> None:
    sent = read(json.dumps(batch).encode(), terminal)
    office.write(lambda tx: receive(tx, terminal, sent))


@pytest.mark.parametrize("sale_is_here", [True, False])
def test_the_same_goods_at_four_tills_at_once_are_paid_once(
    office: Office, till_at: MakeTillAt, *, sale_is_here: bool
) -> None:
    sold = one_oil(tenders=(("wechat", "59.90", "零钱"),))
    if sale_is_here:
        shelve(office, sold)
    batches = {}
    for number in ("03", "04", "05", "06"):
        till = till_at(number, sold)
        gives_back(till)
        name = f"0571-{number}"
        Speaker(office, name)
        batches[name] = events(till, name)
    acts: list[Any] = [partial(deliver, office, name, batch) for name, batch in batches.items()]
    if not sale_is_here:
        acts.append(partial(shelve, office, sold))
    at_once(*acts)
    with office.reading() as session:
        states = sorted(session.scalars(select(Return.state)))
        cases = session.scalars(select(func.count()).select_from(ConflictCase)).one()
    assert states == [State.CONFLICT] * 3 + [State.REFUNDING]
    assert cases == 3


def test_one_batch_twice_at_once_is_kept_once(office: Office, till_at: MakeTillAt) -> None:
    till = till_at("03", one_oil())
    gives_back(till)
    Speaker(office)
    batch = events(till)
    at_once(*[lambda: deliver(office, "0571-03", batch)] * 4)
    with office.reading() as session:
        assert session.scalars(select(func.count()).select_from(Record)).one() == len(batch)
        assert session.scalars(select(func.count()).select_from(Return)).one() == 1
