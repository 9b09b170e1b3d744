"""The shop's yes comes down the wire, the unit acts on it, and what it did goes up again."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.values import Key
from storage.store import open_reader
from terminal.core.health import Link
from tests.courier import terminal_end
from tests.courier.background import BackgroundCourier
from tests.fakes.back_office import BackOffice
from tests.flows.cashier import Till
from tests.flows.shelf import one_oil
from tests.flows.test_shop_answers import WALLET, recorded
from tests.uplink.test_in_the_unit import running, until


@pytest.fixture(name="office")
def _office(tmp_path: Path) -> Iterator[BackOffice]:
    with BackOffice(tmp_path) as found:
        terminal_end.enrolled(tmp_path / "state", found)
        yield found


@pytest.mark.parametrize(
    ("state", "kinds"),
    [
        ("approved", {"CustomerConfirmed", "RefundAccepted", "ReturnFinished"}),
        ("declined", {"ReturnVoided"}),
    ],
)
def test_an_answer_is_acted_on_and_told_to_the_office(
    office: BackOffice,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    state: str,
    kinds: set[str],
) -> None:
    """A wallet's return was left for later, and nobody is signed on."""
    till = Till(tmp_path, (one_oil(tenders=WALLET),))
    till.signs_on()
    recorded(till).presses(Key.F1, Key.CANCEL)
    ret = till.returns[0]
    till.switch_off()
    data, socket = tmp_path / "data", tmp_path / "s"
    shutil.copytree(till.folder, data)
    said = {
        "id": ret.id, "number": ret.number, "terminal": "0571-03", "version": 3, "state": state,
        "reason": {"zh": "商品已使用", "en": "Used"}, "refunds": [], "at": "2026-11-25T02:02:00Z",
    }  # fmt: skip
    with BackgroundCourier(tmp_path / "state", socket), running(data, socket, monkeypatch) as unit:
        until(lambda: unit.counter.health.network is Link.GOOD)
        office.tells(("return", said))
        until(lambda: kinds <= set(office.book.kinds))
        with open_reader(data / "returns.db") as seen:
            until(lambda: seen.unsent_count() == 0)
            assert seen.feed_cursor() == 1
    for kind in kinds:
        assert list(office.book.kinds).count(kind) == 1
