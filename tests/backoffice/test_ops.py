"""Health, readiness and figures tell how things are."""

from dataclasses import replace

from sqlalchemy import text
from starlette.testclient import TestClient

from backoffice.office import Office
from backoffice.ops.figures import Figures
from backoffice.ops.routes import ops_app
from backoffice.settings import Settings
from tests.backoffice.chains import chain, genesis, record
from tests.backoffice.client import Speaker


def test_ready_once_the_schema_is_this_versions(office: Office, settings: Settings) -> None:
    ops = TestClient(ops_app(office, Figures(office)))
    assert ops.get("/healthz").status_code == 200
    assert ops.get("/readyz").json() == {"status": "ready"}
    with office.writing() as tx:
        tx.session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert ops.get("/readyz").status_code == 503


def test_without_its_database_it_is_alive_and_not_ready(settings: Settings) -> None:
    gone = replace(settings, database_url="postgresql://nobody@127.0.0.1:1/nothing")
    office = Office(gone)
    ops = TestClient(ops_app(office, Figures(office)))
    assert ops.get("/healthz").status_code == 200
    assert ops.get("/readyz").json() == {"status": "no database"}


def test_figures_count_what_came_and_how_it_stands(office: Office) -> None:
    unit = Speaker(office)
    unit.delivers([*chain(2), record(9, genesis(), number=3)])
    unit.delivers([record(3, chain(2)[1]["hash"], "Unheard", "{}")])
    figures = TestClient(ops_app(office, unit.figures)).get("/metrics").text
    for line in (
        'returns_records_total{verdict="stored"} 2.0',
        'returns_records_total{verdict="ahead"} 1.0',
        'returns_records_total{verdict="parked"} 1.0',
        "returns_parked_open 1.0",
        "returns_conflicts_open 0.0",
        'returns_terminal_acked{terminal="0571-03"} 3.0',
        'returns_terminal_silent_seconds{terminal="0571-03"} 0.0',
    ):
        assert line in figures.splitlines(), line
