"""What a key is: its cap, its words and the event it makes; and the keys that many states share.

Law of the file: no state is known here; which keys a state has is said in keys.py.
"""

from collections.abc import Callable

from msgspec import Struct

from drivers.values import Key as KeyCode
from terminal.core import events
from terminal.ui.words import N_

Make = Callable[[events.Moment], events.OperatorEvent]


class Binding(Struct, frozen=True):
    """One key. `make` None: the key belongs to the line editor (digits) and is only shown."""

    code: KeyCode | None
    cap: str  # msgid, or the cap itself
    label: str  # msgid
    make: Make | None = None


def key(code: KeyCode, cap: str, label: str, event: type[events.OperatorEvent]) -> Binding:
    def make(moment: events.Moment) -> events.OperatorEvent:
        return event(moment=moment)  # type: ignore[call-arg]  # only events without fields are bound

    return Binding(code, cap, label, make)


def confirm(label: str) -> Binding:
    return key(KeyCode.CONFIRM, N_("Confirm"), label, events.Confirmed)


def cancel(label: str) -> Binding:
    return key(KeyCode.CANCEL, N_("Cancel"), label, events.Cancelled)


def up(label: str) -> Binding:
    return key(KeyCode.UP, "↑", label, events.ChangeChosen)


def move(by: int) -> Make:
    return lambda moment: events.Moved(by, moment=moment)


ARROWS = (
    Binding(KeyCode.UP, "↑↓", N_("Move"), move(-1)),
    Binding(KeyCode.DOWN, "", "", move(+1)),
)
PAGES = (
    Binding(KeyCode.UP, "↑↓", N_("Turn the page"), move(-1)),
    Binding(KeyCode.DOWN, "", "", move(+1)),
)
DIGITS = Binding(None, "0–9", N_("Type"))
PICK = Binding(None, "0–9", N_("Choose"))
_F = (KeyCode.F1, KeyCode.F2, KeyCode.F3, KeyCode.F4, KeyCode.F5, KeyCode.F6)


def f(number: int, label: str, event: type[events.OperatorEvent]) -> Binding:
    return key(_F[number - 1], f"F{number}", label, event)


BACK = cancel(N_("Back"))
DROP = cancel(N_("Drop this return"))
CHOICE = (*ARROWS, PICK, confirm(N_("Take the marked one")), BACK)
PIN = (DIGITS, Binding(None, N_("Confirm"), N_("Sign on")), BACK)
OVERRIDE_PIN = (DIGITS, Binding(None, N_("Confirm"), N_("Approve")), BACK)
CHANGE = up(N_("Change the goods"))
