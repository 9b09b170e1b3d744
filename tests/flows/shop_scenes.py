"""How a till comes to what the shop tells: its policy, and another till's return."""

from drivers.values import Key
from terminal.core.shop import ShopState, Standing
from tests.flows.cashier import Till
from tests.flows.shop_office import Office


def reading_notice(till: Till) -> None:
    till.presses(Key.F5)


def asking_shop(till: Till) -> None:
    till.shop.up = True
    till.scans("R-0571-04-000007")


def showing_elsewhere(till: Till) -> None:
    asking_shop(till)
    elsewhere = ShopState("id", "R-0571-04-000007", "0571-04", 1, Standing.APPROVED)
    Office(till).replies(elsewhere)


SCENES = {
    "AskingShop": asking_shop,
    "ShowingElsewhere": showing_elsewhere,
    "ReadingNotice": reading_notice,
}
