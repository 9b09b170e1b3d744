"""Until when what is kept: the office's terms as moments and days, and what was erased (pure)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from backoffice.db.months import first_id
from backoffice.settings import Retention
from backoffice.states import State

DAY_MS = 86_400_000
SLACK_DAYS = 30  # what is over (a code, a certificate) is of use to an engineer for so long
NEEDED = (  # a return in one of these states still needs what is personal of it and of its sale
    State.SUBMITTED, State.APPROVED, State.CONFLICT, State.CONFIRMED, State.REFUNDING,
    State.PROBLEM,
)  # fmt: skip


@dataclass(frozen=True)
class Terms:
    """What is older than these is erased; days are ISO, in UTC. `future_id`: no clock is so far."""

    personal_ms: int
    personal_day: str
    personal_id: str
    future_id: str
    sales_day: str
    audit_ms: int
    over_ms: int


def terms_of(retention: Retention, now_ms: int) -> Terms:
    """The terms at a moment."""
    today = datetime.fromtimestamp(now_ms / 1000, UTC).date()
    personal = today - timedelta(days=retention.personal_days)
    return Terms(
        personal_ms=now_ms - retention.personal_days * DAY_MS,
        personal_day=personal.isoformat(),
        personal_id=first_id(personal),
        future_id=first_id(today + timedelta(days=2)),
        sales_day=(today - timedelta(days=retention.sales_days)).isoformat(),
        audit_ms=now_ms - retention.audit_days * DAY_MS,
        over_ms=now_ms - SLACK_DAYS * DAY_MS,
    )


@dataclass
class Erased:
    """How much: personal parts of records, of returns, of sales; sales pruned; bytes that were
    refused; rows of no use any more (sessions, codes, certificates, notices, audit).
    """

    records: int = 0
    returns: int = 0
    sales: int = 0
    pruned: int = 0
    refused: int = 0
    rows: int = 0

    @property
    def any(self) -> bool:
        return any(vars(self).values())

    def told(self) -> str:
        return ", ".join(f"{name} {count}" for name, count in vars(self).items() if count)
