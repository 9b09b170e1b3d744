"""What a cashier does who wants this customer served: parts and whole sales, overcharges, pieces,
inspections, shifts.
"""

import random
from typing import get_args

from drivers.values import Key
from terminal.core import states
from terminal.core.sale import Sale, SaleLine
from tests.flows.cashier import Till

COUNT_THE_DRAWER = 0.15  # of the times at the ready screen
ALL_OF_IT = 0.2
OVERCHARGED = 0.25  # of the times that a reason is asked for
INSPECTED = 0.3  # of the times that a customer is waited for
AWAY = 0.7  # of the times that a screen is no part of serving somebody
ASIDE = (
    *get_args(states.Search),
    *get_args(states.DeclaredState),
    *get_args(states.Office),
    *get_args(states.DayState),
    states.ReadingNotice,
)
LAST_COUNT = "500⏎⏎✗"  # a total, it is right, and away from the day's screen


def serve(till: Till, sales: tuple[Sale, ...], chance: random.Random) -> bool:
    """One step towards the money; False where it is for others to say what."""
    match till.state:
        case states.Ready():
            if chance.random() < COUNT_THE_DRAWER:
                _counts_the_drawer(till)
            else:
                till.scans(_one_of(sales, chance).receipt_no)
        case states.ChoosingGoods() as state:
            _chooses(till, state, chance)
        case states.ScanningSerials() as state:
            till.scans(chance.choice(_line(state).serials or ("SN-9",)))
        case states.ChoosingReason() if chance.random() < OVERCHARGED:
            till.picks("多收款")
        case states.EnteringDifference():
            till.types(chance.choice(("0.01⏎", "1⏎", "9.99⏎")))
        case states.WaitingForCustomer() if chance.random() < INSPECTED:
            till.presses(Key.F4, printer=False)
        case states.ChoosingReason() | states.ChoosingCondition():
            till.presses(chance.choice((Key.DOWN, Key.CONFIRM)), printer=False)
        case states.ChoosingOverrideReason():
            till.types("1")
        case states.ConfirmingAmounts() | states.CheckingLines():
            till.presses(Key.CONFIRM, printer=False)
        case state if isinstance(state, ASIDE) and chance.random() < AWAY:
            till.presses(Key.CANCEL, printer=False)
        case _:
            return False
    return True


def _counts_the_drawer(till: Till) -> None:
    """A shift is opened, or the one that is open is closed, if it is one's own to close."""
    till.presses(Key.F6, Key.F1, Key.F1)
    if isinstance(till.state, states.CountingTotal):
        till.types(LAST_COUNT)


def _one_of(sales: tuple[Sale, ...], chance: random.Random) -> Sale:
    """The later in the list the more often, so that the same sale comes back in many parts."""
    return sales[max(chance.randrange(len(sales)) for _ in range(3))]


def _chooses(till: Till, state: states.ChoosingGoods, chance: random.Random) -> None:
    """All of it, or some goods; of what was sold together one piece each."""
    sale = state.draft.case.sale
    if chance.random() < ALL_OF_IT:
        till.presses(Key.F1)
    else:
        tied = {line for bundle in sale.bundles for line in bundle.lines}
        alone = tuple((line.line,) for line in sale.lines if line.line not in tied)
        together = (*(bundle.lines for bundle in sale.bundles), *alone)
        for lines in chance.choices(together, k=chance.randint(1, 2)):
            for line in sale.lines:
                if line.line in lines:
                    till.scans(line.gtin or line.sku)
    till.presses(Key.CONFIRM, printer=False)


def _line(state: states.ScanningSerials) -> SaleLine:
    return next(one for one in state.draft.case.sale.lines if one.line == state.line)
