"""A display that keeps every screen: printed as text, written as PNG, and waited for."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

from terminal.ui import pixels, text
from terminal.ui.screen import Screen
from terminal.ui.theme import theme_for

PATIENCE_S = 10.0
WIDTH, HEIGHT = 96, 24


class Missed(Exception):  # noqa: N818 - named for what happened
    """The screen that was waited for did not come."""


class Recorder:
    """`tell` gets the text of each screen."""

    def __init__(self, folder: Path, tell: Callable[[str], None]) -> None:
        self.beeps = 0
        self.pictures: list[Path] = []
        self._folder = folder
        self._tell = tell
        self._theme = theme_for()
        self._screen: Screen | None = None
        self._changed = threading.Condition()

    def show(self, screen: Screen) -> None:
        path = self._folder / f"{len(self.pictures) + 1:02d}.png"
        pixels.draw(screen, self._theme).save(path)
        self.pictures.append(path)
        self._tell("\n".join(text.lines(screen, width=WIDTH, height=HEIGHT)) + "\n")
        with self._changed:
            self._screen = screen
            self._changed.notify_all()

    def beep(self) -> None:
        self.beeps += 1

    def wait_for(self, words: str) -> Screen:
        """The first screen from now on that says these words. Raises Missed."""
        due = time.monotonic() + PATIENCE_S
        with self._changed:
            while True:
                if self._screen is not None and words in _said(self._screen):
                    return self._screen
                if not self._changed.wait(due - time.monotonic()):
                    shown = _said(self._screen) if self._screen else "nothing"
                    raise Missed(f"waited for {words!r}; the screen says:\n{shown}")


def _said(screen: Screen) -> str:
    return "\n".join(text.lines(screen, width=120, height=60))
