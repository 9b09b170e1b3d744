"""A till gets a new disk: what it paid back before, it does not pay back again."""

import json

import pytest

from backoffice.books.returned import returned
from backoffice.office import Office
from storage.office import CameDown
from terminal.core import states
from terminal.uplink.reading import returned_in
from tests.backoffice.client import Speaker
from tests.backoffice.pos import shelve
from tests.backoffice.till_rows import events
from tests.flows.conftest import MakeTill
from tests.flows.conftest import _make_till as make_till  # noqa: F401 - a fixture
from tests.flows.shelf import RECEIPT, groceries


@pytest.mark.parametrize("lost", [True, False])
def test_what_came_back_on_the_lost_disk_does_not_come_back_again(
    office: Office,
    make_till: MakeTill,  # noqa: F811
    lost: bool,
) -> None:
    shelve(office, groceries())
    before = make_till(groceries())
    before.returns_all(RECEIPT)
    before.confirms()
    Speaker(office, "0571-03").delivers(events(before))
    after = make_till(groceries()) if lost else before
    with office.reading() as session:
        body = json.loads(json.dumps(returned(session, groceries().id)))
    told = returned_in(body, "0571-03", "2026-11-24")
    after.store.take_down(CameDown("2026-11-24", returned=(told,)))
    assert after.store.returned(groceries().id).lines == before.store.returned(groceries().id).lines
    if lost:
        after.scans(RECEIPT)
        after.is_at(states.NothingLeft)
