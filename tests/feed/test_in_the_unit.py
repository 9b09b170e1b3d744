"""The feed in the assembled unit: the loop that serves cashiers takes a file in beside them."""

import json
import threading
import time
from pathlib import Path

from drivers.device import Post
from drivers.values import Key, KeyPress
from storage.store import open_reader
from terminal.app import Unit
from terminal.settings import load_settings
from terminal.ui.screen import Screen
from tests.app.sales_files import CONFIG, sale

KEYPAD = "keypad"


class Glass:
    def show(self, screen: Screen) -> None:
        """Nobody looks."""

    def beep(self) -> None:
        """Nobody listens."""


class Cashier:
    """Types a digit now and then, and goes home when the file has gone."""

    name = KEYPAD

    def __init__(self, unit: Unit, gone: Path) -> None:
        self._unit, self._gone = unit, gone

    def start(self, post: Post) -> None:
        def work() -> None:
            end = time.monotonic() + 20
            while not self._gone.exists() and time.monotonic() < end:
                post(KeyPress(KEYPAD, Key.CHARACTER, "1"))
                post(KeyPress(KEYPAD, Key.CANCEL))
                time.sleep(0.9)
            self._unit.loop.stop()

        threading.Thread(target=work).start()

    def close(self) -> None:
        """Nothing is open."""


def settings_of(folder: Path, **more: object) -> dict[str, object]:
    return {
        "terminal.data": str(folder),
        "scanner.kind": "none",
        "keypad.kind": "none",
        "screen.kind": "none",
        "printer.link": "file",
        "printer.path": str(folder / "slips.bin"),
        "import.watch": str(folder / "inbox"),
        **{name.replace("__", "."): value for name, value in more.items()},
    }


def test_a_file_is_taken_in_while_the_cashier_types(tmp_path: Path) -> None:
    watch = tmp_path / "inbox"
    watch.mkdir()
    rows = (json.dumps(sale(number)) for number in range(1, 60))
    (watch / "day.jsonl").write_text("\n".join(rows))
    (watch / "day.jsonl.done").touch()
    unit = Unit(load_settings(CONFIG, settings_of(tmp_path)), Glass())
    gone = watch / "done" / "day.jsonl"
    try:
        unit.run([Cashier(unit, gone)])
    finally:
        unit.close()
    assert gone.exists()
    with open_reader(tmp_path / "returns.db") as store:
        assert store.sale("0571-03-20261120-0059") is not None
        assert [row.kind for row in store.journal()].count("FileHandled") == 1
        assert store.verify_chain() is None


def test_training_takes_nothing_in(tmp_path: Path) -> None:
    unit = Unit(load_settings(CONFIG, settings_of(tmp_path, terminal__training=True)), Glass())
    try:
        unit._timers()
        assert "feed start" not in unit.loop._timers
    finally:
        unit.close()
    other = tmp_path / "other"
    other.mkdir()
    unit = Unit(load_settings(CONFIG, settings_of(other)), Glass())
    try:
        unit._timers()
        assert "feed start" in unit.loop._timers
    finally:
        unit.close()
