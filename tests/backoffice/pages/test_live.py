"""A page on which something is waited for looks again by itself, calms down, and can be stopped."""

import pytest
from starlette.testclient import TestClient

from backoffice import returns
from backoffice.office import Office
from backoffice.states import State
from backoffice.words import Worded
from tests.backoffice import made
from tests.backoffice.conftest import TestClock
from tests.backoffice.pages import slips
from tests.backoffice.pages.test_page import submit

MINUTE_MS = 60_000


def waiting(office: Office, phone: TestClient) -> str:
    """Submitted, and the office has to look."""
    address = slips.slip(office)
    with office.writing() as tx:
        returns.find(tx, made.RETURN_ID).kind = "BLIND"
    submit(phone, address)
    return address


def test_a_page_with_a_form_never_looks_again_by_itself(office: Office, phone: TestClient) -> None:
    address = slips.slip(office)
    for path in (address, "/"):
        page = phone.get(path)
        assert "<form" in page.text
        assert "Refresh" not in page.headers
        assert "自动更新" not in page.text


def test_what_is_waited_for_is_looked_for_ever_less(
    office: Office, clock: TestClock, phone: TestClient
) -> None:
    address = waiting(office, phone)
    seen = []
    for minutes in (1, 5, 30, 300, 3000):
        clock.at_ms += minutes * MINUTE_MS
        page = phone.get(address)
        seen.append(page.headers.get("Refresh"))
        assert "自动更新" in page.text, "it says so"
        assert "查看最新状态" in page.text, "and how to do it now"
    assert seen == ["10", "30", "120", "600", None]
    assert "不再自动更新" in phone.get(address).text
    office.write(lambda tx: returns.approve(tx, made.RETURN_ID, "li"))
    assert phone.get(address).headers["Refresh"] == "10", "something happened: it is near again"


def test_it_can_be_stopped_and_goes_on_again(office: Office, phone: TestClient) -> None:
    address = waiting(office, phone)
    page = phone.get(address)
    assert 'href="?lang=zh&amp;still=1">停止自动更新' in page.text
    still = phone.get(f"{address}?lang=zh&still=1")
    assert "Refresh" not in still.headers
    assert "自动更新已停止" in still.text
    assert 'href="?lang=zh">恢复自动更新' in still.text
    assert 'href="?lang=en&amp;still=1"' in still.text, "it stays so in the other language"
    assert "updates by itself every 10 seconds" in phone.get(f"{address}?lang=en").text


@pytest.mark.parametrize("end", [State.DECLINED, State.VOIDED])
def test_what_is_over_stays_as_it_is(office: Office, phone: TestClient, end: State) -> None:
    address = waiting(office, phone)
    no = Worded("不", "No")
    with office.writing() as tx:
        ret = returns.find(tx, made.RETURN_ID)
        if end is State.VOIDED:
            ret.voided_at = tx.now
            returns.changed(tx, ret, "voided", "terminal")
        else:
            returns.decline(tx, made.RETURN_ID, "li", no)
    page = phone.get(address)
    assert "Refresh" not in page.headers
    assert "自动更新" not in page.text


def test_a_slip_that_is_not_reported_yet_is_waited_for(office: Office, phone: TestClient) -> None:
    page = phone.get(slips.slip(office, reported=False))
    assert (page.status_code, page.headers["Refresh"]) == (202, "600")
    assert phone.post(page.url.path, data={"seen": "0"}).headers.get("Refresh") is None
