"""Who stands at the unit."""

from enum import Enum

from msgspec import Struct

from terminal.core.personal import Personal


class Role(Enum):
    CASHIER = "cashier"
    SHIFT_LEADER = "shift_leader"
    MANAGER = "manager"

    @property
    def may_override(self) -> bool:
        """Whether this role may answer for what a cashier alone may not do (店长授权)."""
        return self is not Role.CASHIER

    @property
    def sees_the_day(self) -> bool:
        """Whether this role sees everybody's figures, and not only those of the own shift."""
        return self in (Role.SHIFT_LEADER, Role.MANAGER)


class Staff(Struct, frozen=True):
    """One person by their number; the name never leaves the unit."""

    number: str
    name: Personal
    role: Role
