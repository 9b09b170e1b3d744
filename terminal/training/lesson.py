"""One drill: a counter like the unit's own on a store made for it, the coach's glass before it.

Law of the file: store, printer and display of the drill are all that this counter has.
"""

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from printer.slip import Slip
from storage.pins import HashCost
from storage.store import Store
from terminal import demo_shop
from terminal.core.people import Role, Staff
from terminal.core.print_jobs import PrintJob
from terminal.core.returns import Return
from terminal.core.states import Ready, SendingSlip
from terminal.counter import Counter
from terminal.facing import Display, Value
from terminal.ledger.ledger import Ledger
from terminal.moments import Moments
from terminal.paper.press import press
from terminal.performer import Performer
from terminal.settings.values import Settings
from terminal.slip_code import UNSIGNED
from terminal.training import shop
from terminal.training.drills import Drill, Trouble
from terminal.training.printing import Paperwork, TrainingPrinting
from terminal.ui import formats
from terminal.ui.screen import Notice, Screen, Tone
from terminal.ui.view import View
from terminal.ui.words import N_

MomentsFor = Callable[[Store, Settings], Moments]


class Desk(Struct, frozen=True):
    """What the room has of the unit. `cost` is of its own staff's PINs."""

    settings: Settings
    display: Display
    paperwork: Paperwork
    moments: MomentsFor
    on_slip: Callable[[PrintJob, Slip], None]
    cost: HashCost | None = None


class Coached:
    """A display that lays the coach's sentence over every screen, and counts the beeps."""

    def __init__(self, display: Display) -> None:
        self._display = display
        self._shown: Screen | None = None
        self.coach = ""
        self.beeps = 0

    def show(self, screen: Screen) -> None:
        self._shown = screen
        notices = screen.notices[:1]
        if self.coach:
            notices = (Notice(self.coach, Tone.HERE), *notices)
        self._display.show(replace(screen, notices=notices))

    def beep(self) -> None:
        self.beeps += 1
        self._display.beep()

    def say(self, coach: str) -> None:
        if coach != self.coach:
            self.coach = coach
            if self._shown is not None:
                self.show(self._shown)


class Lesson:
    """One drill's counter with its store, its played printer and its coach's glass."""

    def __init__(self, desk: Desk, drill: Drill, view: View) -> None:
        self._desk = desk
        self._view = view
        self._drill = drill
        self._practice = shop.practice(drill.sold, desk.settings, shop.today())
        self.glass = Coached(desk.display)
        self.printing = TrainingPrinting(desk.paperwork, drill.trouble)
        self._store = self._open(fresh=True)
        trainee = Staff(demo_shop.CASHIER, view.words(N_("Trainee")), Role.CASHIER)
        moments = desk.moments(self._store, desk.settings)
        ledger = Ledger(self._store, desk.settings.rules)
        ledger.commit(Ready(trainee), (), (), moments.stamp())
        self.counter = self._made()

    @property
    def facts(self) -> dict[str, str]:
        """What the coach's sentences may name."""
        sale = self._practice.sale
        return {
            "receipt": sale.receipt_no,
            "day": f"{sale.receipt.business_day:%Y%m%d}",
            "amount": formats.amount(sale.total, sale.currency),
            "leader": demo_shop.LEADER,
            "pin": demo_shop.LEADER_PIN,
        }

    @property
    def cut_power(self) -> bool:
        """Whether the lights go out now: the slip is on its way, and so the drill wants it."""
        wanted = self._drill.trouble is Trouble.POWER_CUT and self.printing.trouble is None
        return wanted and isinstance(self.counter.state, SendingSlip)

    def handle(self, value: Value) -> None:
        self.counter.handle(value)
        while self.printing.mail:
            self.counter.handle(self.printing.mail.popleft())

    def play_a_return(self) -> None:
        """The whole sale came back already, handed out some other day; no paper is used for it."""
        paperwork, self.printing = self.printing, TrainingPrinting(NoPaper())
        self.counter = self._made(watched=False)
        for value in shop.whole_return(self._practice.receipt, self._desk.settings.rules):
            self.handle(value)
        self.printing = paperwork
        self.counter = self._made()

    def power_on(self) -> None:
        """The store as the cut left it, and the flow where it takes itself up."""
        self._store = self._open(fresh=False)
        self.counter = self._made()

    def close(self) -> None:
        self._store.close()

    def _open(self, *, fresh: bool) -> Store:
        desk = self._desk
        return shop.opened(desk.settings.data, self._practice.sale, fresh=fresh, cost=desk.cost)

    def _made(self, *, watched: bool = True) -> Counter:
        moments = self._desk.moments(self._store, self._desk.settings)
        moments.watched &= watched
        counter = Counter(
            *self._wired(),
            moments,
            self._desk.settings.patterns,
            self._view,
            self.glass,
            self._reopened,
        )
        counter.start()
        return counter

    def _wired(self) -> tuple[Ledger, Performer]:
        settings = self._desk.settings
        ledger = Ledger(self._store, settings.rules)
        staff, on_slip = self._store.staff, self._desk.on_slip
        return ledger, Performer(ledger, staff, settings.rules, self.printing, self._press, on_slip)

    def _reopened(self) -> tuple[Ledger, Performer]:
        self._store.close()
        self._store = self._open(fresh=False)
        return self._wired()

    def _press(self, job: PrintJob, ret: Return | None) -> tuple[Slip, bytes]:
        return press(job, ret, self._desk.settings, self._view.words, UNSIGNED)


class NoPaper:
    """Where a return is played before the drill, its slip goes nowhere."""

    def prepare(self, job_id: str) -> None:
        """Nobody answers."""

    def send(self, job_id: str, data: bytes) -> None:
        """Nothing is printed."""
