"""People between the core and the staff register: what is asked, answered and changed.

Law of the file: a secret passes from an ask to the register and nowhere else.
"""

from typing import assert_never

from storage.staff import Entry, Held, StaffRegister
from storage.staff_changes import StaffChange, What
from terminal.core import events, staffing
from terminal.core.events import Moment
from terminal.core.people import Member, Role, Staff
from terminal.core.refusals import Refusal, Why

_REFUSED = {
    Held.NO_PIN: Why.PIN_FORM,
    Held.GUESSED_FIRST: Why.PIN_GUESSED_FIRST,
    Held.DIFFERS: Why.PINS_DIFFER,
    Held.BADGE_TAKEN: Why.BADGE_TAKEN,
}


def answer(
    register: StaffRegister, ask: staffing.StaffAsk, moment: Moment
) -> events.StaffListed | events.SecretHeld | events.StaffRefused:
    """What the register says to an ask of the office. Raises StorageFault."""
    match ask:
        case staffing.ListStaff():
            now_ms = int(moment.now.timestamp() * 1000)
            members = tuple(_member(one, now_ms) for one in register.entries())
            return events.StaffListed(members, ask=ask.ask, moment=moment)
        case staffing.HoldPin():
            held = register.hold_pin(ask.ask, ask.pin)
        case staffing.RepeatPin():
            held = register.repeat_pin(ask.first, ask.pin)
        case staffing.HoldBadge():
            held = register.hold_badge(ask.ask, ask.token)
        case _:
            assert_never(ask)
    if held is Held.HELD:
        return events.SecretHeld(ask=ask.ask, moment=moment)
    return events.StaffRefused(Refusal(_REFUSED[held]), ask=ask.ask, moment=moment)


def change_of(record: staffing.StaffRecord) -> StaffChange:
    """What a record does to the register, in the transaction that keeps it."""
    number = record.staff.number
    match record:
        case staffing.StaffAdded(staff, _, held):
            return StaffChange(What.ADDED, number, held, staff.name, staff.role.value)
        case staffing.PinChanged(held=held):
            return StaffChange(What.PIN, number, held)
        case staffing.BadgeChanged(held=held):
            return StaffChange(What.BADGE, number, held)
        case staffing.StaffUnlocked():
            return StaffChange(What.UNLOCKED, number)
        case staffing.StaffLeft():
            return StaffChange(What.LEFT, number)
        case staffing.StaffRejoined(held=held):
            return StaffChange(What.BACK, number, held)
        case _:
            assert_never(record)


def _member(one: Entry, now_ms: int) -> Member:
    staff = Staff(one.staff.number, one.staff.name, Role(one.staff.role))
    return Member(staff, one.has_badge, one.locked_until_ms > now_ms, one.gone)
