"""How a till comes to each state of the office: a manager signs on and presses F4."""

from drivers.values import Key, KeyPress, Scan
from tests.flows.cashier import Till
from tests.flows.silence import silently

CONFIRM = KeyPress("keypad", Key.CONFIRM)


def _manager(till: Till) -> None:
    till.cancels()
    till.signs_on("2001", "4321")


def choosing_task(till: Till) -> None:
    _manager(till)
    till.presses(Key.F4)


def opening_staff(till: Till) -> None:
    choosing_task(till)
    silently(till, CONFIRM)


def listing_staff(till: Till) -> None:
    choosing_task(till)
    till.types("1")


def showing_member(till: Till) -> None:
    listing_staff(till)
    till.types("1008⏎")


def choosing_role(till: Till) -> None:
    listing_staff(till)
    till.types("1010⏎")


def naming_member(till: Till) -> None:
    choosing_role(till)
    till.types("1")


def setting_pin(till: Till) -> None:
    showing_member(till)
    till.presses(Key.F1)


def checking_new_pin(till: Till) -> None:
    setting_pin(till)
    till.types("7093")
    silently(till, CONFIRM)


def setting_badge(till: Till) -> None:
    showing_member(till)
    till.presses(Key.F2)


def checking_new_badge(till: Till) -> None:
    setting_badge(till)
    silently(till, Scan("scanner", "%BB1008"))


def confirming_leave(till: Till) -> None:
    showing_member(till)
    till.presses(Key.F4)


def in_training(till: Till) -> None:
    choosing_task(till)
    till.types("2")


SCENES = {
    "ChoosingTask": choosing_task,
    "OpeningStaff": opening_staff,
    "ListingStaff": listing_staff,
    "ShowingMember": showing_member,
    "ChoosingRole": choosing_role,
    "NamingMember": naming_member,
    "SettingPin": setting_pin,
    "CheckingNewPin": checking_new_pin,
    "SettingBadge": setting_badge,
    "CheckingNewBadge": checking_new_badge,
    "ConfirmingLeave": confirming_leave,
    "InTraining": in_training,
}
