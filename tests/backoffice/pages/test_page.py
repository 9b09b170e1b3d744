"""What a customer sees who scans the slip, and what each press does."""

import json
import re
from datetime import date

import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from backoffice import returns
from backoffice.db.tables import Return, ReturnLine, TerminalKey
from backoffice.office import Office
from backoffice.states import RefundState, State
from backoffice.words import Worded
from tests.backoffice import made
from tests.backoffice.conftest import TestClock
from tests.backoffice.pages import slips

OTHER_ID = "01a21e0f-aed1-73bc-8d81-8d8b540ebf22"
THIRD_ID = "01a21e0f-aed1-73bc-8d81-8d8b540ebf23"
STRANGE_ID = "01a21e0f-aed1-73bc-8d81-8d8b540ebf24"
WEEK_MS = 7 * 86_400_000


def state(office: Office, return_id: str = made.RETURN_ID) -> str:
    with office.reading() as session:
        found = session.get(Return, return_id)
        assert found is not None
        return str(found.state)


def seen(text: str) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]+)"', text)
    assert found is not None, text
    return found[1]


def submit(phone: TestClient, address: str) -> str:
    page = phone.get(address)
    return phone.post(address, data={"seen": seen(page.text)}).text


def test_the_page_shows_the_same_goods_and_the_same_amount(
    office: Office, phone: TestClient
) -> None:
    page = phone.get(slips.slip(office))
    assert page.status_code == 200
    for text in ("金龙鱼 大豆油 5L", "49.35", "蒙牛 纯牛奶", "16.44", "¥ 65.79", "质量问题"):
        assert text in page.text
    for text in (
        "微信支付",
        "41.55",
        "现金",
        "24.24",
        "7 天内凭小票退货",
        "2026-11-01",
        "2026-12-04",
    ):
        assert text in page.text


def test_looking_changes_nothing_and_submitting_does(office: Office, phone: TestClient) -> None:
    """A link preview looks as well."""
    address = slips.slip(office)
    for _ in range(3):
        phone.get(address)
        assert phone.head(address).status_code == 200
    assert state(office) == State.WAITING
    page = submit(phone, address)
    assert state(office) == State.APPROVED, "a verified return needs nobody's look"
    assert "门店已同意退货" in page
    assert "<button" not in page


def test_nobody_is_sent_to_the_till_for_cash_that_there_is_not(
    office: Office, phone: TestClient
) -> None:
    address = slips.slip(office)
    with office.writing() as tx:
        ret = returns.find(tx, made.RETURN_ID)
        body = json.loads(ret.body)
        body["settlement"]["refunds"][1]["amount"] = 0
        ret.body = json.dumps(body)
    page = submit(phone, address)
    assert "金额会原路退回" in page
    assert "收银台" not in page


def test_submitting_twice_is_submitting_once(office: Office, phone: TestClient) -> None:
    address = slips.slip(office)
    looked_at = seen(phone.get(address).text)
    for _ in range(2):
        assert phone.post(address, data={"seen": looked_at}).status_code == 200
    with office.reading() as session:
        found = session.get(Return, made.RETURN_ID)
        assert found is not None
        assert found.version == 2, "submitted, approved"


def test_what_was_not_looked_at_is_not_submitted(office: Office, phone: TestClient) -> None:
    address = slips.slip(office)
    page = phone.post(address, data={"seen": "0" * 16})
    assert page.status_code == 409
    assert "¥ 65.79" in page.text
    assert state(office) == State.WAITING


def test_an_inspected_return_asks_again_under_the_old_code(
    office: Office, phone: TestClient
) -> None:
    address = slips.slip(office)
    looked_at = seen(phone.get(address).text)
    with office.writing() as tx:
        old = returns.find(tx, made.RETURN_ID)
        new = slips.recorded(tx, OTHER_ID, replaces=old.number)
        new.refund = 4935
        old.voided_at = tx.now
        returns.changed(tx, old, "voided", "terminal")
    page = phone.get(address)
    assert "店员验货后，商品或金额有变化" in page.text
    assert "¥ 49.35" in page.text
    assert phone.post(address, data={"seen": looked_at}).status_code == 409, "the old one was seen"
    submit(phone, address)
    assert state(office, OTHER_ID) == State.APPROVED
    assert state(office) == State.VOIDED


def test_a_slip_leads_to_the_last_inspection_and_to_no_other_tills_return(
    office: Office, phone: TestClient
) -> None:
    address = slips.slip(office)
    with office.writing() as tx:
        first = returns.find(tx, made.RETURN_ID)
        second = slips.recorded(tx, OTHER_ID, replaces=first.number)
        third = slips.recorded(tx, THIRD_ID, replaces=second.number)
        third.refund = 3333
        made.terminal(tx, "0571-04")
        strange = slips.recorded(tx, STRANGE_ID, replaces=third.number)
        strange.terminal, strange.refund = "0571-04", 100
    page = phone.get(address).text
    assert "¥ 33.33" in page
    assert "¥ 1.00" not in page


def test_the_office_looks_first_and_its_no_is_told_with_the_reason(
    office: Office, phone: TestClient
) -> None:
    address = slips.slip(office)
    with office.writing() as tx:
        returns.find(tx, made.RETURN_ID).kind = "BLIND"
    assert "已提交，门店审核中" in submit(phone, address)
    reason = Worded("商品已使用", "The goods were used")
    office.write(lambda tx: returns.decline(tx, made.RETURN_ID, "li", reason))
    assert "商品已使用" in phone.get(address).text
    english = phone.get(address, headers={"Accept-Language": "en"}).text
    assert "The goods were used" in english
    assert "did not accept" in english


def test_refunded_is_said_of_money_that_arrived_alone(office: Office, phone: TestClient) -> None:
    address = slips.slip(office)
    submit(phone, address)
    with office.writing() as tx:
        ret = returns.find(tx, made.RETURN_ID)
        made.a_refund(tx)
        ret.confirmed_at = ret.finished_at = tx.now
        returns.changed(tx, ret, "finished", "terminal")
    for rail_state, said in ((RefundState.ACCEPTED, "已受理"), (RefundState.PROCESSING, "退款中")):
        with office.writing() as tx:
            returns.refund_changed(tx, made.RETURN_ID, 0, rail_state)
        page = phone.get(address).text
        assert said in page
        assert "已退款" not in page
    with office.writing() as tx:
        made.paid_in_cash(tx)
        returns.refund_changed(tx, made.RETURN_ID, 0, RefundState.SUCCESS, actual=4000)
    page = phone.get(address).text
    assert "已退款" in page
    assert "实退 ¥ 40.00" in page, "a coupon went back in proportion"


@pytest.mark.parametrize(
    ("spoil", "status", "says"),
    [
        (lambda text: text[:-1] + ("A" if text[-1] != "A" else "Q"), 404, "无法识别"),
        (lambda text: text[:40] + ("A" if text[40] != "A" else "B") + text[41:], 404, "无法识别"),
        (lambda text: text[:-1], 404, "无法识别"),
        (lambda text: "1" * len(text), 404, "无法识别"),
    ],
)
def test_a_forged_code_opens_nothing(
    office: Office, phone: TestClient, spoil: object, status: int, says: str
) -> None:
    address = slips.slip(office)
    assert callable(spoil)
    page = phone.get(f"/T/{spoil(address[3:])}")
    assert page.status_code == status
    assert says in page.text
    assert "65.79" not in page.text


def test_a_slip_made_without_network_is_genuine_before_it_is_reported(
    office: Office, phone: TestClient
) -> None:
    page = phone.get(slips.slip(office, reported=False))
    assert page.status_code == 202
    assert "还在传送中" in page.text
    assert "您的小票有效" in page.text
    assert "¥ 65.79" in page.text
    assert "<button" not in page.text


def test_a_revoked_key_vouches_for_nothing_that_is_not_on_file(
    office: Office, phone: TestClient
) -> None:
    address = slips.slip(office, reported=False)
    with office.writing() as tx:
        found = tx.session.get(TerminalKey, 1)
        assert found is not None
        found.revoked_at = tx.now
    assert phone.get(address).status_code == 404
    with office.writing() as tx:
        slips.recorded(tx)
    assert phone.get(address).status_code == 200, "its record came through the chain"


def test_a_token_of_another_amount_or_terminal_is_forged(office: Office, phone: TestClient) -> None:
    slips.slip(office)
    assert phone.get(f"/T/{slips.token(1, amount=657_900)}").status_code == 404
    with office.writing() as tx:
        other = slips.key(tx, "0571-04")
    assert phone.get(f"/T/{slips.token(other)}").status_code == 404


def test_past_its_last_day_a_slip_says_so(
    office: Office, clock: TestClock, phone: TestClient
) -> None:
    address = slips.slip(office)
    clock.at_ms += 2 * WEEK_MS
    page = phone.get(address)
    assert page.status_code == 410
    assert "已过有效期" in page.text
    assert phone.post(address, data={"seen": "x"}).status_code == 410
    assert state(office) == State.WAITING
    late = slips.token(1, OTHER_ID, last_day=date(2026, 12, 1))
    assert phone.get(f"/T/{late}").status_code == 410, "unreported as well"


def test_one_that_was_submitted_in_time_stays_readable(
    office: Office, clock: TestClock, phone: TestClient
) -> None:
    address = slips.slip(office)
    submit(phone, address)
    clock.at_ms += 60 * WEEK_MS
    assert phone.get(address).status_code == 200


@pytest.mark.parametrize(
    ("accepted", "lang", "says"),
    [
        ("zh-CN", "", "请核对商品和金额"),
        ("zh-TW,en;q=0.8", "", "请核对商品和金额"),
        ("en-GB,zh;q=0.8", "", "Please check goods and amount"),
        ("de,fr", "", "Please check goods and amount"),
        ("en;q=banana,zh;q=0.1", "", "请核对商品和金额"),
        ("zh-CN", "en", "Please check goods and amount"),
    ],
)
def test_the_browsers_language_is_spoken(
    office: Office, phone: TestClient, accepted: str, lang: str, says: str
) -> None:
    address = slips.slip(office)
    page = phone.get(address, params={"lang": lang}, headers={"Accept-Language": accepted})
    assert says in page.text
    if says.startswith("Please"):
        assert not re.search(r"[一-鿿]", re.sub(r"金龙鱼 大豆油|蒙牛 纯牛奶|中文", "", page.text))


def test_the_page_keeps_to_itself(office: Office, phone: TestClient) -> None:
    page = phone.get(slips.slip(office))
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha")
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    assert not page.cookies
    assert "<script" not in page.text
    assert "http" not in page.text.replace("http-equiv", ""), "nothing of a third party"
    assert len(page.content) < 30_000


def test_names_from_outside_are_text(office: Office, phone: TestClient) -> None:
    with office.writing() as tx:
        number = slips.key(tx)
        slips.recorded(tx)
        tx.session.execute(update(ReturnLine).values(name="<script>alert(1)</script>{{7*7}}"))
    page = phone.get(f"/T/{slips.token(number)}").text
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}" in page
