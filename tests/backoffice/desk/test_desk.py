"""The office at work: review, conflicts, refunds, what is set aside, a day, an export."""

import csv
import io
import json
import re

import pytest

from backoffice import returns
from backoffice.db.tables import ParkedRecord, Refund, Return
from backoffice.office import Office
from backoffice.people import Role
from backoffice.rails.chosen import MANUAL, Rails
from backoffice.rails.manual import Manual
from backoffice.rails.worker import Worker
from backoffice.states import RefundState, State
from backoffice.words import Worded
from tests.backoffice import made
from tests.backoffice.chains import genesis, record
from tests.backoffice.client import Speaker
from tests.backoffice.desk.clerks import Clerk
from tests.backoffice.pages import slips

FILE = f"/returns/{made.RETURN_ID}"
HAN = re.compile(r"[一-鿿]")


def submitted(office: Office) -> None:
    slips.slip(office)
    with office.writing() as tx:
        returns.find(tx, made.RETURN_ID).kind = "UNVERIFIED"
        returns.submit(tx, made.RETURN_ID, "page")


def stands(office: Office) -> Return:
    with office.reading() as session:
        return session.get_one(Return, made.RETURN_ID)


def conflict(office: Office) -> None:
    slips.slip(office)
    with office.writing() as tx:
        found = [{"what": "quantity", "at": 1, "sold": 1000, "before": 1000, "now": 1000}]
        ret = returns.find(tx, made.RETURN_ID)
        returns.open_case(
            tx, ret, "over", found, Worded("第 1 行已退过", "Line 1 came back before")
        )


def test_what_was_submitted_is_in_the_queue_and_can_be_approved(office: Office) -> None:
    submitted(office)
    clerk = Clerk(office, Role.REVIEWER)
    assert "Submitted, to be reviewed (1)" in clerk.looks()
    page = clerk.looks(FILE)
    for text in ("金龙鱼 大豆油 5L", "¥ 49.35", "¥ 65.79", "Quality"):
        assert text in page
    assert "approved" in clerk.presses(FILE, "/approve")
    assert (stands(office).state, stands(office).decided_by) == (State.APPROVED, "Li")
    assert "Nothing to do" in clerk.looks()


def test_a_no_needs_its_reason_in_both_languages(office: Office) -> None:
    submitted(office)
    clerk = Clerk(office, Role.REVIEWER)
    page = clerk.presses(FILE, "/decline", 409, preset="used", zh="只写中文", en="")
    assert "in Chinese and in English" in page
    assert stands(office).state == State.SUBMITTED
    clerk.presses(FILE, "/decline", preset="used", zh="", en="")
    assert stands(office).state == State.DECLINED
    assert stands(office).reason_en == "The goods were used."


def test_one_that_is_past_it_is_told_so(office: Office) -> None:
    submitted(office)
    clerk = Clerk(office, Role.REVIEWER)
    page = clerk.looks(FILE)
    key = page.split('name="key" value="')[1].split('"')[0]
    with office.writing() as tx:
        ret = returns.find(tx, made.RETURN_ID)
        ret.voided_at = tx.now
        returns.changed(tx, ret, "voided", "terminal")
    answer = clerk.http.post(f"/desk{FILE}/approve", data={"key": key})
    assert answer.status_code == 409
    assert "no longer possible" in answer.text


@pytest.mark.parametrize(
    ("button", "state"), [("/accept", State.APPROVED), ("/refuse", State.DECLINED)]
)
def test_a_conflict_is_decided_by_a_manager(office: Office, button: str, state: State) -> None:
    conflict(office)
    assert "/accept" not in Clerk(office, Role.REVIEWER).looks(FILE)
    manager = Clerk(office)
    assert "Conflicts" in manager.looks()
    assert "Quantity, line 1" in manager.looks(FILE)
    manager.presses(FILE, button, preset="returned")
    assert stands(office).state == state


def test_what_is_paid_by_hand_is_marked_with_what_proves_it(office: Office) -> None:
    slips.slip(office)
    with office.writing() as tx:
        ret = returns.find(tx, made.RETURN_ID)
        ret.confirmed_at = ret.finished_at = tx.now
        made.a_refund(tx)
        made.paid_in_cash(tx)
        returns.changed(tx, ret, "finished", "terminal")
    worker = Worker(office, Rails({MANUAL: Manual()}, {}))
    while worker.run_once():
        pass
    clerk = Clerk(office, Role.REVIEWER)
    assert "To be paid by hand (1)" in clerk.looks()
    assert "proves it" in clerk.presses(FILE, "/paid", 409, reference=" ")
    clerk.presses(FILE, "/paid", reference="TR-20261127-1")
    with office.reading() as session:
        refund = session.query(Refund).filter_by(position=0).one()
        assert (refund.state, refund.actual) == (RefundState.SUCCESS, 4155)
    assert stands(office).state == State.REFUNDED


def test_what_cannot_be_paid_by_hand_is_said_with_its_reason(office: Office) -> None:
    slips.slip(office)
    with office.writing() as tx:
        ret = returns.find(tx, made.RETURN_ID)
        made.a_refund(tx)
        ret.confirmed_at = ret.finished_at = tx.now
        returns.changed(tx, ret, "finished", "terminal")
    clerk = Clerk(office)
    rails = Rails({MANUAL: Manual()}, {})
    while Worker(office, rails).run_once():
        pass
    page = clerk.looks(FILE)
    assert "Ask the rail now" not in page, "no rail has it"
    clerk.presses(FILE, "/failed", zh="账户已销户", en="The account is closed")
    assert stands(office).state == State.PROBLEM
    assert "The account is closed" in clerk.looks(FILE)


def test_a_record_aside_is_seen_to(office: Office) -> None:
    with office.writing() as tx:
        made.terminal(tx)
        tx.session.add(
            ParkedRecord(
                record_id=made.RETURN_ID, terminal=made.TERMINAL, seq=7, kind="ReturnRecorded",
                why="lines: missing", parked_at=tx.now,
            )
        )  # fmt: skip
    clerk = Clerk(office, Role.REVIEWER)
    assert "lines: missing" in clerk.looks("/aside")
    clerk.presses("/aside", f"/aside/{made.RETURN_ID}")
    assert "✓" in clerk.looks("/aside")
    assert "Nothing to do" in clerk.looks()


def test_what_is_open_stands_before_what_was_seen_to(office: Office) -> None:
    with office.writing() as tx:
        made.terminal(tx)
        for number in range(60):
            tx.session.add(
                ParkedRecord(
                    record_id=f"01a21e0f-aed1-73bc-8d81-{number:012x}", terminal=made.TERMINAL,
                    seq=number, kind="ReturnRecorded", why=f"why {number}.", parked_at=number,
                    settled_at=tx.now if number else None,
                )
            )  # fmt: skip
    assert "why 0." in Clerk(office).looks("/aside")


def test_a_search_finds_and_exports_what_it_shows(office: Office) -> None:
    submitted(office)
    with office.writing() as tx:
        other = slips.recorded(tx, "01a21e0f-aed1-73bc-8d81-8d8b540ebf22")
        other.cashier = "=1+1"
        number = other.number
    clerk = Clerk(office, Role.VIEWER)
    page = clerk.looks(f"/returns?q={number}")
    assert number in page
    assert stands(office).number not in page
    assert stands(office).number in clerk.looks("/returns?state=submitted&store=0571")
    assert "Nothing found" in clerk.looks("/returns?since=2030-01-01")
    assert "Nothing found" in clerk.looks("/returns?until=banana&q=%27;DROP%20TABLE")
    answer = clerk.http.get("/desk/returns.csv")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert {one["number"] for one in rows} == {number, stands(office).number}
    assert {one["refund"] for one in rows} == {"65.79"}
    assert "'=1+1" in {one["cashier"] for one in rows}, "no formula for a spreadsheet"


def test_a_day_has_its_figures_and_charts(office: Office) -> None:
    submitted(office)
    with office.writing() as tx:
        old = slips.recorded(tx, "01a21e0f-aed1-73bc-8d81-8d8b540ebf22")
        old.voided_at = tx.now
        returns.changed(tx, old, "voided", "terminal")
    page = Clerk(office, Role.VIEWER).looks("/day")
    assert "¥ 65.79" in page, "the voided one is not counted"
    assert page.count("<svg") == 2
    assert "Quality" in page
    assert "No returns" in Clerk(office, Role.REVIEWER).looks("/day?day=2020-01-01")


def test_a_terminal_is_let_in_by_a_code_and_shut_out(office: Office) -> None:
    manager = Clerk(office)
    page = manager.presses("/terminals", "/terminals/code", terminal="0571-09")
    code = re.search(r"<code>([0-9A-Z*~$=]{11}\.[A-Z2-7]{16})</code>", page)
    assert code is not None, page
    assert code[1] not in manager.looks("/terminals"), "shown once"
    assert "store-till" in manager.presses(
        "/terminals", "/terminals/code", 409, terminal="nonsense"
    )
    manager.presses("/terminals", "/terminals/revoke")
    assert "revoked" in manager.looks("/terminals")


def test_rules_that_a_till_cannot_work_by_are_told_until_others_are_in_force(
    office: Office,
) -> None:
    till, clerk = Speaker(office), Clerk(office)
    refused = {"file": "policy.toml", "sha256": "", "why": "多余的键 / an unknown key"}
    first = record(1, genesis(), "RulesRefused", json.dumps({"$": "RulesRefused"} | refused))
    assert [one["verdict"] for one in till.delivers([first])["verdicts"]] == ["stored"]
    page = clerk.looks("/terminals")
    assert "cannot use" in page
    assert "policy.toml: 多余的键 / an unknown key" in page
    body = json.dumps({"$": "RulesChanged", "version": "2027-01", "digest": "ab"})
    till.delivers([record(2, first["hash"], "RulesChanged", body)])
    page = clerk.looks("/terminals")
    assert "2027-01" in page
    assert "cannot use" not in page


@pytest.mark.parametrize("path", ["", "/returns", FILE, "/day", "/terminals", "/aside", "/people"])
def test_each_page_speaks_both_languages(office: Office, path: str) -> None:
    submitted(office)
    clerk = Clerk(office)
    english = re.sub(r"金龙鱼 大豆油|蒙牛 纯牛奶|中文", "", clerk.looks(path))
    assert not HAN.search(english), HAN.findall(english)
    clerk.http.get("/desk/language?to=zh")
    assert "退货后台" in clerk.looks(path)


def test_the_desk_runs_no_script(office: Office) -> None:
    submitted(office)
    with office.writing() as tx:
        ret = returns.find(tx, made.RETURN_ID)
        ret.cashier = "<script>alert(1)</script>"
        ret.body = json.dumps({})
    page = Clerk(office).http.get(f"/desk{FILE}")
    assert "<script" not in page.text
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert page.headers["Cache-Control"] == "no-store"
