"""Who may do what: the table of rights, row by row, and that steps and keys obey it."""

import pytest

from terminal.core.events import (
    Cancelled,
    Confirmed,
    Moment,
    OfficeChosen,
    StaffAccepted,
)
from terminal.core.flow import RETURN
from terminal.core.people import RIGHTS, Right, Role, Staff, Task
from terminal.core.states import CheckingStaff, ChoosingTask, Ready, SignedOff
from terminal.ui.keys import bindings
from tests.fakes.moments import TODAY

MOMENT = Moment(TODAY, "ask", 0, "R-0571-03-000001", 1, 1000)
TABLE = {
    #                   serves  approves  day  staff  trains
    Role.CASHIER: (True, False, False, False, False),
    Role.SHIFT_LEADER: (True, True, True, False, False),
    Role.MANAGER: (True, True, True, True, True),
    Role.TRAINER: (True, False, False, False, True),
    Role.ENGINEER: (False, False, False, False, True),
}


@pytest.mark.parametrize("role", Role)
def test_each_role_may_do_what_the_shop_agreed_and_nothing_more(role: Role) -> None:
    assert tuple(role.may(right) for right in Right) == TABLE[role]
    assert set(RIGHTS) == set(Role)


@pytest.mark.parametrize("role", Role)
def test_who_may_not_serve_customers_never_comes_to_the_receipt(role: Role) -> None:
    staff = Staff("1", "x", role)
    state = RETURN.advance(
        CheckingStaff("ask"), StaffAccepted(staff, ask="ask", moment=MOMENT)
    ).state
    assert state == (Ready(staff) if role.may(Right.SERVE) else ChoosingTask(staff, 0))
    away = RETURN.advance(ChoosingTask(staff, 0), Cancelled(moment=MOMENT)).state
    assert away == (Ready(staff) if role.may(Right.SERVE) else SignedOff())


@pytest.mark.parametrize("role", Role)
def test_the_office_shows_each_role_its_own_tasks_alone(role: Role) -> None:
    staff = Staff("1", "x", role)
    wanted = tuple(task for task in Task if role.may(task.value))
    assert staff.tasks == wanted
    shown = any(one.cap == "F4" for one in bindings(Ready(staff)))
    assert shown is bool(wanted)
    step = RETURN.advance(Ready(staff), OfficeChosen(moment=MOMENT))
    assert step.state == (ChoosingTask(staff, 0) if wanted else Ready(staff))
    assert bool(step.asks) is not bool(wanted), "who has nothing to do there is told so"


def test_the_cursor_cannot_reach_a_task_of_another_role() -> None:
    trainer = Staff("3", "x", Role.TRAINER)
    step = RETURN.advance(ChoosingTask(trainer, 1), Confirmed(moment=MOMENT))
    assert step.state == ChoosingTask(trainer, 1)
