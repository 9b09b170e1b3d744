"""The assembled unit and its training room: wired to its own files, loaded when it is entered."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from drivers.values import Key, KeyPress
from printer.values import DrawerKicked
from storage.store import open_reader
from terminal.app import Unit
from terminal.core.people import Role, Staff
from terminal.core.states import EnteringPin, InTraining, Ready
from terminal.ledger.ledger import Ledger
from terminal.ledger.stamp import Stamp
from terminal.settings import load_settings
from terminal.settings.values import Settings
from tests.app.test_cli import loaded_by
from tests.app.test_unit import Glass
from tests.flows.cashier import CONFIG

ROOT = Path(__file__).parents[2]
MANAGER = Staff("2001", "李店长", Role.MANAGER)


@pytest.fixture(name="settings")
def _settings(tmp_path: Path) -> Settings:
    return load_settings(
        CONFIG,
        {
            "terminal.data": str(tmp_path),
            "scanner.kind": "none",
            "keypad.kind": "none",
            "screen.kind": "none",
            "printer.link": "file",
            "printer.path": str(tmp_path / "slips.bin"),
        },
    )


@pytest.fixture(name="unit")
def _unit(settings: Settings) -> Iterator[Unit]:
    """A manager is signed on."""
    unit = Unit(settings, Glass())
    Ledger(unit.store, settings.rules).commit(Ready(MANAGER), (), (), Stamp(1, "boot", 1))
    unit.counter.start()
    yield unit
    unit.close()


def press(unit: Unit, *keys: Key | str) -> None:
    for key in keys:
        char = key if isinstance(key, str) else ""
        unit._handle(KeyPress("keypad", Key.CHARACTER if char else key, char))  # type: ignore[arg-type]  # a text is a character's


def test_the_room_of_the_unit_has_a_database_of_its_own(unit: Unit, tmp_path: Path) -> None:
    press(unit, Key.F4, "2", "1")
    assert isinstance(unit.counter.state, InTraining)
    real = (tmp_path / "returns.db-wal").read_bytes()
    press(unit, *"05710326", Key.CANCEL, Key.CANCEL)
    assert (tmp_path / "training-room.db").exists()
    assert (tmp_path / "returns.db-wal").read_bytes() == real
    press(unit, Key.CANCEL)
    state: object = unit.counter.state
    assert state == EnteringPin("2001")
    assert unit.doors.room is None


def test_a_restart_in_training_opens_the_room_again(unit: Unit, settings: Settings) -> None:
    press(unit, Key.F4, "2")
    unit.close()
    again = Unit(settings, Glass())
    again.counter.start()
    again.doors.look()
    assert again.doors.room is not None
    again.close()


def test_a_unit_that_is_all_training_opens_no_drawer(settings: Settings, tmp_path: Path) -> None:
    unit = Unit(replace(settings, training=True), Glass())
    unit._printing.kick_drawer()
    assert unit.loop.mailbox.drain() == [DrawerKicked()]
    unit.close()
    assert not (tmp_path / "slips.bin").exists() or not (tmp_path / "slips.bin").read_bytes()
    assert not (tmp_path / "returns.db").exists()


def test_the_first_screen_waits_for_nothing_of_the_training() -> None:
    found = loaded_by("import terminal.app")
    assert not [one for one in found if one.startswith(("terminal.training", "terminal.demo"))]


def test_run_training_serves_a_demo_shop_beside_the_real_one(tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.mkdir()
    for file in CONFIG.iterdir():
        (config / file.name).symlink_to(file)
    (config / "terminal.toml").unlink()
    text = (CONFIG / "terminal.toml").read_text("utf-8")
    (config / "terminal.toml").write_text(_bare(text, tmp_path), "utf-8")
    command = ("-m", "terminal.cli", "--config", config, "--data", tmp_path, "run", "--training")
    with subprocess.Popen([sys.executable, *map(str, command)], cwd=ROOT) as child:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and not _staffed(tmp_path / "training.db"):
            time.sleep(0.05)
        child.send_signal(signal.SIGTERM)
        assert child.wait(10) == 0
    assert _staffed(tmp_path / "training.db")
    assert not (tmp_path / "returns.db").exists()


def _staffed(file: Path) -> bool:
    if not file.exists() or not file.with_name(file.name + ".pepper").exists():
        return False
    with open_reader(file) as reader:
        count = reader._db.execute("SELECT count(*) FROM staff").fetchone()[0]
    return bool(count == 2)


def _bare(text: str, folder: Path) -> str:
    """The shipped settings without a device."""
    out, table = [], ""
    for line in text.splitlines():
        if line.startswith("["):
            table = line.strip("[]").split("]")[0]
        name = line.split("=")[0].strip()
        bare = {
            ("scanner", "kind"): 'kind = "none"',
            ("keypad", "kind"): 'kind = "none"',
            ("screen", "kind"): 'kind = "none"',
            ("printer", "link"): 'link = "file"',
            ("printer", "path"): f'path = "{folder}/slips.bin"',
        }.get((table, name), line)
        out.append(bare)
    return "\n".join(out) + "\n"
