"""Terminal, courier and back office as they are, each in its place: the wire holds at both ends."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from drivers.values import Key, KeyPress, Scan
from storage.store import open_reader, open_store
from terminal.app import Unit
from terminal.cli import main
from terminal.core import states
from terminal.core.health import Link
from terminal.core.returns import ReturnKind
from tests.app.sales_files import sale
from tests.courier.background import BackgroundCourier
from tests.flows.cashier import CHEAP, CONFIG
from tests.uplink.real_office import RealOffice
from tests.uplink.test_in_the_unit import running, types, until

RECEIPT = "05710926112701234"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealOffice]:
    with RealOffice(tmp_path_factory.mktemp("office")) as found:
        yield found


def sold(sequence: int) -> dict[str, Any]:
    """A sale of till 09, whose returns no till here takes as its own."""
    receipt = {"business_unit": "0571", "workstation": "09", "business_day": "2026-11-27"}
    return sale(
        receipt=receipt | {"sequence": sequence},
        receipt_no=f"057109261127{sequence:05d}",
        sold_at="2026-11-27T10:03:22+08:00",
    )


def enrolled(office: RealOffice, folder: Path, workstation: str) -> None:
    """By the command an engineer types."""
    (folder / "data").mkdir(parents=True)
    (folder / "state").mkdir()
    config = folder / "config"
    shutil.copytree(CONFIG, config)
    own = (config / "terminal.toml").read_text("utf-8")
    line = 'workstation = "03"'
    assert line in own
    (config / "terminal.toml").write_text(own.replace(line, f'workstation = "{workstation}"'))
    code = office.runs("enrol-code", f"0571-{workstation}").splitlines()[0].split()[-1]
    words = ["--config", config, "--data", folder / "data", "enrol", code, "--url", office.url]
    assert main([str(one) for one in (*words, "--state", folder / "state")]) == 0
    with open_store(folder / "data" / "returns.db", cost=CHEAP) as store:
        store.staff.add("1007", "李", "manager", "4827", None)


def presses(unit: Unit, *keys: Key) -> None:
    for key in keys:
        unit.loop.mailbox.post(KeyPress("keypad", key))


def at(unit: Unit, state: type[states.State]) -> None:
    until(lambda: isinstance(unit.counter.state, state))


def signs_on(unit: Unit) -> None:
    until(lambda: unit.counter.health.network is Link.GOOD)
    types(unit, "1007⏎4827⏎")
    at(unit, states.Ready)


def test_the_same_order_at_two_tills_is_returned_once(
    office: RealOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is on file at either till; both ask the office, and the second finds nothing left."""
    file = tmp_path / "sales.jsonl"
    file.write_text(json.dumps(sold(1234), ensure_ascii=False) + "\n", encoding="utf-8")
    office.runs("import-sales", str(file))
    for workstation in ("03", "04"):
        enrolled(office, tmp_path / workstation, workstation)

    def till(workstation: str) -> Any:
        folder = tmp_path / workstation
        config = folder / "config"
        return running(folder / "data", folder / "s", monkeypatch, config=config, enrolled=False)

    first, second = tmp_path / "03", tmp_path / "04"
    with BackgroundCourier(first / "state", first / "s"), till("03") as unit:
        signs_on(unit)
        unit.loop.mailbox.post(Scan("scanner", RECEIPT))
        at(unit, states.ChoosingGoods)
        assert unit.counter.state.draft.case.kind is ReturnKind.VERIFIED
        presses(unit, Key.F1, Key.CONFIRM)
        at(unit, states.ChoosingReason)
        types(unit, "1")
        at(unit, states.ChoosingCondition)
        types(unit, "1")
        at(unit, states.ConfirmingAmounts)
        presses(unit, Key.CONFIRM)
        with open_reader(first / "data" / "returns.db") as seen:
            until(lambda: seen.next_return_sequence() == 2 and seen.unsent_count() == 0)
    with BackgroundCourier(second / "state", second / "s"), till("04") as unit:
        signs_on(unit)
        unit.loop.mailbox.post(Scan("scanner", RECEIPT))
        at(unit, states.NothingLeft)
        with open_reader(second / "data" / "returns.db") as seen:
            until(lambda: seen.unsent_count() == 0)
            assert seen.parked_count() == 0
