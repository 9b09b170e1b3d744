"""A short backlog goes the long one's way; and growth is seen."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from backoffice.db.tables import Record, Return
from backoffice.office import Office
from tests.load import backlog
from tests.uplink.real_office import RealOffice

RETURNS = 100
AT_ONCE = (
    "from terminal.courier import __main__, link; link.SPREAD_S = 0.0; raise SystemExit("
    "__main__.main())"
)


def test_a_backlog_is_delivered_by_three_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backlog, "COURIER", ("-c", AT_ONCE))
    count = backlog.fill(tmp_path, RETURNS)
    with RealOffice(tmp_path) as office, backlog.courier(office, tmp_path) as courier:
        assert not backlog.kept_whole(tmp_path)
        samples = backlog.deliver(tmp_path, count, {"courier": courier})
        with Office(office.settings) as inside, inside.reading() as session:
            kept = session.scalars(select(func.count()).select_from(Record)).one()
            returns = session.scalars(select(func.count()).select_from(Return)).one()
        office.kill()  # it would wait for a feed that nobody hears any more
    assert (kept, returns) == (count, RETURNS)
    assert backlog.kept_whole(tmp_path)
    assert len(samples) == 10


def test_what_grows_is_seen() -> None:
    samples = [{"leaking": 40.0 + tenth, "steady": 40.0 + tenth % 2} for tenth in range(10)]
    assert backlog.growth(samples, "leaking") > backlog.FLAT >= backlog.growth(samples, "steady")
