"""Where screens go: pixels on a framebuffer, text on a console, or several of them at once."""

import threading
from collections.abc import Sequence
from typing import Protocol

from PIL import Image

from terminal.facing import Display
from terminal.ui import pixels
from terminal.ui.screen import Screen
from terminal.ui.theme import Theme


class PixelTarget(Protocol):
    def show(self, image: Image.Image) -> int: ...


class TextTarget(Protocol):
    def size(self) -> tuple[int, int]: ...

    def show(self, lines: Sequence[str]) -> int: ...


class PixelDisplay:
    def __init__(self, target: PixelTarget, theme: Theme) -> None:
        self._target = target
        self._theme = theme

    def show(self, screen: Screen) -> None:
        self._target.show(pixels.draw(screen, self._theme))

    def beep(self) -> None:
        """A framebuffer has no voice; the notice on the screen speaks."""


class TextDisplay:
    """`foot` are lines of its own below the screen (the demo's list of codes)."""

    def __init__(self, target: TextTarget, foot: Sequence[str] = ()) -> None:
        self._target = target
        self._foot = foot
        self._screen: Screen | None = None
        self._typing: str | None = None
        self._turn = threading.Lock()  # the console's own thread shows what is being typed

    def show(self, screen: Screen) -> None:
        with self._turn:
            self._screen = screen
            self._draw(screen)

    def typing(self, code: str | None) -> None:
        """A code is being typed after `/`; None when it is done."""
        with self._turn:
            self._typing = code
            if self._screen is not None:
                self._draw(self._screen)

    def _draw(self, screen: Screen) -> None:
        from terminal.ui import text  # noqa: PLC0415 - a unit with a picture needs none of it

        width, height = self._target.size()
        foot = [f"/{self._typing}_"] if self._typing is not None else list(self._foot)
        room = max(height - len(foot), 10)
        shown = text.lines(screen, width=min(max(width, 60), 120), height=room)
        self._target.show([*shown[:room], *foot])

    def beep(self) -> None:
        """The notice speaks; a console's bell would ring in the engineer's SSH session."""


class Displays:
    """All of them, in order."""

    def __init__(self, *displays: Display) -> None:
        self._displays = displays

    def show(self, screen: Screen) -> None:
        for display in self._displays:
            display.show(screen)

    def beep(self) -> None:
        for display in self._displays:
            display.beep()
