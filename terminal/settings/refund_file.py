"""policy.toml [refund] -> how money may go back."""

from msgspec import Struct

from terminal.core.tenders import CASH, CREDIT
from terminal.core.words import Worded, sentence
from terminal.settings.reading import Table

DAYS_MAX = 3650


class RefundFile(Struct, frozen=True):
    arrival: Worded
    to: tuple[tuple[str, tuple[str, ...]], ...]
    credit_days: int
    parts_tomorrow: tuple[str, ...]


def read(table: Table) -> RefundFile:
    """A tender goes back as itself or as store credit: a rail moves what came by it, no other."""
    ways, parts = table.table("to"), table.table("same_day_part")
    choices = {"allow": False, "tomorrow": True}
    found = RefundFile(
        arrival=table.worded("arrival"),
        to=tuple((tender, _ways(ways, tender)) for tender in ways.names()),
        credit_days=table.whole("credit_days", 1, DAYS_MAX, 365),
        parts_tomorrow=tuple(one for one in parts.names() if parts.choice(one, choices)),
    )
    table.close()
    return found


def _ways(table: Table, tender: str) -> tuple[str, ...]:
    ways = table.texts(tender)
    if not ways or not set(ways) <= {tender, CREDIT}:
        table.problem(
            tender,
            sentence('must be of "{tender}" and "{credit}"', tender=tender, credit=CREDIT),
        )
        return (tender,)
    return ways


def without_sale(table: Table, tenders: tuple[str, ...]) -> None:
    """Notes a way that cannot be gone where nobody knows how it was paid."""
    if not set(tenders) <= {CASH, CREDIT}:
        table.problem("tenders", sentence("may be cash and credit alone"))
