"""The office: who may sign on, and the training room. No customer and no money is near."""

from msgspec import Struct

from terminal.core.people import Member, Staff


class ChoosingTask(Struct, frozen=True):
    cashier: Staff
    cursor: int


class OpeningStaff(Struct, frozen=True):
    """The list is being read; `at` is the number to stand on, `done` what was just done to it."""

    cashier: Staff
    ask: str
    at: str = ""
    done: str = ""


class ListingStaff(Struct, frozen=True):
    cashier: Staff
    members: tuple[Member, ...]
    cursor: int
    done: str = ""


class ShowingMember(Struct, frozen=True):
    cashier: Staff
    member: Member


class ChoosingRole(Struct, frozen=True):
    """A number that nobody has: a new person."""

    cashier: Staff
    number: str
    cursor: int


class NamingMember(Struct, frozen=True):
    cashier: Staff
    member: Member


class SettingPin(Struct, frozen=True):
    """`first` names the PIN that was typed once and is held, as its hash, by the register."""

    cashier: Staff
    member: Member
    first: str = ""


class CheckingNewPin(Struct, frozen=True):
    cashier: Staff
    member: Member
    ask: str
    first: str = ""


class SettingBadge(Struct, frozen=True):
    cashier: Staff
    member: Member


class CheckingNewBadge(Struct, frozen=True):
    cashier: Staff
    member: Member
    ask: str


class ConfirmingLeave(Struct, frozen=True):
    """Somebody leaves the company."""

    cashier: Staff
    member: Member


class InTraining(Struct, frozen=True):
    """The training room is open; nothing that is done there comes in here."""

    cashier: Staff
