"""Whether the back office is reached: a light, a line on the day's screen, never in the way."""

from drivers.values import Key
from terminal.core import states
from terminal.uplink.values import NetworkChanged
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.shelf import RECEIPT, groceries


def day(till: Till) -> None:
    till.presses(Key.F6)
    till.is_at(states.ShowingDay)


def test_a_unit_without_a_back_office_says_nothing_of_a_network(till: Till) -> None:
    till.sees_not("网络")


def test_the_day_s_screen_says_since_when_and_how_much_waits(make_till: MakeTill) -> None:
    till = make_till(groceries(), signed_on=False)
    till.signs_on("2001", "4321")
    till.device(NetworkChanged(up=False, why="timeout"))
    day(till)
    waiting = till.store.unsent_count()
    till.sees("网络", "14:05 起断网", "待上传记录", str(waiting))
    till.cancels()
    till.device(NetworkChanged(up=True))
    day(till)
    till.sees("14:05 起已连通")


def test_without_a_network_the_whole_return_goes_on(till: Till) -> None:
    till.device(NetworkChanged(up=False, why="timeout"))
    assert not till.screen.notices
    till.returns_all(RECEIPT)
    till.confirms()
    assert len(till.returns) == 1


def test_a_refused_record_is_told_until_somebody_has_looked(till: Till) -> None:
    till.device(NetworkChanged(up=True, stopped=True))
    till.is_told("拒收一条记录")
    till.scans(RECEIPT)
    till.is_told("拒收一条记录")
