"""Products that are broken on purpose, each in one place: what a run must be able to see.

Acknowledging before the commit is done by the server of the simulation itself (`Server.records`).
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from backoffice.books import conflicts
from backoffice.db.tables import Todo
from backoffice.intake import intake
from backoffice.intake.chain import Chain, Judged
from backoffice.rails import book, decide
from backoffice.rails.rail import Answer, Rail, Unknown
from backoffice.states import RefundState
from backoffice.wire.batch import Sent
from storage import office
from storage.office import OfficeState
from tests.simulation.happenings import Sabotage


class Forgetful(Chain):
    def judge(self, sent: Sent) -> Judged:
        self.known, self.fresh = {}, {}
        return super().judge(sent)


def _everything_fits(*_: object) -> tuple[()]:
    return ()


def _another_number(
    rail: Rail, did: Todo, answer: Answer, *, age_ms: int, silences: int, asks: int
) -> decide.Outcome:
    if isinstance(answer, Unknown):
        return decide.Outcome(RefundState.PROCESSING, Todo.NOTHING, 0, renewed=True)
    return decide.outcome(rail, did, answer, age_ms=age_ms, silences=silences, asks=asks)


def _whatever_came_last(db: sqlite3.Connection, one: OfficeState) -> bool:
    row = (one.return_id, one.version, one.body)
    if one.version % 3 == 0:
        return False
    db.execute("INSERT OR REPLACE INTO office_states VALUES (?, ?, ?)", row)
    return True


_PLACES: dict[Sabotage, tuple[Any, str, Any]] = {
    Sabotage.NO_DEDUPE: (intake, "Chain", Forgetful),
    Sabotage.NO_CAPS: (conflicts, "excesses", _everything_fits),
    Sabotage.PAY_AGAIN: (book, "outcome", _another_number),
    Sabotage.STATE_LOST: (office, "_keep_state", _whatever_came_last),
}


@contextmanager
def sabotaged(which: Sabotage) -> Iterator[None]:
    if which not in _PLACES:
        yield
        return
    module, name, broken = _PLACES[which]
    whole = getattr(module, name)
    setattr(module, name, broken)
    try:
        yield
    finally:
        setattr(module, name, whole)
