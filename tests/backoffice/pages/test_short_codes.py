"""The page behind a short code that somebody types."""

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from backoffice import returns
from backoffice.db.tables import WrongTries
from backoffice.office import Office
from backoffice.states import State
from tests.backoffice import made
from tests.backoffice.conftest import TestClock
from tests.backoffice.front import browser
from tests.backoffice.pages import slips
from tests.backoffice.pages.test_page import state, submit


@pytest.mark.parametrize("typed", ["7K2M9-Q4XCT-", "7k2m9 q4xct ", "7K2M9Q4XCT"])
def test_the_short_code_opens_the_page_as_people_type_it(
    office: Office, phone: TestClient, typed: str
) -> None:
    slips.slip(office)
    page = phone.post("/", data={"code": typed + slips.short_code()[-1]})
    assert page.status_code == 200
    assert "¥ 65.79" in page.text
    submit(phone, page.url.path)
    assert state(office) == State.APPROVED


def test_a_number_that_is_none_is_not_found(office: Office, phone: TestClient) -> None:
    slips.slip(office)
    assert phone.get(f"/R/%00/{slips.short_code()}").status_code == 404


def test_a_wrong_short_code_says_what_to_do(office: Office, phone: TestClient) -> None:
    slips.slip(office)
    page = phone.post("/", data={"code": "7K2M9-Q4XCT-0"})
    assert page.status_code == 404
    assert "没有找到这个短码" in page.text
    assert 'name="code"' in page.text


def test_a_number_opens_with_its_own_short_code_alone(office: Office, phone: TestClient) -> None:
    slips.slip(office)
    with office.writing() as tx:
        number = returns.find(tx, made.RETURN_ID).number
    code = slips.short_code()
    assert phone.get(f"/R/{number}/{code}").status_code == 200
    assert phone.get(f"/R/R-0571-03-999999/{code}").status_code == 404
    assert phone.get(f"/R/{number}/00000000000").status_code == 404


def test_a_right_code_may_be_looked_at_often(office: Office, phone: TestClient) -> None:
    slips.slip(office)
    page = phone.post("/", data={"code": slips.short_code()})
    tries = office.settings.limits.tries_per_minute
    assert {phone.get(page.url.path).status_code for _ in range(3 * tries)} == {200}


def test_guesses_are_counted_over_all_processes(office: Office) -> None:
    tries = office.settings.limits.tries_per_minute
    phones = [browser(office) for _ in range(3)]  # each before a process of its own
    answers = [
        phones[turn % 3].post("/", data={"code": "00000000000"}).status_code
        for turn in range(tries + 3)
    ]
    assert answers == [404] * tries + [429] * 3
    with office.reading() as session:
        [row] = session.scalars(select(WrongTries))
        assert "testclient" not in row.who


def test_a_right_code_among_too_many_wrong_ones_is_not_answered(office: Office) -> None:
    slips.slip(office)
    phone = browser(office)
    for _ in range(office.settings.limits.tries_per_minute):
        phone.post("/", data={"code": "00000000000"})
    answer = phone.post("/", data={"code": slips.short_code()})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "6")


def test_codes_cannot_be_guessed_by_trying(
    office: Office, clock: TestClock, phone: TestClient
) -> None:
    tries = office.settings.limits.tries_per_minute
    answers = [phone.post("/", data={"code": "00000000000"}).status_code for _ in range(tries + 1)]
    assert answers == [404] * tries + [429]
    clock.at_ms += 60_001
    assert phone.post("/", data={"code": "00000000000"}).status_code == 404
