"""A small crowd: every record exactly once, and the check sees what is not so."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Executable, delete, update

from backoffice.db.tables import ConflictCase, Record, Return
from backoffice.office import Office
from backoffice.states import State
from tests.backoffice import postgres
from tests.load.crowd import deliver_all, journals
from tests.load.kept import errors, statuses, wrong
from tests.uplink.real_office import RealOffice

TERMINALS, RETURNS = 20, 2


@pytest.fixture
def office(tmp_path: Path) -> Iterator[RealOffice]:
    with (
        postgres.server("fsync=off") as server,
        RealOffice(tmp_path, database_url=server.make("office")) as office,
    ):
        yield office


def test_a_crowd_is_taken_in_once(office: RealOffice, tmp_path: Path) -> None:
    crowd = journals(office, tmp_path, TERMINALS, RETURNS)
    heard, cuts = asyncio.run(deliver_all(office, crowd, seed=7, share=0.5))
    said = sum(len(one.records) for one in crowd)
    assert heard.verdicts.keys() <= {"stored", "known", "ahead"}
    assert heard.verdicts["known"] > 0
    assert heard.verdicts["stored"] <= said
    assert len(cuts) == 2, "it was cut both ways"
    assert not {one for one in statuses(office.log) if one >= 500}
    assert errors(office.log) == []
    with Office(office.settings) as inside:
        assert wrong(inside, crowd, RETURNS) == []
        for spoilt, act in enumerate(spoiling(crowd[3].records[5].id), start=1):
            with inside.writing() as tx:
                tx.session.execute(act)
            assert len(wrong(inside, crowd, RETURNS)) >= spoilt, act


def spoiling(record_id: str) -> list[Executable]:
    """What must not be, each more than the one before."""
    return [
        update(Return).where(Return.state == State.CONFLICT).values(state=State.REFUNDED),
        delete(ConflictCase),
        update(Record).where(Record.id == record_id).values(prev_hash=b""),
        delete(Record).where(Record.id == record_id),
    ]
