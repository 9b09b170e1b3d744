"""Who stands at the unit, and what they may do there.

Law of the file: RIGHTS is the only place that says what a role may do; steps and keys ask it.
"""

from enum import Enum

from msgspec import Struct

from terminal.core.personal import Personal


class Role(Enum):
    CASHIER = "cashier"
    SHIFT_LEADER = "shift_leader"
    MANAGER = "manager"
    TRAINER = "trainer"
    ENGINEER = "engineer"

    def may(self, right: "Right") -> bool:
        return right in RIGHTS[self]


class Right(Enum):
    SERVE = "serve"  # take returns and pay them
    APPROVE = "approve"  # answer for what a cashier alone may not do (店长授权)
    DAY = "day"  # see everybody's figures, count another's shift
    STAFF = "staff"  # who may sign on: add, new PIN, badge, unlock, leave
    TRAIN = "train"  # open the training room


# Whoever may approve also serves; an engineer comes to the unit, never to the shop's money.
RIGHTS: dict[Role, frozenset[Right]] = {
    Role.CASHIER: frozenset({Right.SERVE}),
    Role.SHIFT_LEADER: frozenset({Right.SERVE, Right.APPROVE, Right.DAY}),
    Role.MANAGER: frozenset(Right),
    Role.TRAINER: frozenset({Right.SERVE, Right.TRAIN}),
    Role.ENGINEER: frozenset({Right.TRAIN}),
}


class Task(Enum):
    """What is done in the office, away from customers; each wants a right of its own."""

    STAFF = Right.STAFF
    TRAINING = Right.TRAIN


class Staff(Struct, frozen=True):
    """One person by their number; the name never leaves the unit."""

    number: str
    name: Personal
    role: Role

    @property
    def tasks(self) -> tuple[Task, ...]:
        return tuple(task for task in Task if self.role.may(task.value))


class Member(Struct, frozen=True):
    """One line of the staff list. `new`: not on the list yet."""

    staff: Staff
    has_badge: bool = False
    locked: bool = False
    gone: bool = False  # has left the company
    new: bool = False
