"""The training room: a counter like the unit's own, on a database of its own, beside a coach.

Law of the file: nothing of the unit's store is here; its numbers begin with T, its slips and
screens say training, its drawer does not open, and what it records goes nowhere.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace

from drivers.values import Key, KeyPress, Scan
from printer.escpos import encode
from printer.slip import Slip
from printer.values import PrinterNotReady, PrinterReady
from storage.faults import StorageFault
from terminal.core.health import Health
from terminal.core.states import SignedOff
from terminal.facing import Value
from terminal.slip_code import SlipCodes
from terminal.training import papers, shop
from terminal.training.course import Course, Sheet
from terminal.training.drills import Drill, Sold
from terminal.training.lesson import Desk, Lesson
from terminal.ui import formats
from terminal.ui.view import View
from terminal.ui.words import N_, Words

log = logging.getLogger("terminal")


class Room:
    """`left` is True once the trainee leaves."""

    def __init__(self, desk: Desk, trainer: str, health: Callable[[], Health]) -> None:
        self._desk = replace(desk, settings=replace(desk.settings, training=True, slip_url=""))
        self._words = Words(desk.settings.language)
        self._trainer = trainer
        self._health = health
        self._clock = formats.clock(datetime.now().astimezone())
        drills = shop.drills_for(desk.settings.rules)
        self._sheet, self._cursor, self._said = Sheet(drills), 0, ""
        self._paper: tuple[str, Slip] | None = None  # a slip of the room's own, on its way
        self._course: Course | None = None
        self._lesson: Lesson | None = None
        self._dark = False
        self.left = False
        self._show_menu()

    def handle(self, value: Value) -> None:
        """One value of a device; the room's own printer answers are heard at once."""
        if self._lesson is None:
            self._at_menu(value)
        elif self._dark:
            if isinstance(value, KeyPress) and value.key is Key.CONFIRM:
                self._power_on()
        else:
            self._in_lesson(self._lesson, value)

    def tick(self, clock: str) -> None:
        self._clock = clock
        if self._lesson is not None and not self._dark:
            self._lesson.counter.tick(clock)

    def close(self) -> None:
        """May be called twice."""
        if self._lesson is not None:
            self._lesson.close()
            self._lesson = None

    # Between the drills.

    def _at_menu(self, value: Value) -> None:
        match value:
            case KeyPress(key=Key.UP):
                self._cursor = max(self._cursor - 1, 0)
            case KeyPress(key=Key.DOWN):
                self._cursor = min(self._cursor + 1, len(self._sheet.drills) - 1)
            case KeyPress(key=Key.CONFIRM):
                self._begin(self._sheet.drills[self._cursor])
                return
            case KeyPress(key=Key.CHARACTER, char=char) if char in self._digits:
                self._cursor = int(char) - 1
                self._begin(self._sheet.drills[self._cursor])
                return
            case KeyPress(key=Key.CANCEL):
                self.left = True
                return
            case KeyPress(key=Key.F3):
                self._print(self._results())
            case KeyPress(key=Key.F5):
                self._print(self._receipts())
            case PrinterReady(job_id=job) if self._paper is not None and self._paper[0] == job:
                self._send(*self._paper)
            case PrinterNotReady(job_id=job) if self._paper is not None and self._paper[0] == job:
                self._paper = None
                self._said = self._words(N_("Not printed: look at the printer."))
            case KeyPress() | Scan():
                self._desk.display.beep()
            case _:
                pass  # a device speaks of itself; the unit hears it
        self._show_menu()

    @property
    def _digits(self) -> str:
        return "123456789"[: len(self._sheet.drills)]

    def _show_menu(self) -> None:
        said = self._said or self._words(N_("Each drill begins with a shop of its own."))
        screen = papers.menu(self._sheet, self._cursor, said, self._words, self._clock)
        self._desk.display.show(screen)

    def _results(self) -> Slip:
        when = f"{datetime.now().astimezone():%Y-%m-%d %H:%M}"
        settings = self._desk.settings
        return papers.result_slip(self._sheet, self._trainer, when, settings, self._words)

    def _receipts(self) -> Slip:
        parts: list[Slip] = []
        for sold in Sold:
            sale = shop.practice(sold, self._desk.settings, shop.today()).sale
            parts.append(papers.receipt_slip(sale, self._words))
        whole = tuple(part for one in parts for part in one.parts)
        return Slip(whole, across=parts[0].across)

    def _print(self, slip: Slip) -> None:
        job = f"training-{time.monotonic_ns()}"
        self._paper = (job, slip)
        self._said = ""
        self._desk.paperwork.prepare(job)

    def _send(self, job: str, slip: Slip) -> None:
        self._paper = None
        self._desk.paperwork.send(job, encode(slip, self._desk.settings.printer.model))

    # In a drill.

    def _begin(self, drill: Drill) -> None:
        self._paper = None
        try:
            self._lesson = Lesson(self._desk, drill, self._view())
        except StorageFault as fault:
            self._no_shop(fault)
            return
        self._course = Course(drill, time.monotonic())
        if drill.before:
            self._lesson.play_a_return()
        self._lesson.glass.beeps = 0
        self._coach()

    def _in_lesson(self, lesson: "Lesson", value: Value) -> None:
        lesson.handle(value)
        if lesson.cut_power:
            self._dark = True
            lesson.close()
            self._desk.display.show(papers.dark(self._words, self._clock))
            return
        self._coach()

    def _power_on(self) -> None:
        assert self._lesson is not None
        self._dark = False
        try:
            self._lesson.power_on()
        except StorageFault as fault:
            self._no_shop(fault)
            return
        self._coach()

    def _no_shop(self, fault: StorageFault) -> None:
        """Back to the drills: the unit's own database is another file and knows nothing of it."""
        log.error("training: %s", fault)
        self.close()
        self._said = self._words(N_("The demo shop did not open; returns are not touched."))
        self._show_menu()

    def _coach(self) -> None:
        """Look where the flow stands, say what is next, and end the drill when it is done."""
        lesson, course = self._lesson, self._course
        assert lesson is not None
        assert course is not None
        state = lesson.counter.state
        course = replace(course.seen(type(state).__name__), mistakes=lesson.glass.beeps)
        self._course = course
        if course.done or isinstance(state, SignedOff):
            self._end(course)
            return
        lesson.glass.say(self._words(course.coach, **lesson.facts))

    def _end(self, course: Course) -> None:
        result = course.result(time.monotonic())
        self._sheet = self._sheet.noted(result)
        self.close()
        self._course = None
        title = self._words(course.drill.title)
        if result.done:
            self._said = self._words(N_("Well done: {drill}"), drill=title)
            self._cursor = self._sheet.next
        else:
            self._said = self._words(N_("Not finished: {drill}"), drill=title)
        self._show_menu()

    def _view(self) -> View:
        settings = self._desk.settings
        return View(
            words=self._words,
            currency=settings.currency,
            shop=settings.shop.name.say(settings.language),
            qr_of=SlipCodes(settings.slip_url).of,
            clock=self._clock,
            health=self._health(),
            training=True,
        )
