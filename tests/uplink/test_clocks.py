"""What the journal is told of the office's clock."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.faults import StorageFault
from terminal.core.upkeep import ClockCompared, UpkeepRecord
from terminal.ledger.stamp import Stamp
from terminal.uplink.clocks import EVERY_MS, MOVED_MS, Clocks
from tests.courier import terminal_end
from tests.courier.background import BackgroundCourier
from tests.fakes.back_office import Answer, BackOffice
from tests.uplink.at_the_till import kept
from tests.uplink.test_in_the_unit import running, types, until

AHEAD_MS = 420_000


class Till:
    """Two clocks that a test moves, and what was recorded."""

    def __init__(self) -> None:
        self.wall, self.uptime = 1_795_000_000_000, 60_000
        self.kept: list[UpkeepRecord] = []
        self.clocks = Clocks(lambda: Stamp(self.wall, "boot", self.uptime))

    def passes(self, ms: int) -> None:
        self.wall, self.uptime = self.wall + ms, self.uptime + ms

    def hears(self, offset_ms: int) -> None:
        """At once at an idle screen."""
        self.clocks.heard(offset_ms)
        self.clocks.heed(self.kept.append)
        assert not self.clocks.news


def test_the_first_comparison_is_recorded_and_what_is_like_it_is_not() -> None:
    till = Till()
    assert not till.clocks.news
    till.hears(AHEAD_MS)
    first = ClockCompared(till.wall + AHEAD_MS, till.uptime)
    till.passes(2 * EVERY_MS)
    till.hears(AHEAD_MS + MOVED_MS)
    till.hears(AHEAD_MS - MOVED_MS)
    assert till.kept == [first]


def test_it_is_as_of_when_it_was_heard_whatever_the_wall_clock_was_set_to_since() -> None:
    till = Till()
    till.clocks.heard(AHEAD_MS)
    heard = ClockCompared(till.wall + AHEAD_MS, till.uptime)
    till.passes(90_000)
    till.wall += AHEAD_MS
    till.clocks.heed(till.kept.append)
    assert till.kept == [heard]
    till.passes(2 * EVERY_MS)
    till.hears(0)
    assert till.kept == [heard], "a wall clock that was set says nothing new of the office's"


def test_an_offices_clock_that_moved_is_recorded_once_an_hour_at_most() -> None:
    till = Till()
    till.hears(0)
    for wild in range(-30_000, 30_000, 7_000):
        till.passes(1_000)
        till.hears(wild)
    till.hears(AHEAD_MS)
    assert len(till.kept) == 1
    till.passes(EVERY_MS)
    assert till.clocks.news, "what was heard last is not forgotten"
    till.clocks.heed(till.kept.append)
    assert till.kept[1] == ClockCompared(till.wall - EVERY_MS + AHEAD_MS, till.uptime - EVERY_MS)


def test_what_could_not_be_written_is_tried_again() -> None:
    till = Till()

    def full(_: UpkeepRecord) -> None:
        raise StorageFault(Path("full"))

    till.clocks.heard(0)
    with pytest.raises(StorageFault):
        till.clocks.heed(full)
    assert till.clocks.news


@pytest.fixture
def office(tmp_path: Path) -> Iterator[BackOffice]:
    with BackOffice(tmp_path) as found:
        terminal_end.enrolled(tmp_path / "state", found)
        yield found


def test_a_unit_records_it_once_and_the_office_can_reckon_with_it(
    office: BackOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ahead(path: str, honest: Answer) -> Answer:
        status, headers, body = honest
        if path != "/v1/records" or status != 200:
            return honest
        said = json.loads(body)
        later = said | {"server_ms": said["server_ms"] + AHEAD_MS}
        return status, headers, json.dumps(later).encode()

    office.trouble = ahead
    data, socket = tmp_path / "data", tmp_path / "s"
    with BackgroundCourier(tmp_path / "state", socket), running(data, socket, monkeypatch) as unit:
        types(unit, "1007⏎4827⏎")
        until(lambda: "ClockCompared" in office.book.kinds)
        until(lambda: unit.store.unsent_count() == 0)
    (compared,) = kept(data, "ClockCompared")
    first = office.book.records[0]
    assert first["type"] == "returns.SignedOn"
    reckoned = compared["office_ms"] + first["uptimems"] - compared["uptime_ms"]
    assert abs(reckoned - AHEAD_MS - first["atms"]) < MOVED_MS
    assert abs(time.monotonic_ns() // 1_000_000 - compared["uptime_ms"]) < 120_000
