"""A till with its training room: the same doors as the unit's, real files, a fake printer.

Law of the file: what is asked of `till` is the unit's own truth; what is seen is on the glass.
"""

from pathlib import Path

from drivers.values import Key, KeyPress, Scan
from printer.slip import Slip
from storage.store import Store
from terminal.core.health import Health
from terminal.core.print_jobs import PrintJob
from terminal.doors import Curtain, Doors
from terminal.facing import Value
from terminal.moments import Moments
from terminal.settings.values import Settings
from terminal.training import shop
from terminal.training.lesson import Desk, Lesson
from terminal.training.room import Room
from tests.fakes.printing import FakePrinting
from tests.flows.cashier import CHEAP, Till
from tests.flows.said import words_of
from tests.flows.shelf import groceries

_NAMED = {"↑": Key.UP, "↓": Key.DOWN, "⏎": Key.CONFIRM, "✗": Key.CANCEL, "⌫": Key.BACKSPACE}


class Classroom:
    """A manager's till; `enter` opens the room as a person does."""

    def __init__(self, folder: Path, language: str = "zh_CN") -> None:
        self.till = Till(folder, [groceries()], language)
        self.printing: FakePrinting = self.till.printing
        self.slips: list[Slip] = []
        self.health: Health | None = None
        self._hang_doors()

    def _hang_doors(self) -> None:
        till = self.till
        self.curtain = Curtain(till.glass)
        till.counter._display = self.curtain
        self.doors = Doors(till.counter, self.curtain, self._room)
        self.doors.look()

    def _room(self, trainer: str, health: object) -> Room:
        till = self.till
        settings = _at(till.settings, till.folder)
        desk = Desk(settings, till.glass, self.printing, _moments, self._keep, CHEAP)
        return Room(desk, trainer, lambda: till.counter.health)

    def _keep(self, _: PrintJob, slip: Slip) -> None:
        self.slips.append(slip)

    # What people do.

    def enters(self) -> None:
        self.types("2001⏎4321⏎")
        self.presses(Key.F4)
        self.types("2")
        assert self.doors.room is not None, self.till.picture()

    def handle(self, value: Value) -> None:
        self.doors.handle(value)
        while self.printing.mail:
            self.doors.handle(self.printing.mail.popleft())

    def presses(self, *keys: Key) -> None:
        for key in keys:
            self.handle(KeyPress("keypad", key))

    def types(self, typed: str) -> None:
        for char in typed:
            if char in _NAMED:
                self.presses(_NAMED[char])
            else:
                self.handle(KeyPress("keypad", Key.CHARACTER, char))

    def scans(self, code: str) -> None:
        self.handle(Scan("scanner", code))

    def takes_all(self) -> None:
        """From the goods to the amounts: all of it, wrong item, unopened."""
        self.presses(Key.F1, Key.CONFIRM)
        self.picks("拿错/发错")
        self.picks("未拆封")

    def picks(self, label: str) -> None:
        options = self.till.choice
        self.types(next(one.key for one in options if one.label == label))

    def power_cut(self) -> None:
        """The unit's own power, not a drill's."""
        self.doors.close()
        self.till.power_cut()
        self._hang_doors()

    def leaves(self) -> None:
        self.doors.close()
        self.till.switch_off()

    # What they see.

    @property
    def room(self) -> Room:
        assert isinstance(self.doors.room, Room)
        return self.doors.room

    @property
    def lesson(self) -> Lesson:
        assert self.room._lesson is not None, self.till.picture()
        return self.room._lesson

    @property
    def coach(self) -> str:
        return self.till.screen.notices[0].text

    @property
    def receipt(self) -> str:
        return self.lesson.facts["receipt"]

    def sees(self, *words: str) -> None:
        self.till.sees(*words)

    @property
    def papers(self) -> list[str]:
        return ["\n".join(words_of(slip)) for slip in self.slips]

    # What is real.

    def real_bytes(self) -> dict[str, bytes]:
        """Every file of the unit but the room's own, and SQLite's index in memory, which a mere
        read may mark.
        """
        return {
            one.name: one.read_bytes()
            for one in sorted(self.till.folder.iterdir())
            if not one.name.startswith(shop.FILE) and not one.name.endswith("-shm")
        }


def _at(settings: Settings, folder: Path) -> Settings:
    from msgspec.structs import replace

    return replace(settings, data=folder)


def _moments(store: Store, settings: Settings) -> Moments:
    prefix = f"T-{settings.business_unit}-{settings.workstation}-"
    made = Moments(prefix, store.next_return_sequence)
    made.watched = False  # its clock is real, its keys are pressed by a program
    return made
