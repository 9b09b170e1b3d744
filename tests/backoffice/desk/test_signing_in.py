"""Who may sit at the desk, and that nobody else acts in their name."""

import pytest

from backoffice import people
from backoffice.db.tables import AuditEntry, Return
from backoffice.office import Office
from backoffice.people import Role
from backoffice.states import State
from backoffice.words import Refused
from tests.backoffice import made
from tests.backoffice.conftest import TestClock
from tests.backoffice.desk.clerks import PASSWORD, Clerk
from tests.backoffice.front import browser
from tests.backoffice.pages import slips


def test_a_stranger_is_led_to_sign_in_and_back(office: Office) -> None:
    http = browser(office)
    page = http.get("/desk/returns?state=submitted", follow_redirects=False)
    assert page.status_code == 303
    where = page.headers["Location"]
    assert where.startswith("/desk/sign-in?next=")
    with office.writing() as tx:
        people.add(tx, "Li", Role.VIEWER, PASSWORD, "test")
    form = {"name": "Li", "password": PASSWORD, "next": "/desk/returns?state=submitted"}
    after = http.post("/desk/sign-in", data=form, follow_redirects=False)
    assert after.headers["Location"] == "/desk/returns?state=submitted"
    cookie = after.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "/desk\\@evil", "/"])
def test_nobody_is_led_elsewhere(office: Office, wanted: str) -> None:
    with office.writing() as tx:
        people.add(tx, "Li", Role.VIEWER, PASSWORD, "test")
    form = {"name": "Li", "password": PASSWORD, "next": wanted}
    after = browser(office).post("/desk/sign-in", data=form, follow_redirects=False)
    assert after.headers["Location"] == "/desk"


def test_a_name_that_no_database_holds_is_nobodys(office: Office) -> None:
    """PostgreSQL takes no NUL in a text: it was a fault of ours, and no wrong try."""
    stranger = browser(office)
    form = {"name": "Li\0", "password": PASSWORD}
    limit = office.settings.limits.tries_per_minute
    pages = [stranger.post("/desk/sign-in", data=form) for _ in range(limit + 1)]
    assert {one.status_code for one in pages} == {403}
    assert pages[0].text != pages[-1].text, "it was counted"


@pytest.mark.parametrize("field", ["q", "state", "store", "since", "until"])
def test_nor_is_it_looked_for(office: Office, field: str) -> None:
    viewer = Clerk(office, Role.VIEWER)
    viewer.looks(f"/returns?{field}=%00x")
    viewer.looks(f"/returns.csv?{field}=%00x")


def test_what_does_not_fit_is_not_said_again(office: Office) -> None:
    """A password that is too long is perhaps a password with something pasted behind it."""
    stranger = browser(office, "en")
    answer = stranger.post("/desk/sign-in", data={"name": "Li", "password": PASSWORD * 20})
    assert (answer.status_code, PASSWORD in answer.text) == (422, False)
    assert answer.headers["Content-Type"].startswith("text/html")
    code = stranger.post("/", data={"code": PASSWORD * 20})
    assert (code.status_code, PASSWORD in code.text) == (422, False)


def test_a_session_ends(office: Office, clock: TestClock) -> None:
    clerk = Clerk(office)
    clerk.looks()
    clock.at_ms += office.settings.desk_hours * 3_600_000
    assert "Sign in" in clerk.looks("/returns")


def test_signing_out_ends_it_at_once(office: Office) -> None:
    clerk = Clerk(office)
    cookie = clerk.http.cookies["desk"]
    clerk.presses("", "/sign-out")
    clerk.http.cookies.set("desk", cookie)
    assert "Sign in" in clerk.looks("/returns")


def test_a_form_from_elsewhere_does_nothing(office: Office) -> None:
    clerk = Clerk(office)
    slips.slip(office)
    address = f"/desk/returns/{made.RETURN_ID}/approve"
    assert clerk.http.post(address, data={"key": "0" * 32}).status_code == 403
    assert clerk.http.post(address).status_code == 403
    page = clerk.looks(f"/returns/{made.RETURN_ID}")
    key = page.split('name="key" value="')[1].split('"')[0]
    for header in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert clerk.http.post(address, data={"key": key}, headers=header).status_code == 403
    with office.reading() as session:
        ret = session.get(Return, made.RETURN_ID)
        assert ret is not None
        assert ret.state == State.WAITING


@pytest.mark.parametrize(
    ("role", "address", "allowed"),
    [
        (Role.VIEWER, "/returns/{id}/approve", False),
        (Role.REVIEWER, "/returns/{id}/approve", True),
        (Role.REVIEWER, "/returns/{id}/accept", False),
        (Role.REVIEWER, "/people/add", False),
        (Role.REVIEWER, "/terminals/code", False),
        (Role.VIEWER, "/aside/{id}", False),
    ],
)
def test_a_role_does_what_it_may(
    office: Office, role: Role, address: str, *, allowed: bool
) -> None:
    slips.slip(office)
    clerk = Clerk(office, role)
    key = clerk.looks().split('name="key" value="')[1].split('"')[0]
    answer = clerk.http.post(f"/desk{address.format(id=made.RETURN_ID)}", data={"key": key})
    assert (answer.status_code == 200) is allowed, answer.text


def test_people_are_added_changed_and_sent_away(office: Office) -> None:
    manager = Clerk(office)
    manager.presses("/people", "/people/add", name="Zhao", role="reviewer", password=PASSWORD)
    assert "12 characters" in manager.presses(
        "/people", "/people/add", 409, name="Qian", role="viewer", password="short"
    )
    zhao = browser(office)
    zhao.post("/desk/sign-in", data={"name": "Zhao", "password": PASSWORD})
    assert zhao.get("/desk", follow_redirects=False).status_code == 200
    with office.writing() as tx:
        people.change(tx, "Zhao", manager.name, disabled=True)
    assert zhao.get("/desk", follow_redirects=False).status_code == 303
    with office.writing() as tx, pytest.raises(Refused):
        people.change(tx, manager.name, manager.name, disabled=True)


def test_who_takes_a_new_password_shuts_out_whoever_had_the_old_one(office: Office) -> None:
    manager = Clerk(office)
    thief = browser(office)
    thief.post("/desk/sign-in", data={"name": manager.name, "password": PASSWORD})
    assert thief.get("/desk", follow_redirects=False).status_code == 200
    new = "battery horse correct"
    page = manager.presses("/people", "/people/change", role="manager", password=new)
    assert thief.get("/desk", follow_redirects=False).status_code == 303
    assert "Sign in" in page, "and signs in with it"
    assert (manager.sign_in(PASSWORD), manager.sign_in(new)) == (403, 200)


def test_every_act_is_in_the_log_and_no_password_is(office: Office) -> None:
    clerk = Clerk(office)
    clerk.sign_in("a wrong password")
    slips.slip(office)
    clerk.presses(f"/returns/{made.RETURN_ID}", "/approve")
    with office.reading() as session:
        entries = session.query(AuditEntry).all()
    acts = [(one.who, one.what) for one in entries]
    assert ("Chen", "sign_in_failed") in acts
    assert ("Chen", "approved") in acts
    assert not any("password" in f"{one.about}{one.detail}" for one in entries)
    assert "approved" in clerk.looks("/log")
