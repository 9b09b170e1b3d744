"""The customer and the money."""

from msgspec import Struct

from terminal.core.effects import Query
from terminal.core.people import Staff
from terminal.core.returns import Return


class WaitingForCustomer(Struct, frozen=True):
    cashier: Staff
    ret: Return


class ShopDecided(Struct, frozen=True):
    """The shop has answered (`ret.shop`): yes, no, or a conflict. The cashier acts on it."""

    cashier: Staff
    ret: Return


class Inspecting(Struct, frozen=True):
    """The sale of a recorded return is looked up again, to go through its goods anew (验货)."""

    cashier: Staff
    ret: Return
    ask: str

    @property
    def query(self) -> Query:
        return Query(sale_id=self.ret.sale_id)


class TakingSignature(Struct, frozen=True):
    cashier: Staff
    ret: Return


class PayingCash(Struct, frozen=True):
    """The drawer is open; the cashier counts out."""

    cashier: Staff
    ret: Return


class ConfirmingVoid(Struct, frozen=True):
    cashier: Staff
    ret: Return
