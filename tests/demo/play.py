"""The script: cashier, customer and office, each on what the others did."""

import time
from datetime import datetime
from pathlib import Path

import zxingcpp
from PIL import Image

from terminal import demo_shop
from tests.demo.around import CLERK, PASSWORD, Around
from tests.demo.hands import CANCEL, CONFIRM, Hands
from tests.demo.people import PATIENCE_S, Lost, Person, visitors
from tests.fakes.printer import Machine

# Worked by hand: 59.90 + 39.90 + 15.50 less 20.00 and 0.30 is 49.35 + 32.88 + 12.77 = 95.00, so the
# oil and one of two cartons of milk are 49.35 + 16.44 = 65.79; over 60.00 and 35.00 by share.
REFUND, LEFT, WALLET, CASH = "65.79", "29.21", "41.55", "24.24"
NUMBER = "R-0571-03-000001"
PHONE, SCREEN = (390, 844), (1280, 800)


class Play:
    """One return with everybody in it."""

    def __init__(self, hands: Hands, around: Around, machine: Machine, folder: Path) -> None:
        self._hands = hands
        self._around = around
        self._machine = machine
        self._folder = folder

    def all(self) -> None:
        """Raises Missed or Lost where a step went another way."""
        (self._folder / "pages").mkdir(exist_ok=True)
        self._records()
        url = self._scanned()
        with visitors(self._folder / "pages") as person:
            customer, office = person("customer", PHONE), person("office", SCREEN)
            customer.sees(url, "金龙鱼 大豆油 5L", "49.35", "16.44", REFUND, WALLET, CASH)
            customer.presses("核对无误，提交退货")
            self._hands.sees("Submitted")
            self._approves(office)
            customer.sees(url, "门店已同意退货")
            self._pays()
            customer.sees(url, "已退款", WALLET)
            self._looks_again()

    def _records(self) -> None:
        today = datetime.now().astimezone().date()
        hands = self._hands
        hands.press("Scan your badge", *demo_shop.CASHIER, CONFIRM)
        hands.press("Cover the keys while you type.", *demo_shop.CASHIER_PIN, CONFIRM)
        hands.scan("Scan the receipt", demo_shop.MAIN.receipt_no(today))
        hands.scan("Scan the goods that come back; each scan adds one", demo_shop.OIL.gtin)
        hands.scan("49.35", demo_shop.MILK.gtin)
        hands.press(REFUND, CONFIRM)
        hands.press("Why does it come back?", "1")
        hands.press("How do the goods look?", "2")
        hands.press(LEFT, CONFIRM)
        hands.sees("Let the customer scan")

    def _scanned(self) -> str:
        """What a phone reads off the paper, as a browser opens it."""
        due = time.monotonic() + PATIENCE_S
        while time.monotonic() < due:
            for slip in self._machine.save(self._folder / "slips"):
                found = zxingcpp.read_barcodes(Image.open(slip).convert("L"))
                if found:
                    scheme, rest = found[0].text.split("://", 1)
                    return f"{scheme.lower()}://{rest}"
            time.sleep(0.1)
        raise Lost("no slip with a code came out of the printer")

    def _approves(self, office: Person) -> None:
        office.sees(self._around.desk, "登录")
        page = office.presses("登录", name=CLERK, password=PASSWORD)
        if NUMBER not in page:
            raise Lost(f"the queue does not show {NUMBER}:\n{page}")
        office.follows(NUMBER)
        office.presses("同意退货")

    def _pays(self) -> None:
        """The cash; then the result slip comes out, and the wallet's part is with its rail."""
        self._hands.press("Approved: pay the cash", CONFIRM)
        self._hands.sees(CASH)
        self._hands.press("The drawer is open. Count it out, close the drawer, confirm.", CONFIRM)

    def _looks_again(self) -> None:
        """The result slip scanned again says how it stands now."""
        self._hands.scan("Scan the receipt", NUMBER)
        self._hands.press("Refunded", CANCEL)
        self._hands.press("Scan the receipt", CANCEL)
        self._hands.press("Scan your badge")
