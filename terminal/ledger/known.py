"""What the store knows beyond one sale: prices, and what each kind of return has come to."""

from datetime import date

from msgspec.structs import replace

from storage.kinds import UNVERIFIED
from storage.store import Reader
from terminal.core.declared import Article
from terminal.core.kinds import SoFar
from terminal.core.refusals import Refusal, Why
from terminal.core.returns import RefundedTender, Returned, ReturnedLine, ReturnKind
from terminal.core.rules import Rules
from terminal.core.sale import Sale
from terminal.core.settlement import fits
from terminal.core.states import ConfirmingAmounts, State
from terminal.ledger.refused import NotWritten, Outdated
from terminal.ledger.stored import article_of


class Known:
    """Reads alone; the ledger has the store and the rules."""

    _store: Reader
    _rules: Rules

    def article(self, code: str, day: date) -> Article | None:
        """What the price list asks for it on this day, in the currency of this unit."""
        found = self._store.price_of(code, day.isoformat())
        priced_here = found is not None and found.currency == self._rules.currency.code
        return article_of(found) if found is not None and priced_here else None

    def so_far(self, kind: ReturnKind, receipt_no: str, day: date) -> SoFar:
        """What this kind came to; with a sale on file, also what came back before it was."""
        on = day.isoformat()
        unsold = 0
        if kind in (ReturnKind.VERIFIED, ReturnKind.OFFLINE):
            unsold = self._store.kind_so_far(UNVERIFIED, receipt_no, on).receipt_amount
        if kind is ReturnKind.VERIFIED:
            return SoFar(unsold=unsold)
        found = self._store.kind_so_far(kind.value, receipt_no, on)
        return SoFar(found.receipt_amount, found.day_amount, found.day_count, unsold)

    def kind_of(self, sale: Sale) -> ReturnKind:
        """What a return of this sale is, before its amounts are known."""
        if sale.declared:
            return ReturnKind.UNVERIFIED if sale.receipt_no else ReturnKind.BLIND
        return ReturnKind.VERIFIED if self._rules.ours(sale.receipt) else ReturnKind.OFFLINE

    def check_seen(self, left: State | None) -> None:
        """Raises NotWritten where more came back of the sale than the amounts on the screen know.

        Nothing comes between this and the commit: who takes in what the office says is the writer.
        """
        if not isinstance(left, ConfirmingAmounts):
            return
        draft = left.draft
        returned = self._returned(draft.case.sale.id)
        if draft.replaces is not None:
            returned = returned.without(draft.replaces)
        if returned == draft.case.returned:
            return
        if not fits(replace(draft.case, returned=returned), draft.settling):
            raise NotWritten(Refusal(Why.CAP_REACHED))
        raise Outdated(returned)

    def _returned(self, sale_id: str) -> Returned:
        found = self._store.returned(sale_id)
        return Returned(
            lines=tuple(
                ReturnedLine(
                    *(one.line, one.quantity, one.amount, one.tax),
                    tuple(it.number for it in found.serials if it.line == one.line),
                )
                for one in found.lines
            ),
            tenders=tuple(RefundedTender(one.position, one.amount) for one in found.tenders),
            fees=found.fees,
            shortfall=found.shortfall,
            gifts=found.gifts,
        )
