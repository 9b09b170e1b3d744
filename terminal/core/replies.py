"""What the world answers, and what happens to the unit itself."""

from terminal.core.case import Case
from terminal.core.day import DaySheet
from terminal.core.declared import Article
from terminal.core.happened import Happened
from terminal.core.kinds import SoFar
from terminal.core.people import Member, Staff
from terminal.core.refusals import Refusal
from terminal.core.returns import Return, Returned, ReturnKind
from terminal.core.rules import Rules
from terminal.core.sale import SaleSummary
from terminal.core.shop import ShopState

# Replies. Each carries the id of its ask (or print job); a late one is dropped and counted.


class Reply(Happened, frozen=True, kw_only=True):
    ask: str


class StaffAccepted(Reply, frozen=True):
    """`shift_missing`: the shop wants a shift opened before anything else is done."""

    staff: Staff
    shift_missing: bool = False


class StaffRefused(Reply, frozen=True):
    refusal: Refusal


class StaffListed(Reply, frozen=True):
    """Everybody who ever was on the register, by number."""

    members: tuple[Member, ...]


class SecretHeld(Reply, frozen=True):
    """A new PIN or badge will do; the register holds its hash under the ask's id."""


class SaleFound(Reply, frozen=True):
    """`open_return` is one of this sale that still waits for its customer or its cash."""

    case: Case
    rules: Rules
    open_return: Return | None = None


class SeveralFound(Reply, frozen=True):
    sales: tuple[SaleSummary, ...]


class NothingFound(Reply, frozen=True):
    """No sale on file fits the query. `unasked`: the back office could not be asked as well."""

    unasked: bool = False


class SaleUnreadable(Reply, frozen=True):
    """The sale is on file, but not as it was stored."""


class KindOpened(Reply, frozen=True):
    """The rules for a return without a sale on file, and what such returns came to."""

    kind: ReturnKind
    rules: Rules
    so_far: SoFar


class ArticleKnown(Reply, frozen=True):
    """What the price list says of a code; None when it does not name it, or names several."""

    article: Article | None


class ReturnFound(Reply, frozen=True):
    ret: Return


class ReturnMissing(Reply, frozen=True):
    """No return of that number or short code on file."""


class ShopReplied(Reply, frozen=True):
    """What the shop says of a return that was asked about; `fault` is why it could not be asked."""

    state: ShopState | None
    fault: str = ""


class DayRead(Reply, frozen=True):
    sheet: DaySheet


class PrinterAgreed(Reply, frozen=True):
    """The printer answers, has paper and is closed. Nothing of the slip has left yet."""


class PrinterRefused(Reply, frozen=True):
    """Nothing of the slip has left; `fault` names what is in the way (printer.spool faults)."""

    fault: str


class SlipCameOut(Reply, frozen=True):
    """`confirmed`: the printer said so itself; otherwise all bytes went out without complaint."""

    confirmed: bool


class SlipFateUnknown(Reply, frozen=True):
    """Bytes left, the end was not seen."""

    fault: str


# The shop, the record, and the unit itself.


class ShopTold(Happened, frozen=True):
    """The shop says, unasked, how a return of ours stands now."""

    state: ShopState


class RecordRefused(Happened, frozen=True):
    """The transaction that reserves the number found a cap exceeded; nothing was written."""

    refusal: Refusal


class SumsChanged(Happened, frozen=True):
    """What came back of the sale is not what the amounts were reckoned on; nothing was written."""

    returned: Returned


class Restarted(Happened, frozen=True):
    """The program started in a state that an earlier run had committed."""


class IdleTooLong(Happened, frozen=True):
    """No key and no scan for the shop's lock time."""


class DrawerFailed(Happened, frozen=True):
    """The drawer could not be kicked."""
