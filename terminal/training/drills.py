"""The drills as data: which sale, what goes wrong, and step by step what the coach says.

Law of the file: a step is reached when the flow stands at one of its states; the coach's sentence
is what to do until then. Nothing here decides a return.
"""

from enum import Enum, auto

from msgspec import Struct

from terminal.ui.words import N_


class Sold(Enum):
    """Which sale of the demo shop a drill is about."""

    FRESH = auto()  # within the free days
    LATE = auto()  # after the free days: another person approves
    OLD = auto()  # after all days: declined
    OTHER_TILL = auto()


class Trouble(Enum):
    """What the room lets go wrong; none of it touches the real printer or power."""

    PAPER_OUT = auto()  # before the slip
    PULLED = auto()  # within the slip
    POWER_CUT = auto()  # within the slip


class Step(Struct, frozen=True):
    """`coach` may name {receipt} {day} {amount} {leader} {pin}."""

    until: tuple[str, ...]
    coach: str


class Drill(Struct, frozen=True):
    code: str
    title: str
    sold: Sold
    steps: tuple[Step, ...]
    trouble: Trouble | None = None
    before: bool = False  # the whole sale came back already


_SCAN = Step(("ChoosingGoods",), N_("Scan the practice receipt, or type {receipt} and Confirm."))
_GOODS = Step(("ChoosingReason",), N_("F1 takes all the goods; then Confirm."))
_REASON = Step(("ChoosingCondition",), N_("Choose a reason that is no fault: wrong item."))
_CONDITION = Step(("ConfirmingAmounts",), N_("Look at the goods: unopened."))
_AMOUNTS = Step(
    ("WaitingForCustomer", "PayingCash"), N_("Read the amount to the customer, then Confirm.")
)
_TO_AMOUNTS = (_GOODS, _REASON, _CONDITION)

DRILLS = (
    Drill(
        "plain",
        N_("A whole return"),
        Sold.FRESH,
        (
            _SCAN,
            *_TO_AMOUNTS,
            _AMOUNTS,
            Step(("TakingSignature", "PayingCash"), N_("No phone: F2, the customer signs.")),
            Step(("PayingCash",), N_("Is the slip signed? Confirm.")),
            Step(("Ready",), N_("Count the cash out aloud, then Confirm. Here no drawer opens.")),
        ),
    ),
    Drill(
        "torn",
        N_("Torn receipt"),
        Sold.FRESH,
        (
            Step(("EnteringDay",), N_("The code is torn off, the number too. F1 finds the sale.")),
            Step(("EnteringAmount",), N_("It was bought on {day}: type that day and Confirm.")),
            Step(("ChoosingGoods",), N_("In all {amount} was paid: type it and Confirm.")),
            *_TO_AMOUNTS,
            _AMOUNTS,
        ),
    ),
    Drill(
        "returned",
        N_("Already returned"),
        Sold.FRESH,
        (
            Step(("NothingLeft", "ShowingReturn"), _SCAN.coach),
            Step(("Ready",), N_("All of it came back before: tell the customer, then Cancel.")),
        ),
        before=True,
    ),
    Drill(
        "offline",
        N_("Offline"),
        Sold.OTHER_TILL,
        (
            Step(("ChoosingGoods",), N_("Another till sold it, the network is away: {receipt}")),
            _GOODS,
            _REASON,
            Step(("ConfirmingAmounts", "AwaitingOverride", "Denied"), _CONDITION.coach),
            Step(
                ("WaitingForCustomer", "PayingCash", "Ready"),
                N_("Offline is marked and capped. Confirm, or Cancel where it is refused."),
            ),
        ),
    ),
    Drill(
        "paper",
        N_("Paper out"),
        Sold.FRESH,
        (
            _SCAN,
            *_TO_AMOUNTS,
            Step(("SlipBlocked",), _AMOUNTS.coach),
            Step(
                ("WaitingForCustomer", "PayingCash"),
                N_("Open the cover, new roll, close it, then Confirm. (Here: as if.)"),
            ),
        ),
        Trouble.PAPER_OUT,
    ),
    Drill(
        "pulled",
        N_("Printer pulled"),
        Sold.FRESH,
        (
            _SCAN,
            *_TO_AMOUNTS,
            Step(("SlipUncertain",), _AMOUNTS.coach),
            Step(
                ("WaitingForCustomer", "PayingCash"),
                N_("Cable back in. The slip is not whole: F3 prints it again, marked COPY."),
            ),
        ),
        Trouble.PULLED,
    ),
    Drill(
        "power",
        N_("Power cut"),
        Sold.FRESH,
        (
            _SCAN,
            *_TO_AMOUNTS,
            Step(("SlipUncertain",), _AMOUNTS.coach),
            Step(
                ("WaitingForCustomer", "PayingCash"),
                N_("The return is saved. Look at the slip: whole is Confirm, else F3."),
            ),
        ),
        Trouble.POWER_CUT,
    ),
    Drill(
        "override",
        N_("Override"),
        Sold.LATE,
        (
            _SCAN,
            _GOODS,
            _REASON,
            Step(("AwaitingOverride",), _CONDITION.coach),
            Step(
                ("EnteringOverridePin",), N_("Too late for you alone. The leader here is {leader}.")
            ),
            Step(("ChoosingOverrideReason",), N_("The leader types the PIN, here {pin}.")),
            Step(("ConfirmingAmounts",), N_("The leader says why.")),
            _AMOUNTS,
        ),
    ),
    Drill(
        "declined",
        N_("Declined"),
        Sold.OLD,
        (
            _SCAN,
            _GOODS,
            _REASON,
            Step(("Denied",), _CONDITION.coach),
            Step(("Ready",), N_("Read the rule to the customer, stay friendly, then Confirm.")),
        ),
    ),
)
