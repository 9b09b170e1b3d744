"""What lies on the counter while a return is made: the sale, and all that went back before."""

from datetime import date

from msgspec import Struct

from terminal.core.kinds import SoFar
from terminal.core.returns import Returned, ReturnKind
from terminal.core.sale import Sale


class EarlierReturn(Struct, frozen=True):
    """An earlier return by the same card or phone, of whatever sale; `by` is card or phone."""

    number: str
    day: date
    by: str


class Case(Struct, frozen=True):
    """The file on the counter: a sale, how well it is known, and what went back before now.

    `earlier` are returns of other sales by the same card or phone, as far back as the policy
    counts; a policy that counts nothing leaves them out.
    """

    sale: Sale
    returned: Returned
    kind: ReturnKind = ReturnKind.VERIFIED
    so_far: SoFar = SoFar()
    earlier: tuple[EarlierReturn, ...] = ()
