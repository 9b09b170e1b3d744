"""The cashier's hands: a scanner gun on one pseudo-terminal, a keyboard on another."""

import os
import pty
import time
from pathlib import Path

from drivers.console import Console
from drivers.serial_scanner import SerialScanner
from terminal.core.machine import SEEN_MS
from terminal.devices import SCANNER
from terminal.ui.words import Words
from tests.demo.recorder import Recorder
from tests.fakes.serial_scanner import ScannerGun

CONFIRM = "\r"
CANCEL = "\x1b"


class Hands:
    """Each move waits for the screen it is made on, named by a sentence or an amount on it."""

    def __init__(self, folder: Path, recorder: Recorder, words: Words) -> None:
        self._recorder = recorder
        self._words = words
        self._gun = ScannerGun(folder / "scanner")
        self._keys, self._line = pty.openpty()
        console = Console("keypad", stdin=self._line, stdout=os.open(os.devnull, os.O_WRONLY))
        self.devices = (SerialScanner(SCANNER, folder / "scanner"), console)

    def sees(self, words: str) -> None:
        """Waits for a screen."""
        self._recorder.wait_for(self._words(words))

    def scan(self, on: str, code: str) -> None:
        self._recorder.wait_for(self._words(on))
        self._gun.scan(code)

    def press(self, on: str, *keys: str) -> None:
        self._recorder.wait_for(self._words(on))
        for key in keys:
            if key == CONFIRM:
                time.sleep(2 * SEEN_MS / 1000)  # a person reads first
            os.write(self._keys, key.encode())

    def close(self) -> None:
        self._gun.unplug()
        os.close(self._keys)
        os.close(self._line)
