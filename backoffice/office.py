"""What every part of the back office is given: settings, database, clock, key, the feed's bell.

`reading`, `writing` and `write` are the only ways into the database. A writing transaction collects
what the terminals are to be told and writes it last, under the feed's lock, just before it commits.
`write` tries again where PostgreSQL broke a deadlock.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar

import msgspec
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from backoffice import feed
from backoffice.clock import Clock, wall_clock
from backoffice.db.engine import WRITING, one_writer, open_engine, snapshots
from backoffice.db.rows import put
from backoffice.db.tables import Base, ConflictCase, Refund
from backoffice.pepper import Pepper, open_pepper
from backoffice.settings import Settings

T = TypeVar("T")
TRIES = 5
_AGAIN = ("40001", "40P01")  # serialisation failure, deadlock
_ORDER = [one.name for one in Base.metadata.sorted_tables]


@dataclass
class Transaction:
    """One transaction that writes. `now` is the same for all of it, in milliseconds.

    `closing` are acts that are done once, before it commits, however often they were asked for.
    `fresh` are new rows, written together by `write`, each table after those it refers to.
    """

    session: Session
    now: int
    pepper: Pepper
    settings: Settings
    told: list[feed.Telling] = field(default_factory=list)
    closing: dict[str, Callable[["Transaction"], None]] = field(default_factory=dict)
    fresh: dict[type[Base], list[Mapping[str, Any]]] = field(default_factory=dict)
    touched: dict[str, Any] = field(
        default_factory=dict
    )  # sales: what the books read ahead of each
    refunds: dict[str, list[Refund]] = field(default_factory=dict)  # by return, once read
    cases: dict[str, list[ConflictCase]] = field(default_factory=dict)  # likewise

    def tell(self, to: feed.Audience, what: str, about: str, body: object) -> None:
        """Tell terminals once this has committed; a newer item about the same replaces it."""
        text = msgspec.json.encode(body).decode()
        self.told.append(feed.Telling(to, what, about, text))

    def insert(self, table: type[Base], row: Mapping[str, Any]) -> None:
        """A new row, or `vars` of one of `db.rows.fresh`, which may change until `write`."""
        self.fresh.setdefault(table, []).append(row)

    def write(self) -> None:
        """All that has changed, then all that is new."""
        self.session.flush()
        for table in sorted(self.fresh, key=lambda one: _ORDER.index(one.__tablename__)):
            put(self.session, table, self.fresh.pop(table))

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """What is done within is written whole or, where something is raised, was never done."""
        told, closing, touched = list(self.told), dict(self.closing), dict(self.touched)
        self.write()
        try:
            with self.session.begin_nested():
                yield
                self.write()
        except Exception:
            self.told, self.closing, self.touched = told, closing, touched
            self.fresh, self.refunds, self.cases = {}, {}, {}
            raise


class Office:
    """One back office over one database."""

    def __init__(self, settings: Settings, clock: Clock = wall_clock) -> None:
        self.settings = settings
        self.clock = clock
        self.pepper = open_pepper(settings.state_dir)
        self.engine: Engine = open_engine(settings.database_url)
        self.bell = feed.Bell(self.engine)
        self._writing = self.engine.execution_options(**{WRITING: True})
        self._reading = snapshots(self.engine)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One consistent view; nothing is written."""
        with Session(self._reading) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """One transaction: all of it is committed, or nothing where an exception leaves it."""
        with (
            one_writer(self.engine),
            Session(self._writing, expire_on_commit=False) as session,
            session.begin(),
        ):
            tx = Transaction(session, self.clock(), self.pepper, self.settings)
            yield tx
            for act in tx.closing.values():
                act(tx)
            tx.write()
            feed.append(session, tx.told, tx.now)
        if tx.told:
            self.bell.ring()

    def write(self, act: Callable[[Transaction], T]) -> T:
        """`act` in a transaction of its own, again where PostgreSQL broke a deadlock."""
        for left in reversed(range(TRIES)):
            try:
                with self.writing() as tx:
                    return act(tx)
            except OperationalError as fault:
                if not left or getattr(fault.orig, "sqlstate", None) not in _AGAIN:
                    raise
        raise AssertionError("the last try returns or raises")

    def close(self) -> None:
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
