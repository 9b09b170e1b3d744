"""Figures for Prometheus: what passed through this process, and how the shop's matters stand.

Law of the file: a label is a word of ours (a route, a verdict, a state) or a terminal's name, never
a person, a number or a path.
"""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.metrics_core import GaugeMetricFamily
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backoffice.db.tables import (
    Branch,
    ConflictCase,
    FeedHead,
    ParkedRecord,
    Refund,
    RefusedRecord,
    Return,
    Terminal,
)
from backoffice.office import Office


class Figures:
    """One process' registry."""

    def __init__(self, office: Office) -> None:
        self.registry = CollectorRegistry()
        self.requests = Histogram(
            "returns_request_seconds",
            "Requests by side, route and status",
            ("side", "route", "method", "status"),
            registry=self.registry,
        )
        self.records = Counter(
            "returns_records_total", "Records by verdict", ("verdict",), registry=self.registry
        )
        self.registry.register(_Standing(office))


class _Standing:
    """Read from the database at each scrape."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def collect(self) -> Iterator[GaugeMetricFamily]:
        with self._office.reading() as session:
            yield from _counts(session)
            yield from _terminals(session, self._office.clock())


def _counts(session: Session) -> Iterator[GaugeMetricFamily]:
    for name, words, column in (
        ("returns_returns", "Returns by state", Return.state),
        ("returns_refunds", "Refunds by state", Refund.state),
    ):
        gauge = GaugeMetricFamily(name, words, labels=["state"])
        for state, count in session.execute(select(column, func.count()).group_by(column)):
            gauge.add_metric([state], count)
        yield gauge
    for name, words, condition in (
        ("returns_conflicts_open", "Conflicts to be decided", ConflictCase.closed_at.is_(None)),
        ("returns_parked_open", "Records not understood", ParkedRecord.settled_at.is_(None)),
        ("returns_refused", "Records kept aside", RefusedRecord.id > 0),
    ):
        count = session.scalars(select(func.count()).where(condition)).one()
        yield GaugeMetricFamily(name, words, value=count)
    head = session.scalars(select(FeedHead.cursor)).one()
    yield GaugeMetricFamily("returns_feed_cursor", "The feed's newest cursor", value=head)


def _terminals(session: Session, now: int) -> Iterator[GaugeMetricFamily]:
    silent = GaugeMetricFamily(
        "returns_terminal_silent_seconds", "Since a terminal last delivered", labels=["terminal"]
    )
    live = select(Terminal.name, Terminal.seen_at).where(Terminal.revoked_at.is_(None))
    for name, seen in session.execute(live):
        if seen is not None:
            silent.add_metric([name], (now - seen) / 1000)
    yield silent
    acked = GaugeMetricFamily(
        "returns_terminal_acked", "A terminal's last record here", labels=["terminal"]
    )
    newest = (
        select(Branch.terminal, func.max(Branch.number).label("number"))
        .group_by(Branch.terminal)
        .subquery()
    )
    heads = select(Branch.terminal, Branch.acked).join(
        newest, (newest.c.terminal == Branch.terminal) & (newest.c.number == Branch.number)
    )
    for name, seq in session.execute(heads):
        acked.add_metric([name], seq)
    yield acked
