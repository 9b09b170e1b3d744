"""policy.toml [kind.*] -> what each kind of return may come to."""

from terminal.core.kinds import Limits
from terminal.core.returns import ReturnKind
from terminal.core.words import sentence
from terminal.settings import refund_file
from terminal.settings.reading import Table

COUNT_MAX = 100_000
LIMITED = (ReturnKind.OFFLINE, ReturnKind.UNVERIFIED, ReturnKind.BLIND)


def read(table: Table, digits: int) -> tuple[tuple[ReturnKind, Limits], ...]:
    """A kind that is not named is off, but for offline returns, which are then not limited."""
    named = table.names()
    found = tuple(
        (kind, _limits(table.table(kind.value.lower()), digits, kind)) for kind in LIMITED
    )
    known = [kind.value.lower() for kind in LIMITED]
    for name in named:
        if name not in known:
            listed = ", ".join(known)
            table.problem(name, sentence("must be one of {listed}", listed=listed))
    return found


def _limits(table: Table, digits: int, kind: ReturnKind) -> Limits:
    limits = Limits(
        allowed=table.flag("allowed", default=kind is ReturnKind.OFFLINE),
        override=table.flag("override", default=kind is not ReturnKind.OFFLINE),
        amount=table.amount("amount", digits, "0"),
        day_amount=table.amount("day_amount", digits, "0"),
        day_count=table.whole("day_count", 0, COUNT_MAX, 0),
        tenders=table.texts("tenders"),
    )
    if limits.allowed and kind is not ReturnKind.OFFLINE and not limits.tenders:
        table.problem(
            "tenders",
            sentence('must name how money goes back, like ["cash"]'),
        )
    refund_file.without_sale(table, limits.tenders)
    table.close()
    return limits
