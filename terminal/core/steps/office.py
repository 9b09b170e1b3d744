"""The office: a task, the staff list, and the door of the training room.

Law of the file: what is done to somebody is one record, and happens in the transaction that keeps
it. A new PIN is typed twice and is in no state; the register holds its hash under the ask's id.
"""

from typing import TypeAlias

from terminal.core.effects import SignedOut, Tell
from terminal.core.events import (
    BadgeChosen,
    BadgeScanned,
    Cancelled,
    Confirmed,
    Happened,
    LeaveChosen,
    Moved,
    NoBadgeChosen,
    OfficeChosen,
    OtherScanned,
    Picked,
    PinChosen,
    PinTyped,
    Restarted,
    SecretHeld,
    StaffListed,
    StaffRefused,
    Typed,
    UnlockChosen,
)
from terminal.core.machine import Step
from terminal.core.people import Member, Right, Role, Staff, Task
from terminal.core.refusals import Refusal, Why
from terminal.core.staffing import (
    BadgeChanged,
    HoldBadge,
    HoldPin,
    ListStaff,
    PinChanged,
    RepeatPin,
    StaffAdded,
    StaffLeft,
    StaffRejoined,
    StaffUnlocked,
    TrainingClosed,
    TrainingOpened,
)
from terminal.core.states import (
    CheckingNewBadge,
    CheckingNewPin,
    ChoosingRole,
    ChoosingTask,
    ConfirmingLeave,
    EnteringPin,
    InTraining,
    ListingStaff,
    NamingMember,
    OpeningStaff,
    Ready,
    SettingBadge,
    SettingPin,
    ShowingMember,
    SignedOff,
)

NUMBER_LENGTH_MAX = 12
NAME_LENGTH_MAX = 40
ROLES = tuple(Role)
AtMember: TypeAlias = (
    ShowingMember | NamingMember | SettingPin | SettingBadge | CheckingNewPin | CheckingNewBadge
    | ConfirmingLeave
)  # fmt: skip


def choose(state: Ready, _: OfficeChosen) -> Step[Ready | ChoosingTask]:
    if not state.cashier.tasks:
        return Step(state, asks=(Tell(Refusal(Why.NOT_YOUR_TASK, (state.cashier.name,))),))
    return Step(ChoosingTask(state.cashier, 0))


def move_task(state: ChoosingTask, event: Moved) -> Step[ChoosingTask]:
    last = len(state.cashier.tasks) - 1
    return Step(ChoosingTask(state.cashier, min(max(state.cursor + event.by, 0), last)))


def begin(
    state: ChoosingTask, event: Picked | Confirmed
) -> Step[ChoosingTask | OpeningStaff | InTraining]:
    tasks = state.cashier.tasks
    at = event.index if isinstance(event, Picked) else state.cursor
    if not 0 <= at < len(tasks):
        return Step(state)
    match tasks[at]:
        case Task.STAFF:
            return open_staff(state.cashier, event)
        case Task.TRAINING:
            return Step(InTraining(state.cashier), (TrainingOpened(state.cashier),))


def leave(state: ChoosingTask, _: Cancelled) -> Step[Ready | SignedOff]:
    """Back to the customers; who may not serve them has nowhere else to be."""
    if state.cashier.role.may(Right.SERVE):
        return Step(Ready(state.cashier))
    return Step(SignedOff(), (SignedOut(state.cashier),))


def close_training(state: InTraining, _: Cancelled) -> Step[EnteringPin]:
    """Who sits there now may be the trainee: the session goes on with the trainer's PIN alone."""
    records = (TrainingClosed(state.cashier), SignedOut(state.cashier))
    return Step(EnteringPin(state.cashier.number), records)


# The list.


def open_staff(cashier: Staff, event: Happened, at: str = "", done: str = "") -> Step[OpeningStaff]:
    ask = event.moment.id
    return Step(OpeningStaff(cashier, ask, at, done), asks=(ListStaff(ask),))


def open_again(state: OpeningStaff, event: Restarted) -> Step[OpeningStaff]:
    return open_staff(state.cashier, event, state.at, state.done)


def show_list(state: OpeningStaff, event: StaffListed) -> Step[ListingStaff]:
    numbers = [one.staff.number for one in event.members]
    cursor = numbers.index(state.at) if state.at in numbers else 0
    return Step(ListingStaff(state.cashier, event.members, cursor, state.done))


def tasks_again(state: OpeningStaff | ListingStaff, _: Cancelled) -> Step[ChoosingTask]:
    return Step(ChoosingTask(state.cashier, 0))


def move(state: ListingStaff, event: Moved) -> Step[ListingStaff]:
    last = len(state.members) - 1
    cursor = min(max(state.cursor + event.by, 0), last)
    return Step(ListingStaff(state.cashier, state.members, cursor))


def show_marked(state: ListingStaff, _: Confirmed) -> Step[ListingStaff | ShowingMember]:
    if not state.members:
        return Step(state)
    return Step(ShowingMember(state.cashier, state.members[state.cursor]))


def find_number(
    state: ListingStaff, event: Typed
) -> Step[ListingStaff | ShowingMember | ChoosingRole]:
    """Somebody's number shows them; a number that nobody has begins a new person."""
    number = event.text
    if len(number) > NUMBER_LENGTH_MAX:
        return Step(state, asks=(Tell(Refusal(Why.NUMBER_TOO_LONG, (number,))),))
    found = next((one for one in state.members if one.staff.number == number), None)
    if found is not None:
        return Step(ShowingMember(state.cashier, found))
    return Step(ChoosingRole(state.cashier, number, 0))


def list_again(state: AtMember | ChoosingRole, event: Cancelled | Restarted) -> Step[OpeningStaff]:
    number = state.number if isinstance(state, ChoosingRole) else state.member.staff.number
    return open_staff(state.cashier, event, number)


# A new person.


def move_role(state: ChoosingRole, event: Moved) -> Step[ChoosingRole]:
    cursor = min(max(state.cursor + event.by, 0), len(ROLES) - 1)
    return Step(ChoosingRole(state.cashier, state.number, cursor))


def pick_role(state: ChoosingRole, event: Picked | Confirmed) -> Step[ChoosingRole | NamingMember]:
    at = event.index if isinstance(event, Picked) else state.cursor
    if not 0 <= at < len(ROLES):
        return Step(state)
    staff = Staff(state.number, state.number, ROLES[at])
    return Step(NamingMember(state.cashier, Member(staff, new=True)))


def name(state: NamingMember, event: Typed | OtherScanned) -> Step[NamingMember | SettingPin]:
    """Typed where there are letters, or scanned: a keypad has digits alone."""
    wanted = " ".join(event.text.split())
    if not wanted or not wanted.isprintable() or len(wanted) > NAME_LENGTH_MAX:
        return Step(state, asks=(Tell(Refusal(Why.NO_NAME)),))
    old = state.member.staff
    return Step(SettingPin(state.cashier, Member(Staff(old.number, wanted, old.role), new=True)))


def no_name(state: NamingMember, _: Confirmed) -> Step[SettingPin]:
    """The number will do; `staff add` knows letters."""
    return Step(SettingPin(state.cashier, state.member))


# PIN and badge.


def new_pin(state: ShowingMember, _: PinChosen) -> Step[SettingPin]:
    return Step(SettingPin(state.cashier, state.member))


def check_pin(state: SettingPin, event: PinTyped) -> Step[CheckingNewPin]:
    ask = event.moment.id
    wish = RepeatPin(ask, state.first, event.pin) if state.first else HoldPin(ask, event.pin)
    return Step(CheckingNewPin(state.cashier, state.member, ask, state.first), asks=(wish,))


def pin_held(state: CheckingNewPin, event: SecretHeld) -> Step[SettingPin | OpeningStaff]:
    if not state.first:
        return Step(SettingPin(state.cashier, state.member, state.ask))
    member, by = state.member, state.cashier.number
    staff = member.staff
    record: StaffAdded | StaffRejoined | PinChanged
    if member.new:
        record = StaffAdded(staff, by, state.first)
    elif member.gone:
        record = StaffRejoined(staff, by, state.first)
    else:
        record = PinChanged(staff, by, state.first)
    step = open_staff(state.cashier, event, staff.number, type(record).__name__)
    return Step(step.state, (record,), step.asks)


def pin_refused(state: CheckingNewPin, event: StaffRefused) -> Step[SettingPin]:
    return Step(SettingPin(state.cashier, state.member), asks=(Tell(event.refusal),))


def pin_again(state: CheckingNewPin, _: Cancelled | Restarted) -> Step[SettingPin]:
    return Step(SettingPin(state.cashier, state.member))


def new_badge(state: ShowingMember, _: BadgeChosen) -> Step[ShowingMember | SettingBadge]:
    if state.member.gone:
        return _gone(state)
    return Step(SettingBadge(state.cashier, state.member))


def check_badge(state: SettingBadge, event: BadgeScanned) -> Step[CheckingNewBadge]:
    ask = event.moment.id
    wish = HoldBadge(ask, event.token)
    return Step(CheckingNewBadge(state.cashier, state.member, ask), asks=(wish,))


def badge_held(state: CheckingNewBadge, event: SecretHeld) -> Step[OpeningStaff]:
    return _done(state, BadgeChanged(state.member.staff, state.cashier.number, state.ask), event)


def badge_refused(state: CheckingNewBadge, event: StaffRefused) -> Step[SettingBadge]:
    return Step(SettingBadge(state.cashier, state.member), asks=(Tell(event.refusal),))


def badge_again(state: CheckingNewBadge, _: Cancelled | Restarted) -> Step[SettingBadge]:
    return Step(SettingBadge(state.cashier, state.member))


def no_badge(state: SettingBadge, event: NoBadgeChosen) -> Step[OpeningStaff]:
    """Lost: it opens nothing from now on."""
    return _done(state, BadgeChanged(state.member.staff, state.cashier.number, ""), event)


# Unlock and leave.


def unlock(state: ShowingMember, event: UnlockChosen) -> Step[OpeningStaff]:
    return _done(state, StaffUnlocked(state.member.staff, state.cashier.number), event)


def ask_leave(state: ShowingMember, _: LeaveChosen) -> Step[ShowingMember | ConfirmingLeave]:
    """Never oneself: so somebody who may manage the staff is always left."""
    if state.member.gone:
        return _gone(state)
    if state.member.staff.number == state.cashier.number:
        refusal = Refusal(Why.NOT_YOURSELF, (state.cashier.name,))
        return Step(state, asks=(Tell(refusal),))
    return Step(ConfirmingLeave(state.cashier, state.member))


def left(state: ConfirmingLeave, event: Confirmed) -> Step[OpeningStaff]:
    return _done(state, StaffLeft(state.member.staff, state.cashier.number), event)


def _gone(state: ShowingMember) -> Step[ShowingMember]:
    refusal = Refusal(Why.HAS_LEFT, (state.member.staff.name,))
    return Step(state, asks=(Tell(refusal),))


def _done(
    state: AtMember, record: BadgeChanged | StaffUnlocked | StaffLeft, event: Happened
) -> Step[OpeningStaff]:
    at = state.member.staff.number
    step = open_staff(state.cashier, event, at, type(record).__name__)
    return Step(step.state, (record,), step.asks)
