"""What the world answers, and what happens to the unit itself."""

from dataclasses import dataclass

from terminal.core.happened import Happened
from terminal.core.people import Staff
from terminal.core.refusals import Refusal
from terminal.core.returns import Case, Return
from terminal.core.rules import Rules
from terminal.core.sale import SaleSummary

# Replies. Each carries the id of its ask (or print job); a late one is dropped and counted.


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply(Happened):
    ask: str


@dataclass(frozen=True, slots=True)
class StaffAccepted(Reply):
    staff: Staff


@dataclass(frozen=True, slots=True)
class StaffRefused(Reply):
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class SaleFound(Reply):
    """`open_return` is one of this sale that still waits for its customer or its cash."""

    case: Case
    rules: Rules
    open_return: Return | None = None


@dataclass(frozen=True, slots=True)
class SeveralFound(Reply):
    sales: tuple[SaleSummary, ...]


class NothingFound(Reply):
    """No sale on file fits the query."""

    __slots__ = ()


class SaleUnreadable(Reply):
    """The sale is on file, but not as it was stored."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class ReturnFound(Reply):
    ret: Return


class ReturnMissing(Reply):
    """No return of that number or short code on file."""

    __slots__ = ()


class PrinterAgreed(Reply):
    """The printer answers, has paper and is closed. Nothing of the slip has left yet."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class PrinterRefused(Reply):
    """Nothing of the slip has left; `fault` names what is in the way (printer.spool faults)."""

    fault: str


@dataclass(frozen=True, slots=True)
class SlipCameOut(Reply):
    """`confirmed`: the printer said so itself; otherwise all bytes went out without complaint."""

    confirmed: bool


@dataclass(frozen=True, slots=True)
class SlipFateUnknown(Reply):
    """Bytes left, the end was not seen."""

    fault: str


# The record, and the unit itself.


@dataclass(frozen=True, slots=True)
class RecordRefused(Happened):
    """The transaction that reserves the number found a cap exceeded; nothing was written."""

    refusal: Refusal


class Restarted(Happened):
    """The program started in a state that an earlier run had committed."""

    __slots__ = ()


class IdleTooLong(Happened):
    """No key and no scan for the shop's lock time."""

    __slots__ = ()


class DrawerFailed(Happened):
    """The drawer could not be kicked."""

    __slots__ = ()
