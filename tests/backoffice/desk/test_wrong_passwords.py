"""Whoever guesses at a password waits; nobody else does."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Event, Semaphore

import pytest
from sqlalchemy import func, select

from backoffice import people
from backoffice.db.tables import AuditEntry, OfficeUser, WrongTries
from backoffice.office import Office
from backoffice.people import sign_in
from backoffice.rates import TooOften
from backoffice.wrong_passwords import FREE_TRIES, NAME_PER_HOUR, Whence
from tests.backoffice.conftest import TestClock
from tests.backoffice.desk.clerks import PASSWORD, Clerk
from tests.backoffice.front import browser
from tests.backoffice.test_races import at_once

Guess = Callable[[str], str]  # the page that a password leads to
AWAY = "203.0.113.9"
WAIT = "Too many wrong passwords"
WRONG = "do not fit"


def at(office: Office, address: str, name: str = "Chen") -> Guess:
    """Somebody at a browser that nobody used before."""
    http = browser(office, "en", address)

    def guess(password: str) -> str:
        return http.post("/desk/sign-in", data={"name": name, "password": password}).text

    return guess


def looked_at(office: Office) -> int:
    """How many wrong passwords were looked at, and not sent away before."""
    wrong = select(func.count()).where(AuditEntry.what == "sign_in_failed")
    with office.reading() as session:
        return session.scalar(wrong) or 0


def from_many(office: Office, count: int) -> None:
    """Wrong ones of a name that somebody has, each from an address of its own."""
    for number in range(count):
        whence = Whence(f"198.51.100.{number}")
        with suppress(TooOften):
            sign_in(office, "Chen", "wrong", whence)


def test_a_stranger_elsewhere_keeps_nobody_out(office: Office, clock: TestClock) -> None:
    manager, stranger = Clerk(office), at(office, AWAY)
    for _ in range(20):
        stranger("wrong")
        clock.at_ms += 60_000
    assert WAIT in stranger(PASSWORD), "even the right one, for a while"
    assert WAIT not in at(office, "192.0.2.7")(PASSWORD), "a browser that is new, elsewhere"
    assert manager.sign_in(PASSWORD) == 200


def test_nor_does_one_beside_them(office: Office) -> None:
    """Of the same shop, and so at the same address."""
    manager, beside = Clerk(office), at(office, "testclient")
    for number in range(office.settings.limits.tries_per_minute):
        sign_in(office, f"Name {number}", "wrong", Whence("testclient"))
    assert WAIT in beside(PASSWORD)
    assert manager.sign_in(PASSWORD) == 200


def test_nor_do_many_everywhere(office: Office, clock: TestClock) -> None:
    manager = Clerk(office)
    from_many(office, NAME_PER_HOUR + 3)
    assert looked_at(office) == NAME_PER_HOUR
    new = at(office, "192.0.2.7")
    assert WAIT in new(PASSWORD), "a browser that is new waits"
    assert manager.sign_in(PASSWORD) == 200, "one that they used before does not"
    clock.at_ms += 3_600_000
    assert WAIT not in new(PASSWORD)


def test_a_browser_that_is_known_waits_for_its_own_wrong_ones(
    office: Office, clock: TestClock
) -> None:
    clerk = Clerk(office)
    assert [clerk.sign_in("wrong") for _ in range(FREE_TRIES)] == [403] * FREE_TRIES
    assert clerk.sign_in(PASSWORD) == 403, "even the right one, for a while"
    clock.at_ms += 15_000
    assert clerk.sign_in(PASSWORD) == 200
    assert [clerk.sign_in("wrong") for _ in range(FREE_TRIES)] == [403] * FREE_TRIES, "anew"
    assert looked_at(office) == 2 * FREE_TRIES


def test_what_one_address_may_try_in_an_hour(office: Office, clock: TestClock) -> None:
    Clerk(office)
    stranger = at(office, AWAY)
    for _ in range(FREE_TRIES):
        stranger("wrong")
    for _ in range(3_600 // 15):
        clock.at_ms += 15_000
        stranger("wrong")
    assert looked_at(office) == FREE_TRIES + 8  # after 15 30 60 120 240 480 900 900 seconds


def test_guesses_at_the_same_instant_are_counted_before_they_are_looked_at(office: Office) -> None:
    """Nobody's look ends until all the others were sent away: then these looked at once."""
    Clerk(office)
    guesses = 4 * FREE_TRIES
    looks, away, ended = Semaphore(0), Semaphore(0), Event()

    def look(_hashed: str, _password: str) -> bool:
        looks.release()
        assert ended.wait(30)
        return False

    with Office(office.settings, office.clock) as other:  # as another process
        processes = (office, other)

        def guess(number: int) -> None:
            try:
                sign_in(processes[number % 2], "Chen", f"wrong {number}", Whence(AWAY), look)
            except TooOften:
                away.release()

        def wait() -> None:
            sent = all(away.acquire(timeout=30) for _ in range(guesses - FREE_TRIES))
            ended.set()
            assert sent

        at_once(wait, *(partial(guess, number) for number in range(guesses)))
    assert looked_at(office) == FREE_TRIES
    assert sum(looks.acquire(blocking=False) for _ in range(guesses)) == FREE_TRIES


def test_one_address_does_not_go_from_name_to_name(office: Office) -> None:
    most = office.settings.limits.tries_per_minute
    for number in range(most):
        sign_in(office, f"Name {number}", "wrong", Whence(AWAY))
    assert WAIT in at(office, AWAY, "One more")("wrong")


def test_a_right_one_counts_for_nothing_at_the_address(office: Office) -> None:
    """Each was taken before it was known to be right, and is given back."""
    Clerk(office)
    most = office.settings.limits.tries_per_minute
    for _ in range(most + 1):
        assert sign_in(office, "Chen", PASSWORD, Whence(AWAY)) is not None
    for number in range(most):
        assert sign_in(office, f"Name {number}", "wrong", Whence(AWAY)) is None
    with pytest.raises(TooOften):
        sign_in(office, "One more", "wrong", Whence(AWAY))


def test_no_wait_tells_whether_anybody_has_a_name(office: Office) -> None:
    Clerk(office)
    chen, nobody = at(office, AWAY), at(office, "198.51.100.1", "Nobody")
    assert [chen("wrong") for _ in range(7)] == [nobody("wrong") for _ in range(7)]


@pytest.mark.parametrize("spoil", [lambda _: "", lambda kept: kept[:-1], lambda kept: f"0{kept}"])
def test_a_browser_that_says_so_itself_is_not_known(
    office: Office, spoil: Callable[[str], str]
) -> None:
    manager = Clerk(office)
    kept = next(one for one in manager.http.cookies.jar if one.name.startswith("desk_known"))
    assert (kept.path, kept.value is not None) == ("/desk/sign-in", True)
    from_many(office, NAME_PER_HOUR)
    manager.http.cookies.clear()
    manager.http.cookies.set(kept.name, spoil(kept.value or ""))
    assert manager.sign_in(PASSWORD) == 403
    manager.http.cookies.set(kept.name, kept.value or "")
    assert manager.sign_in(PASSWORD) == 200


def test_it_is_known_for_who_signed_in_with_it_alone(office: Office) -> None:
    manager = Clerk(office)
    with office.writing() as tx:
        people.add(tx, "Li", people.Role.REVIEWER, PASSWORD, "test")
    kept = next(one for one in manager.http.cookies.jar if one.name.startswith("desk_known"))
    for _ in range(FREE_TRIES):
        sign_in(office, "Li", "wrong", Whence("testclient", kept.value or ""))
    with pytest.raises(TooOften):
        sign_in(office, "Li", PASSWORD, Whence("testclient"))


def test_a_new_password_begins_anew(office: Office) -> None:
    """And whoever used the old one is a stranger again."""
    manager, new = Clerk(office), "battery horse correct"
    from_many(office, NAME_PER_HOUR)
    with office.writing() as tx:
        people.change(tx, manager.name, "root", password=new)
    assert WRONG in at(office, AWAY)("wrong")
    from_many(office, NAME_PER_HOUR)
    assert manager.sign_in(new) == 403, "it knew the old one"


def test_nothing_that_is_kept_names_anybody(office: Office) -> None:
    Clerk(office)
    at(office, AWAY)("wrong")
    with office.reading() as session:
        rows = session.scalars(select(WrongTries)).all()
        hashed = session.scalars(select(OfficeUser.password_hash)).one()
    assert len(rows) == 3
    assert not any(AWAY in one.who or "Chen" in one.who for one in rows)
    assert PASSWORD not in hashed
