"""When a return was made, where its terminal's clock was wrong."""

import json
from typing import Any

import pytest

from backoffice.desk.drawing import CLOCK_OFF_MS, moment
from backoffice.office import Office
from tests.backoffice.chains import record
from tests.backoffice.client import Speaker
from tests.backoffice.desk.clerks import Clerk
from tests.backoffice.pos import shelve
from tests.backoffice.test_books import MakeTillAt, gives_back
from tests.backoffice.test_books import till_at as till_at  # noqa: PLC0414
from tests.backoffice.till_rows import Event, events, kinds, verdicts
from tests.flows.conftest import _make_till as make_till  # noqa: F401 - a fixture
from tests.flows.shelf import groceries

MINUTE = 60_000
HOUR = 60 * MINUTE


def compared(last: Event, ran: int, office_ms: int, boot: str = "boot") -> Event:
    """The record after `last`, of its chain."""
    body = {"$": "ClockCompared", "office_ms": office_ms, "uptime_ms": ran}
    where: Any = {"number": 7, "origin": last["origin"], "boot": boot}
    return record(last["seq"] + 1, last["hash"], "ClockCompared", json.dumps(body), **where)


def returned(office: Office, till_at: MakeTillAt) -> tuple[Speaker, list[Event], str, int]:
    """A unit and its records, a return's page, and which of them recorded it."""
    sold = groceries()
    shelve(office, sold)
    till = till_at("03", sold)
    gives_back(till)
    batch = events(till)
    page = f"/returns/{till.returns[0].id}"
    return Speaker(office), batch, page, kinds(batch).index("ReturnRecorded")


@pytest.mark.parametrize(
    ("ahead_ms", "zh", "en"),
    [
        (7 * MINUTE, "款台时钟当时快 7 分钟，实为 ", "by a clock that was 7 min ahead: it was "),
        (-7 * MINUTE, "款台时钟当时慢 7 分钟，实为 ", "by a clock that was 7 min behind: it was "),
        (119 * MINUTE, "快 119 分钟", "119 min ahead"),
        (-3 * HOUR, "慢 3 小时", "3 hours behind"),
        (366 * 24 * HOUR, "快 366 天", "366 days ahead"),
    ],
)
@pytest.mark.parametrize("ran_since", [-5 * HOUR, 0, 9 * HOUR])
def test_the_desk_says_how_wrong_it_was_and_when_it_was(
    office: Office, till_at: MakeTillAt, ahead_ms: int, zh: str, en: str, ran_since: int
) -> None:
    """Compared long before, or long after; whatever the wall clock was set to since."""
    unit, batch, page, at = returned(office, till_at)
    made = batch[at]
    true_ms = made["atms"] - ahead_ms
    ran = made["uptimems"] + max(ran_since, -made["uptimems"])
    since = ran - made["uptimems"]
    batch.append(compared(batch[-1], ran, true_ms + since))
    assert set(verdicts(unit.delivers(batch))) == {"stored"}
    clerk = Clerk(office)
    found = clerk.looks(page)
    assert en in found
    assert f"it was {moment(true_ms)}" in found
    clerk.http.get("/desk/language?to=zh")
    assert zh in clerk.looks(page)


@pytest.mark.parametrize("ahead_ms", [0, CLOCK_OFF_MS - 1000, 1000 - CLOCK_OFF_MS])
def test_it_says_nothing_of_two_minutes(office: Office, till_at: MakeTillAt, ahead_ms: int) -> None:
    unit, batch, page, at = returned(office, till_at)
    made = batch[at]
    batch.append(compared(batch[-1], made["uptimems"], made["atms"] - ahead_ms))
    unit.delivers(batch)
    assert "by a clock" not in Clerk(office).looks(page)


def test_nor_where_nobody_knows(office: Office, till_at: MakeTillAt) -> None:
    """Another boot's running time is no measure of this one's."""
    unit, batch, page, at = returned(office, till_at)
    made = batch[at]
    batch.append(compared(batch[-1], made["uptimems"], made["atms"] - 7 * MINUTE, "another"))
    assert set(verdicts(unit.delivers(batch))) == {"stored"}
    assert "by a clock" not in Clerk(office).looks(page)


def test_of_several_the_nearest_counts(office: Office, till_at: MakeTillAt) -> None:
    """Our own clock was wrong, too, before somebody set it."""
    unit, batch, page, at = returned(office, till_at)
    made = batch[at]
    for since, ahead_ms in ((9 * HOUR, 5 * HOUR), (MINUTE, 7 * MINUTE), (2 * HOUR, 3 * HOUR)):
        true_ms = made["atms"] - ahead_ms + since
        batch.append(compared(batch[-1], made["uptimems"] + since, true_ms))
    assert set(verdicts(unit.delivers(batch))) == {"stored"}
    assert "7 min ahead" in Clerk(office).looks(page)
