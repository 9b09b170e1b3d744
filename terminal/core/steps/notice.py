"""The shop's policy and the customer's how-to: shown, turned over, printed."""

from terminal.core.events import Cancelled, Confirmed, Moved, NoticeChosen
from terminal.core.machine import Step
from terminal.core.print_jobs import PrintJob, SlipKind
from terminal.core.states import PreparingSlip, ReadingNotice, Ready
from terminal.core.steps.slips import prepare

PAGES = (SlipKind.NOTICE, SlipKind.HOWTO)


def show(state: Ready, _: NoticeChosen) -> Step[ReadingNotice]:
    return Step(ReadingNotice(state.cashier))


def turn(state: ReadingNotice, event: Moved) -> Step[ReadingNotice]:
    at = min(max(PAGES.index(state.page) + event.by, 0), len(PAGES) - 1)
    return Step(ReadingNotice(state.cashier, PAGES[at]))


def put_on_paper(state: ReadingNotice, event: Confirmed) -> Step[PreparingSlip]:
    """What is on the screen; it belongs to no return."""
    return prepare(state.cashier, PrintJob(event.moment.id, state.page), None)


def leave(state: ReadingNotice, _: Cancelled) -> Step[Ready]:
    return Step(Ready(state.cashier))
