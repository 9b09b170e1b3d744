"""What is personal is gone from every table and file after its term, and what stays is sound."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Event as Stop
from typing import Any

import msgspec
import pytest
from sqlalchemy import func, inspect, select, text
from sqlalchemy.exc import OperationalError

from backoffice import returns
from backoffice.archive.chains import walk
from backoffice.archive.daily import next_night, run
from backoffice.archive.terms import DAY_MS
from backoffice.db.engine import is_sqlite
from backoffice.db.months import month_start
from backoffice.db.tables import FeedItem, RecordPart, RefundMove, RefusedRecord, Return, Sale
from backoffice.office import Office
from backoffice.sales.finding import Asked, find_sales
from backoffice.sales.interchange import offered
from backoffice.sales.keeping import Kept, keep_sale
from backoffice.states import RefundState
from backoffice.wire.event import Event, chained
from backoffice.words import Worded
from tests.backoffice.chains import chain, record
from tests.backoffice.client import Speaker
from tests.backoffice.conftest import TestClock
from tests.backoffice.pos import interchange
from tests.backoffice.test_books import MakeTillAt, gives_back
from tests.backoffice.test_books import till_at as till_at  # noqa: PLC0414
from tests.backoffice.test_races import at_once
from tests.backoffice.till_rows import events, verdicts
from tests.flows.conftest import _make_till as make_till  # noqa: F401 - a fixture
from tests.flows.shelf import one_oil

NAME, TAIL, PHONE, PAYMENT = "欧阳若兰", "招行尾号7431", "8642", "4200001234202611201234567890"
PIECE, EXTRA, REASON, ACCOUNT = "SN-860123456789015", "会员司马相如", "慕容女士来电", "工行尾号9057"
SECRETS = (NAME, TAIL, f'"{PHONE}"', PAYMENT, PIECE, EXTRA, REASON, ACCOUNT)


def sold() -> dict[str, Any]:
    """A sale with all that may be personal in one, some of it in a field of the POS's own."""
    plain = interchange(one_oil(tenders=(("wechat", "59.90", TAIL),)))
    plain["tenders"][0]["reference"] = PAYMENT
    plain["lines"][0]["serials"] = [PIECE]
    return plain | {"phone": f"1390013{PHONE}", "member": EXTRA}


def filled(office: Office, till_at: MakeTillAt) -> Speaker:
    """A return that was paid back, and everything personal that the office can come to hold."""
    with office.writing() as tx:
        assert keep_sale(tx, offered(sold())) is Kept.ADDED
    till = till_at("03", one_oil(tenders=(("wechat", "59.90", TAIL),)))
    gives_back(till)
    unit = Speaker(office)
    batch = events(till)
    secret = record(
        batch[-1]["seq"] + 1, batch[-1]["hash"], personal=f'["{NAME}"]', origin=batch[-1]["origin"]
    )
    forged = record(9, batch[-1]["hash"], personal=f'["{NAME}"]', number=3, origin="0" * 32)
    forged["hash"] = "0" * 64
    assert "parked" not in verdicts(unit.delivers([*batch, secret]))
    assert verdicts(unit.delivers([forged])) == ["refused"]
    with office.writing() as tx:
        ret = tx.session.scalars(select(Return)).one()
        returns.refund_changed(tx, ret.id, 0, RefundState.ABNORMAL, why=Worded(REASON, REASON))
        refund = returns.refunds_of(tx, ret.id)[0]
        tx.session.add(
            RefundMove(
                refund_no=refund.refund_no, refund_id=refund.id, rail="wechatpay",
                reference=PAYMENT, paid=5990, paid_at=tx.now, arrived_where=ACCOUNT,
                made_at=tx.now,
            )
        )  # fmt: skip
        ret.reason_zh = REASON
    return unit


def paid(office: Office) -> None:
    """The refund has arrived, with nothing said beside it: the return is over."""
    with office.writing() as tx:
        ret = tx.session.scalars(select(Return)).one()
        refund = returns.refunds_of(tx, ret.id)[0]
        refund.state = RefundState.SUCCESS
        returns.changed(tx, ret, "refund", "rail")


def held(office: Office) -> str:
    """SQLite: every byte of the file and its log. PostgreSQL: every row of every table."""
    if is_sqlite(office.engine):
        file = Path(office.engine.url.database or "")
        files = [one for one in file.parent.glob(f"{file.name}*") if one.is_file()]
        assert len(files) > 1
        return b"".join(one.read_bytes() for one in files).decode(errors="replace")
    with office.engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        assert len(tables) > 20
        rows = [
            connection.scalars(text(f"SELECT CAST({one} AS text) FROM {one}")) for one in tables
        ]
        return "\n".join(one for table in rows for one in table)


def later(office: Office, clock: TestClock, days: int) -> str:
    clock.at_ms += days * DAY_MS
    return run(office, Stop()).told()


def test_what_is_personal_is_gone_to_the_last_byte_and_the_chain_holds(
    office: Office, clock: TestClock, till_at: MakeTillAt
) -> None:
    filled(office, till_at)
    paid(office)
    before = held(office)
    assert [one for one in SECRETS if one not in before] == []
    assert later(office, clock, 300).startswith("rows ")  # a code and a session of no use any more
    assert later(office, clock, 80) == ""
    erased = later(office, clock, 40)
    assert erased.startswith("records "), erased
    for one in ("returns 1", "sales 1", "refused 1"):
        assert one in erased
    after = held(office)
    assert [one for one in SECRETS if one in after] == []
    with office.reading() as session:
        [walked] = walk(session)
        assert (walked.faults, walked.erased > 0) == ((), True)
        assert session.scalars(select(func.count()).select_from(RecordPart)).one() == 0
        ret = session.scalars(select(Return)).one()
        assert (ret.code_hash, ret.refund, ret.state) == ("", 5990, "refunded")
        assert session.scalars(select(RefusedRecord.event)).all() == [""]
        assert find_sales(session, office.pepper, Asked(tail=PHONE)) == []
        [found] = find_sales(session, office.pepper, Asked(receipt_no=sold()["receipt_no"]))
        assert found["sale"]["tenders"] == [{"kind": "wechat", "amount": "59.90"}]
        assert found["returned"]["lines"][0]["quantity"] == 1000
        told = session.scalars(select(FeedItem.what)).all()
        assert "sale" not in told
        assert "return" not in told
    with office.writing() as tx:  # the same sale from the POS again is known, and not kept anew
        assert keep_sale(tx, offered(sold())) is Kept.SAME
        other = sold() | {"cashier": "9"}
        assert keep_sale(tx, offered(other)) is Kept.CONTRADICTS
    assert [one for one in SECRETS if one in held(office)] == []
    assert later(office, clock, 1) == ""


def test_what_an_open_return_needs_stays_with_it(
    office: Office, clock: TestClock, till_at: MakeTillAt
) -> None:
    filled(office, till_at)  # its refund met a problem
    erased = later(office, clock, 420)
    assert "returns" not in erased
    assert "sales" not in erased
    with office.reading() as session:
        ret = session.scalars(select(Return)).one()
        assert (ret.reason_zh, ret.code_hash != "") == (REASON, True)
        assert PAYMENT in session.scalars(select(Sale.body)).one()
    paid(office)
    erased = later(office, clock, 1)
    assert "returns 1, sales 1" in erased
    assert [one for one in SECRETS if one in held(office)] == []


def test_a_sale_past_its_term_goes_unless_something_came_back_of_it(
    office: Office, clock: TestClock, till_at: MakeTillAt
) -> None:
    filled(office, till_at)
    paid(office)
    other = sold()
    other["receipt"] = other["receipt"] | {"sequence": 2}
    with office.writing() as tx:
        assert keep_sale(tx, offered(other)) is Kept.ADDED
    assert "pruned" not in later(office, clock, 1000)
    assert "pruned 1" in later(office, clock, 120)
    with office.reading() as session:
        assert session.scalars(select(Sale.id)).all() == ["0571-03-20261120-0001"]
        for table in ("sale_lines", "sale_tenders", "sale_clues"):
            ids = session.scalars(text(f"SELECT DISTINCT sale_id FROM {table}")).all()
            assert ids == ["0571-03-20261120-0001"]


def test_a_record_of_a_clock_far_ahead_is_erased_by_its_arrival(
    office: Office, clock: TestClock
) -> None:
    first = chain(1)
    ahead = record(2, first[0]["hash"], personal=f'["{NAME}"]')
    ahead = _renamed(ahead, "f" * 8 + ahead["id"][8:])
    assert verdicts(Speaker(office).delivers([*first, ahead])) == ["stored", "stored"]
    assert "records" not in later(office, clock, 399)
    assert "records 1" in later(office, clock, 2)
    with office.reading() as session:
        assert [one.faults for one in walk(session)] == [()]


def test_runs_cut_short_after_each_step_come_to_the_same_end(
    office: Office, clock: TestClock, till_at: MakeTillAt
) -> None:
    filled(office, till_at)
    paid(office)
    clock.at_ms += 420 * DAY_MS
    stop = Stop()
    stop.set()
    runs = 0
    while run(office, stop).any:
        runs += 1
    assert runs >= 4
    assert [one for one in SECRETS if one in held(office)] == []


def test_two_offices_that_erase_at_once_erase_all_of_it(
    office: Office, clock: TestClock, till_at: MakeTillAt
) -> None:
    filled(office, till_at)
    paid(office)
    clock.at_ms += 420 * DAY_MS
    at_once(*[partial(run, office, Stop())] * 3)
    run(office, Stop())
    assert [one for one in SECRETS if one in held(office)] == []
    with office.reading() as session:
        assert [one.faults for one in walk(session)] == [()]


def test_every_night_the_coming_months_are_made(office: Office, clock: TestClock) -> None:
    clock.at_ms += 1000 * DAY_MS
    run(office, Stop())
    if is_sqlite(office.engine):
        return
    month = datetime.fromtimestamp(clock.at_ms / 1000, UTC).date()
    with office.engine.connect() as connection:
        for ahead in range(4):
            name = f"records_{month_start(month, ahead):%Y_%m}"
            assert connection.scalar(text("SELECT to_regclass(:name)"), {"name": name}) == name


def test_a_night_that_finds_the_records_in_use_goes_on_the_next(
    office: Office, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    if is_sqlite(office.engine):
        return
    monkeypatch.setattr("backoffice.db.migrate.PATIENCE_S", 1)
    clock.at_ms += 1000 * DAY_MS
    with office.engine.connect() as reader:
        reader.execute(text("SELECT count(*) FROM records"))  # its transaction stays open
        with pytest.raises(OperationalError):
            run(office, Stop())
    run(office, Stop())


def test_the_night_is_the_next_one_at_that_hour() -> None:
    at = 1_795_800_000_000
    night = next_night(at, 3)
    assert 0 < night - at <= DAY_MS
    assert next_night(night, 3) - night == DAY_MS


def _renamed(one: dict[str, Any], id_: str) -> dict[str, Any]:
    new = one | {"id": id_}
    return new | {"hash": chained(msgspec.convert(new, Event)).hex()}
