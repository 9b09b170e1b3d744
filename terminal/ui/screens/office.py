"""The office: tasks, the staff list, one person, and the door of the training room."""

from typing import assert_never

from terminal.core import states
from terminal.core.people import Member, Role, Task
from terminal.ui.screen import (
    Block,
    Busy,
    Choice,
    Column,
    Entry,
    Fact,
    Facts,
    Headline,
    Option,
    Panel,
    Row,
    Sentences,
    Table,
    Tone,
)
from terminal.ui.view import View
from terminal.ui.words import N_, Words

Content = tuple[str, int, tuple[Block, ...]]
ROLES = {
    Role.CASHIER: (N_("Cashier"), N_("takes returns")),
    Role.SHIFT_LEADER: (N_("Shift leader"), N_("takes returns and approves")),
    Role.MANAGER: (N_("Manager"), N_("also staff and training")),
    Role.TRAINER: (N_("Trainer"), N_("takes returns and trains others")),
    Role.ENGINEER: (N_("Engineer"), N_("training alone, no returns")),
}
_TASKS = {
    Task.STAFF: (N_("Staff"), N_("who may sign on: PIN, badge, unlock, leave")),
    Task.TRAINING: (N_("Training"), N_("drills in a demo shop; nothing is real")),
}
_DONE = {
    "": N_("A number and Confirm: a known one shows that person, a new one adds somebody."),
    "StaffAdded": N_("Added. A badge can be given now."),
    "StaffRejoined": N_("Back with a new PIN."),
    "PinChanged": N_("The new PIN counts from now on."),
    "BadgeChanged": N_("The badge was changed."),
    "StaffUnlocked": N_("Unlocked: the PIN may be tried again."),
    "StaffLeft": N_("Has left: signs on no more."),
}


def content(state: states.Office, view: View) -> Content:
    words = view.words
    match state:
        case states.ChoosingTask():
            options = tuple(
                Option(str(at), words(_TASKS[one][0]), words(_TASKS[one][1]))
                for at, one in enumerate(state.cashier.tasks, 1)
            )
            title = words(N_("Office · {name}"), name=state.cashier.name)
            return title, -1, (Choice(options, state.cursor),)
        case states.OpeningStaff():
            return words(N_("Staff")), -1, (Busy(words(N_("Reading the staff list")), view.since),)
        case states.ListingStaff():
            return words(N_("Staff")), -1, _listed(state, view)
        case states.ChoosingRole():
            title = words(N_("What is {number} to do here?"), number=state.number)
            return title, -1, (Choice(_roles(words), state.cursor),)
        case states.InTraining():
            busy = Busy(words(N_("Opening the training room")), view.since)
            return words(N_("Training")), -1, (busy,)
        case _:
            return _one(state, view)


def _roles(words: Words) -> tuple[Option, ...]:
    return tuple(
        Option(str(at), words(name), words(note))
        for at, (name, note) in enumerate(ROLES.values(), 1)
    )


def _listed(state: states.ListingStaff, view: View) -> tuple[Block, ...]:
    words = view.words
    columns = (
        Column(words(N_("Staff no.")), 22),
        Column(words(N_("Name")), 34),
        Column(words(N_("Role")), 22),
        Column(words(N_("Sign-on")), 22),
    )
    rows = tuple(
        Row(
            (
                one.staff.number,
                one.staff.name,
                words(ROLES[one.staff.role][0]),
                _sign_on(one, words),
            ),
            muted=one.gone,
        )
        for one in state.members
    )
    table = Table(columns, rows, state.cursor, words(_DONE[state.done]))
    return table, Entry(words(N_("Staff number")), view.editor.text)


def _sign_on(one: Member, words: Words) -> str:
    if one.gone:
        return words(N_("has left"))
    if one.locked:
        return words(N_("locked"))
    return words(N_("PIN and badge")) if one.has_badge else words(N_("PIN"))


AtMember = (
    states.ShowingMember
    | states.NamingMember
    | states.SettingPin
    | states.CheckingNewPin
    | states.SettingBadge
    | states.CheckingNewBadge
    | states.ConfirmingLeave
)


def _one(state: AtMember, view: View) -> Content:
    words, staff = view.words, state.member.staff
    title = words(N_("Staff number {number}"), number=staff.number)
    match state:
        case states.ShowingMember():
            return title, -1, _member(state.member, words)
        case states.NamingMember():
            return title, -1, (
                Headline(words(N_("What is the name?"))),
                Entry(words(N_("Type it, or scan a code of it")), view.editor.text),
            )  # fmt: skip
        case states.SettingPin():
            return title, -1, _pin(state, view)
        case states.CheckingNewPin():
            return title, -1, (Busy(words(N_("Checking the PIN")), view.since),)
        case states.SettingBadge():
            return title, -1, (
                Headline(words(N_("Scan the badge of {name}"), name=staff.name)),
                Sentences((words(N_("It opens the terminal like the PIN: keep it safe.")),)),
            )  # fmt: skip
        case states.CheckingNewBadge():
            return title, -1, (Busy(words(N_("Checking the badge")), view.since),)
        case states.ConfirmingLeave():
            return title, -1, (_leaving(state.member, words),)
        case _:
            assert_never(state)


def _member(one: Member, words: Words) -> tuple[Block, ...]:
    tone = Tone.WAITING if one.gone or one.locked else Tone.PLAIN
    facts = Facts(
        (
            Fact(words(N_("Role")), words(ROLES[one.staff.role][0])),
            Fact(words(N_("Sign-on")), _sign_on(one, words)),
        )
    )
    back = (Sentences((words(N_("A new PIN takes this person back.")),)),) if one.gone else ()
    return (Panel((Headline(one.staff.name), facts, *back), tone),)


def _pin(state: states.SettingPin, view: View) -> tuple[Block, ...]:
    words = view.words
    ask = N_("{name}: type the new PIN once more") if state.first else N_("{name}: type a new PIN")
    return (
        Headline(words(ask, name=state.member.staff.name)),
        Entry(words(N_("PIN")), "•" * len(view.editor.text), words(N_("4 to 12 digits")), True),
        Panel(
            (
                Sentences(
                    (words(N_("Nobody else looks; nobody else needs to know it.")),), centred=True
                ),
            )
        ),
    )


def _leaving(one: Member, words: Words) -> Panel:
    return Panel(
        (
            Headline(words(N_("{name} leaves the company?"), name=one.staff.name), Tone.STOP),
            Sentences(
                (
                    words(N_("From now on neither PIN nor badge opens this terminal.")),
                    words(N_("What was done by this person stays on record.")),
                )
            ),
        ),
        Tone.STOP,
    )
