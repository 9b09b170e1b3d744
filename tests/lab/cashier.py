"""The cashier's walk through one return, step by step, each on the screen it is made on."""

from collections.abc import Callable

from terminal import demo_shop
from terminal.ui.words import Words
from tests.lab.rootfs import PIN
from tests.lab.shop import TODAY
from tests.lab.unit import Unit

W = Words("zh_CN")
NUMBER = "R-0571-03-000001"
# By hand, in tests/demo: the oil and one of two cartons of milk of a sale with an order discount.
REFUND, LEFT, WALLET, CASH = "65.79", "29.21", "41.55", "24.24"

READY, SIGN_ON = W("Scan the receipt"), W("Scan your badge")
GOODS = W("Scan the goods that come back; each scan adds one")
WAITING = W("Waiting for the customer")
COUNT_IT_OUT = W("The drawer is open. Count it out, close the drawer, confirm.")
ACCEPTED = W("Accepted; the money is on its way")


def receipt(sale: demo_shop.DemoSale = demo_shop.MAIN) -> str:
    return sale.receipt_no(TODAY)


AGAIN = W("That scan was not complete. Please scan again.")
SILENCE = 30.0  # s


def scan(unit: Unit, code: str, *then: str, by: str = "wedge") -> str:
    """The first of `then` that is seen. Scanned again when asked to: an emulated bus may pause
    inside a code. The question stays until a code is whole, so it is asked anew only in silence.
    """
    unit.scan(code, by=by)
    said = unit.see_one(*then, AGAIN)
    for _ in range(3):
        if said != AGAIN:
            break
        unit.scan(code, by=by)
        said = unit.saw(*then, seconds=SILENCE) or AGAIN
    said = unit.see_one(*then)
    unit.see(said)
    return said


def take_note(unit: Unit) -> None:
    """That a scan was not complete: any key takes the notice away."""
    unit.press("1", "\b")
    unit.see_no_more(AGAIN)


def sign_on(unit: Unit) -> None:
    unit.see(SIGN_ON)
    unit.listens()
    unit.type(demo_shop.CASHIER)
    unit.see(W("Cover the keys while you type."))
    unit.type(PIN)
    unit.see(READY)


def open_receipt(unit: Unit, by: str = "wedge") -> None:
    unit.see(READY)
    scan(unit, receipt(), GOODS, by=by)


def choose_goods(unit: Unit, by: str = "wedge") -> None:
    unit.see(GOODS)
    scan(unit, demo_shop.OIL.gtin, "49.35", by=by)
    scan(unit, demo_shop.MILK.gtin, REFUND, by=by)
    unit.press("ret")


def say_why(unit: Unit, _by: str = "wedge") -> None:
    unit.see(W("Why does it come back?"))
    unit.press("1")
    unit.see(W("How do the goods look?"))
    unit.press("2")


def confirm_amounts(unit: Unit, _by: str = "wedge") -> None:
    unit.see(LEFT)
    unit.press("ret")


def hand_over_slip(unit: Unit, _by: str = "wedge") -> None:
    unit.see(WAITING, NUMBER)


def sign(unit: Unit, _by: str = "wedge") -> None:
    unit.see(WAITING)
    unit.press("f2")
    unit.see(W("Then press Confirm."))
    unit.press("ret")


def pay_cash(unit: Unit, _by: str = "wedge") -> None:
    unit.see(CASH, COUNT_IT_OUT)
    unit.press("ret")


def accept(unit: Unit, by: str = "wedge") -> None:
    unit.see(ACCEPTED)
    scan(unit, NUMBER, W("Recorded"), by=by)
    unit.press("esc")
    unit.see(READY)


Step = Callable[[Unit, str], None]
# Each begins by waiting for its screen, so a fault may come between any two.
STEPS: tuple[Step, ...] = (
    open_receipt,
    choose_goods,
    say_why,
    confirm_amounts,
    hand_over_slip,
    sign,
    pay_cash,
    accept,
)


def whole_return(
    unit: Unit, by: str = "wedge", between: Callable[[Step], None] = lambda _: None
) -> None:
    """From the ready screen to the ready screen; `between` is called before each step."""
    for step in STEPS:
        between(step)
        step(unit, by)
