"""A return before it is recorded: it can be dropped at any moment and nothing has happened."""

from msgspec import Struct
from msgspec.structs import replace

from terminal.core.case import Case
from terminal.core.people import Staff
from terminal.core.policy import Decision
from terminal.core.returns import Chosen, Return, ReturnKind
from terminal.core.rules import Rules
from terminal.core.sale import SaleLine


class Draft(Struct, frozen=True):
    """What the cashier has chosen so far, under the rules that were in force when it was opened."""

    cashier: Staff
    case: Case
    rules: Rules
    chosen: tuple[Chosen, ...] = ()
    decision: Decision | None = None
    evidence: tuple[str, ...] = ()  # what the cashier has seen, by Evidence value
    approver: Staff | None = None
    override_reason: str = ""
    bought: tuple[SaleLine, ...] = ()  # new goods, in an exchange
    refund_to: str = ""  # the way that the cashier chose, where a tender may go to it
    open_return: Return | None = None  # of the same sale, still waiting
    kind: ReturnKind = ReturnKind.VERIFIED
    replaces: Return | None = None  # the recorded one that inspection (验货) corrects

    def chosen_of(self, line: int) -> Chosen | None:
        return next((one for one in self.chosen if one.line == line), None)

    @property
    def settling(self) -> tuple[Chosen, ...]:
        """The chosen lines as they are settled: an amount given back takes no goods."""
        return tuple(
            replace(one, quantity=0, serials=()) if one.amount is not None else one
            for one in self.chosen
        )

    @property
    def reason_at(self) -> int:
        """Where the mark stands among the reasons: on the one chosen before, else on the first."""
        codes = [one.code for one in self.rules.reasons]
        return next((codes.index(one.reason) for one in self.chosen if one.reason in codes), 0)

    def with_quantity(self, line: int, quantity: int) -> "Draft":
        """This draft with `quantity` of `line` going back; 0 takes the line off. Kept in order.

        Whatever was decided on other goods is forgotten: policy is asked again.
        """
        before = self.chosen_of(line)
        rest = tuple(one for one in self.chosen if one.line != line)
        if quantity:
            now = before or Chosen(line, quantity)
            fewer = quantity < now.quantity  # nobody knows which of the named pieces stays
            serials = () if fewer else now.serials
            reason = now.reason if now.amount is None else ""  # it was a reason for money alone
            now = replace(now, quantity=quantity, reason=reason, amount=None, serials=serials)
            rest = tuple(sorted((*rest, now), key=lambda one: one.line))
        return replace(self, chosen=rest).undecided()

    def with_all(self, **changes: object) -> "Draft":
        """This draft with the same reason or condition for every chosen line."""
        chosen = tuple(replace(one, **changes) for one in self.chosen)
        return replace(self, chosen=chosen).undecided()

    def with_line(self, line: int, **changes: object) -> "Draft":
        chosen = tuple(replace(one, **changes) if one.line == line else one for one in self.chosen)
        return replace(self, chosen=chosen).undecided()

    def undecided(self) -> "Draft":
        return replace(self, decision=None, evidence=(), approver=None, override_reason="")
