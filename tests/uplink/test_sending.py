"""Records go up: through a real courier to an office, whatever happens on the way."""

import random
import socket as sockets
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from terminal.courier.protocol import Answer as Answered
from terminal.courier.protocol import Verdict
from terminal.ledger.stamp import Stamp
from terminal.uplink.sending import Sending
from terminal.uplink.values import NetworkChanged
from tests.courier.background import BackgroundCourier
from tests.courier.terminal_end import enrolled
from tests.fakes.back_office import Answer, BackOffice, js
from tests.uplink.desk import Desk
from tests.uplink.scripted import ScriptedCourier


@pytest.fixture
def office(tmp_path: Path) -> Iterator[BackOffice]:
    with BackOffice(tmp_path) as found:
        enrolled(tmp_path / "state", found)
        yield found


def test_what_is_recorded_arrives_and_is_acknowledged(office: BackOffice, tmp_path: Path) -> None:
    socket = tmp_path / "s"
    with BackgroundCourier(tmp_path / "state", socket), Desk(tmp_path / "data", socket) as desk:
        desk.records(3)
        desk.until(lambda: desk.store.unsent_count() == 0)
        assert desk.told[0] == NetworkChanged(up=True)
        desk.records(2)
        desk.until(lambda: desk.store.unsent_count() == 0)
    assert (office.book.acked, office.book.twice) == (5, 0)
    assert office.book.records[0]["data"]["personal"] == '["李"]'


def test_nothing_is_written_while_a_cashier_is_at_it(office: BackOffice, tmp_path: Path) -> None:
    socket = tmp_path / "s"
    with BackgroundCourier(tmp_path / "state", socket), Desk(tmp_path / "data", socket) as desk:
        desk.records(1)
        desk.busy = True
        desk.turn(0.5)
        assert (office.book.acked, desk.store.acked_seq()) == (0, 0)
        desk.busy = False
        desk.until(lambda: office.book.acked == 1)
        desk.busy = True
        desk.turn(0.5)
        assert desk.store.acked_seq() == 0
        desk.busy = False
        desk.until(lambda: desk.store.acked_seq() == 1)


def test_a_hundred_thousand_records_drain_with_flat_memory(tmp_path: Path) -> None:
    """And no step of it holds the loop for long, journal pages and acknowledgements included."""
    with (
        ScriptedCourier(tmp_path / "s") as courier,
        Desk(tmp_path / "data", tmp_path / "s") as desk,
    ):
        for _ in range(100):
            desk.records(1_000, size=200)
        desk.until(lambda: desk.store.acked_seq() >= 80_000, seconds=100)
        held = desk.longest_s
        tracemalloc.start()
        desk.until(lambda: desk.store.acked_seq() >= 84_000, seconds=60)
        before, _ = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        desk.until(lambda: desk.store.unsent_count() == 0, seconds=100)
        now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert courier.seqs == 100_000
    assert now - before < 300_000
    assert peak - before < 4_000_000
    assert held < 0.5  # of a checkpoint on a slow disk; most take some milliseconds


def test_a_refused_record_stops_the_sending(office: BackOffice, tmp_path: Path) -> None:
    socket = tmp_path / "s"
    with BackgroundCourier(tmp_path / "state", socket), Desk(tmp_path / "data", socket) as desk:
        desk.records(2)
        desk.until(lambda: desk.store.unsent_count() == 0)
        office.book.records[-1]["hash"] = "00" * 32  # another history than ours
        desk.records(1)
        desk.until(lambda: bool(desk.uplink.refused))
        asked = office.count("/v1/records")
        desk.turn(0.5)
        assert office.count("/v1/records") == asked
        assert desk.store.unsent_count() == 1


@pytest.mark.parametrize(
    ("acked", "verdict"),
    [
        (3, Verdict("id-1", 1, "stored")),
        (2, Verdict("id-9", 1, "stored")),
        (2, Verdict("", 7, "stored")),
    ],
)
def test_an_answer_about_other_records_acknowledges_nothing(
    tmp_path: Path, acked: int, verdict: Verdict
) -> None:
    """Of a courier of another version, say: what is sent stays in the outbox."""
    desk = Desk(tmp_path / "data", tmp_path / "nobody")
    desk.records(2)
    sending = Sending(lambda: Stamp(1, "boot", 1))
    assert sending.next_batch(desk.ledger, 1) is not None
    sending.answered(desk.ledger, Answered(1, acked=acked, verdicts=(verdict,)))
    assert desk.store.acked_seq() == 0
    desk.store.close()


def test_parked_records_are_counted_and_block_nothing(office: BackOffice, tmp_path: Path) -> None:
    socket = tmp_path / "s"
    office.book.parks.add("Strange")
    with BackgroundCourier(tmp_path / "state", socket), Desk(tmp_path / "data", socket) as desk:
        desk.records(1)
        desk.records(2, kind="Strange")
        desk.records(1)
        desk.until(lambda: desk.store.unsent_count() == 0)
        assert desk.store.parked_count() == 2


def test_an_office_that_lost_its_last_records_gets_them_again(
    office: BackOffice, tmp_path: Path
) -> None:
    socket = tmp_path / "s"
    with BackgroundCourier(tmp_path / "state", socket), Desk(tmp_path / "data", socket) as desk:
        desk.records(5)
        desk.until(lambda: desk.store.unsent_count() == 0)
        del office.book.records[2:]  # restored from its own backup
        desk.records(1)
        desk.until(lambda: office.book.acked == 6)
        desk.until(lambda: desk.store.unsent_count() == 0)


# It may be collected in the middle of this test, too: see tests/fakes/left_behind.py.
@pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning")
@pytest.mark.timeout(400)
def test_nothing_is_lost_or_doubled_when_everything_breaks_at_random(
    office: BackOffice, tmp_path: Path
) -> None:
    """Courier and terminal are cut off and begun again, the office lies, hangs up, repeats."""
    chance = random.Random(7)
    last: list[Answer] = []

    def trouble(path: str, honest: Answer) -> Answer | None:
        if path != "/v1/records":
            return honest
        last.append(honest)
        return chance.choice([honest, honest, None, js({}, 500), last[0], js({"acked": 99})])

    office.trouble = trouble
    socket, records = tmp_path / "s", 0
    for _ in range(12):
        with BackgroundCourier(tmp_path / "state", socket):
            for _ in range(2):
                with Desk(tmp_path / "data", socket) as desk:
                    desk.records(chance.randrange(1, 30))
                    records = desk.store.journal_head()[0]
                    desk.turn(chance.random() * 0.4)
    office.trouble = lambda _, honest: honest
    with BackgroundCourier(tmp_path / "state", socket), Desk(tmp_path / "data", socket) as desk:
        desk.until(lambda: desk.store.unsent_count() == 0)
    assert [one["seq"] for one in office.book.records] == list(range(1, records + 1))
    assert not desk.uplink.refused


def test_offline_the_loop_sleeps(tmp_path: Path) -> None:
    """No courier: the thread tries again ever less often, the loop has nothing to do."""
    with Desk(tmp_path / "data", tmp_path / "nobody") as desk:
        desk.records(1)
        desk.turn()
        assert desk.uplink.step() is None
        assert not desk.uplink.ask("a", {"receipt_no": "1"})
        time.sleep(0.3)
        assert desk.mail.empty()


@pytest.mark.parametrize(
    "words", [b"x" * 3_000_000, b"{}\n", b'{"tell":"feed","items":[1],"next":1}\n', b"[" * 9999]
)
def test_a_courier_that_says_nonsense_is_left(tmp_path: Path, words: bytes) -> None:
    """A line that never ends, or no words of ours: hung up, and tried again."""
    with sockets.socket(sockets.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))
        server.listen()
        server.settimeout(10)
        with Desk(tmp_path / "data", tmp_path / "s") as desk:
            for _ in range(2):
                one, _ = server.accept()
                with one:
                    one.settimeout(10)
                    try:
                        one.sendall(words + b"\n")
                    except OSError:
                        continue  # left before it had read all
                    desk.turn(0.1)
                    while one.recv(1 << 16):
                        pass  # a hello, perhaps; then it is left
