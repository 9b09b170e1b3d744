"""The shop answers while a trainee has the screen: the unit hears it, the room does not."""

from pathlib import Path

from drivers.values import Key
from terminal.core import states
from terminal.core.returns import Status
from terminal.core.shop import Standing
from terminal.ledger.stored import stored_sale
from tests.flows.classroom import Classroom
from tests.flows.shelf import one_oil
from tests.flows.shop_office import Office
from tests.flows.test_shop_answers import WALLET


def test_a_real_return_is_handed_on_beside_the_training(tmp_path: Path) -> None:
    classroom = Classroom(tmp_path)
    till = classroom.till
    sold = one_oil(tenders=WALLET, number=2)
    till.store.add_sales([stored_sale(sold)])
    till.signs_on()
    till.returns_all(sold.receipt_no)
    till.presses(Key.CONFIRM, Key.F1, Key.CANCEL)
    classroom.enters()
    classroom.types("1")
    before = till.glass.shown[-1]
    office = Office(till)
    till.device = classroom.handle  # type: ignore[method-assign]  # as the loop does
    office.network(up=True)
    office.says(till.returns[0], Standing.APPROVED)
    assert till.returns[0].status is Status.ACCEPTED
    till.is_at(states.InTraining)
    assert till.glass.shown[-1] == before, "the trainee's screen stays as it was"
    classroom.doors.close()
    till.switch_off()
