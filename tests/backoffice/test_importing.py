"""Sales and prices of the shop's POS: whole or not at all, and twice is once."""

import gzip
import json
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from backoffice.db.engine import is_sqlite
from backoffice.office import Office
from backoffice.sales.importing import import_prices, import_sales
from tests.backoffice.client import Speaker
from tests.backoffice.front import front
from tests.backoffice.pos import interchange
from tests.flows.shelf import groceries, one_oil

GOOD = interchange(groceries())
OTHER = interchange(one_oil(number=2))


def jsonl(*rows: Any) -> list[bytes]:
    return [row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows]


def test_a_file_is_taken_once_and_goes_down_to_its_store(office: Office) -> None:
    unit, elsewhere = Speaker(office), Speaker(office, "0572-01")
    report = import_sales(office, jsonl(GOOD, b"", OTHER))
    assert report.as_json() == {"added": 2, "same": 0, "bad": []}
    assert import_sales(office, jsonl(GOOD)).as_json() == {"added": 0, "same": 1, "bad": []}
    assert [what for what, _ in unit.hears()] == ["sale", "sale"]
    assert unit.hears()[0][1] == GOOD
    assert elsewhere.hears() == []


WRONG = [
    b"not JSON",
    b"[1]",
    b'{"total": 1.5}',
    b'{"a": 1, "a": 2}',
    b"\xff\xfe",
    b"[" * 100_000,
    {**GOOD, "total": "95.01"},
    {**GOOD, "total": "95.001"},
    {**GOOD, "total": "-95.00"},
    {**GOOD, "lines": []},
    {**GOOD, "sold_at": "yesterday"},
    {**GOOD, "tenders": [{"kind": "cash", "amount": 95}]},
    {**GOOD, "lines": [GOOD["lines"][0], GOOD["lines"][0]]},
    {**OTHER, "receipt": GOOD["receipt"]},
]


@pytest.mark.parametrize("wrong", WRONG, ids=range(len(WRONG)))
def test_nothing_of_a_file_with_a_bad_line_is_kept(office: Office, wrong: Any) -> None:
    report = import_sales(office, jsonl(GOOD, wrong))
    assert [line for line, _ in report.bad] == [2]
    assert (report.added, Speaker(office).hears()) == (0, [])
    going = import_sales(office, jsonl(GOOD, wrong), keep_going=True)
    assert (going.added, [line for line, _ in going.bad]) == (1, [2])


BROKEN_ONCE = """
CREATE SEQUENCE tries;
CREATE FUNCTION once() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF nextval('tries') = 1 THEN
        RAISE EXCEPTION 'broken' USING ERRCODE = 'deadlock_detected';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER once BEFORE INSERT ON feed FOR EACH ROW EXECUTE FUNCTION once();
"""


@pytest.mark.parametrize("keep_going", [True, False])
def test_what_a_deadlock_undid_is_not_counted(office: Office, *, keep_going: bool) -> None:
    """The feed is written last: all lines of the batch were counted by then."""
    if is_sqlite(office.engine):
        return  # one writer at a time
    import_sales(office, jsonl(GOOD))
    with office.engine.begin() as connection:
        connection.execute(text(BROKEN_ONCE))
    rows = jsonl(GOOD, OTHER, {**OTHER, "cashier": "1008"}) if keep_going else jsonl(GOOD, OTHER)
    report = import_sales(office, rows, keep_going=keep_going)
    bad = [3] if keep_going else []
    assert (report.added, report.same, [line for line, _ in report.bad]) == (1, 1, bad)
    with office.engine.begin() as connection:
        assert connection.scalar(text("SELECT last_value FROM tries")) == 2, "it was tried again"


def test_no_card_number_is_kept(office: Office) -> None:
    card = "4111 1111 1111 1111"
    tenders = [{"kind": "card", "amount": "95.00", "masked": card, "reference": card}]
    import_sales(office, jsonl({**GOOD, "tenders": tenders, "phone": "13812345678"}))
    (found,) = Speaker(office).asks(tail="1111")["sales"]
    assert found["sale"]["tenders"][0] == {
        "kind": "card", "amount": "95.00", "masked": "****1111", "reference": "****1111",
    }  # fmt: skip
    assert found["sale"]["phone"] == "5678"


def test_a_sale_is_found_by_what_is_known_of_it(office: Office) -> None:
    import_sales(office, jsonl({**GOOD, "phone": "13812345678"}, OTHER))
    unit = Speaker(office)
    day, sale_id = "2026-11-20", "0571-03-20261120-0001"
    for query in (
        {"receipt_no": GOOD["receipt_no"]},
        {"sale_id": sale_id},
        {"day": day, "total": 9500},
        {"tail": "5678"},
        {"day": day, "tail": "5678"},
        {"goods": "6923644266318"},
        {"goods": "06923644266318", "day": day},
    ):
        found = unit.asks(**query)
        assert [one["sale_id"] for one in found["sales"]] == [sale_id], query
        assert found["sales"][0]["returned"]["lines"] == []
    assert len(unit.asks(goods="6901234567892")["sales"]) == 2
    assert unit.asks(tail="5678", day="2026-11-21") == {"sales": [], "return": None}
    for wrong in ({}, {"day": day}, {"tail": "12345"}, {"tail": "5678", "goods": "1"}):
        assert unit.http.post("/v1/look-up", json=wrong).status_code == 422


def test_the_pos_feeds_by_a_token_of_its_own(office: Office) -> None:
    token = "t" * 43
    office.settings = replace(office.settings, pos_tokens=(sha256(token.encode()).hexdigest(),))
    pos = TestClient(front(office))
    body = b"\n".join(jsonl(GOOD, OTHER))
    for wrong in ({}, {"Authorization": "Bearer x"}, {"Authorization": token}):
        assert pos.post("/pos/v1/sales", content=body, headers=wrong).status_code == 401
    ours = {"Authorization": f"Bearer {token}"}
    answer = pos.post("/pos/v1/sales", content=body, headers=ours)
    assert answer.json() == {"added": 2, "same": 0, "bad": []}
    bad = pos.post("/pos/v1/sales", content=b"\n".join(jsonl(GOOD, b"x")), headers=ours)
    assert bad.status_code == 422
    assert [one["line"] for one in bad.json()["detail"]["bad"]] == [2]
    price = {"sku": "1", "price": "2.00", "valid_from": "2026-11-01", "currency": "CNY"}
    body = b"\n".join(jsonl(price))
    done = pos.post("/pos/v1/prices", content=body, headers=ours, params={"store": "0571"})
    assert done.json()["added"] == 1
    assert ("price", price) in Speaker(office).hears()
    assert Speaker(office, "0572-01").hears() == []


def test_a_price_list_with_a_bad_line_is_not_sent(office: Office) -> None:
    assert import_prices(office, jsonl({"sku": "1", "price": 2})).bad
    assert Speaker(office).hears() == []
    assert gzip.compress(b"") != b""
