"""Who hears a device's value: the counter, or the training room while it is open.

Law of the file: while the room is open no key and no scan reaches the counter, and the counter
draws nothing. What a device says of itself (lost, back, out of paper) is heard by both.
"""

from collections.abc import Callable
from typing import Protocol

from drivers.values import Key, KeyPress, Scan, ScanRejected
from terminal.core.health import Health
from terminal.core.states import InTraining
from terminal.counter import Counter
from terminal.facing import Display, ShopValue, Value
from terminal.performer import Printing
from terminal.settings.values import Settings
from terminal.ui.screen import Screen


class Room(Protocol):
    """terminal.training.room.Room, which is not imported before it is entered."""

    left: bool

    def handle(self, value: Value) -> None: ...

    def tick(self, clock: str) -> None: ...

    def close(self) -> None: ...


class Curtain:
    """The counter's display while somebody else has the screen: it keeps the last and is silent."""

    def __init__(self, display: Display) -> None:
        self._display = display
        self._kept: Screen | None = None
        self.drawn = False

    def show(self, screen: Screen) -> None:
        self._kept = screen
        if not self.drawn:
            self._display.show(screen)

    def beep(self) -> None:
        if not self.drawn:
            self._display.beep()

    def raised(self) -> None:
        """The counter's screen again, as it is by now."""
        self.drawn = False
        if self._kept is not None:
            self._display.show(self._kept)


class Doors:
    """`enter` opens the room, for this trainer, with the unit's health as it is by then."""

    def __init__(
        self, counter: Counter, curtain: Curtain, enter: Callable[[str, Callable[[], Health]], Room]
    ) -> None:
        self._counter = counter
        self._curtain = curtain
        self._enter = enter
        self.room: Room | None = None

    def handle(self, value: Value) -> None:
        room = self.room
        if room is None:
            self._counter.handle(value)
        else:
            if not isinstance(value, KeyPress | Scan | ScanRejected):
                self._counter.handle(value)
            if not isinstance(value, ShopValue):  # the room has no network
                room.handle(value)
            if room.left:
                self._counter.handle(KeyPress("training", Key.CANCEL))
        self.look()

    def idle(self) -> None:
        """The unit locks, whoever sits there."""
        self._counter.idle()
        self.look()

    def tick(self, clock: str) -> None:
        self._counter.tick(clock)
        if self.room is not None:
            self.room.tick(clock)

    def look(self) -> None:
        """Open or close the room as the counter's state wants it; after a restart, too."""
        state = self._counter.state
        if not isinstance(state, InTraining):
            self.close()
        elif self.room is None:
            self._curtain.drawn = True
            self.room = self._enter(state.cashier.name, lambda: self._counter.health)

    def close(self) -> None:
        if self.room is not None:
            self.room.close()
            self.room = None
            self._curtain.raised()


def printing_of(settings: Settings, spool: Printing, post: Callable[[Value], None]) -> Printing:
    """The unit's printer; where all of the unit is training, without its drawer."""
    if not settings.training:
        return spool
    from terminal.training.printing import WithoutDrawer  # noqa: PLC0415 - only in training

    return WithoutDrawer(spool, post)
