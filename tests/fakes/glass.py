"""A display that keeps what it was shown."""

from terminal.ui.screen import Screen


class Glass:
    """The screen's front: what was shown last, and how often it beeped."""

    def __init__(self) -> None:
        self.shown: list[Screen] = []
        self.beeps = 0

    def show(self, screen: Screen) -> None:
        self.shown.append(screen)

    def beep(self) -> None:
        self.beeps += 1
