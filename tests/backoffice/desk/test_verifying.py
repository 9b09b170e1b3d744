"""While a password is verified nothing is held that anybody else waits for."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from threading import Event, Semaphore

import pytest
from sqlalchemy import func, select

from backoffice import people
from backoffice.db.tables import AuditEntry, Record
from backoffice.office import Office, Transaction
from backoffice.people import Role, SignedIn, sign_in
from backoffice.wrong_passwords import Whence
from tests.backoffice.chains import chain
from tests.backoffice.client import Speaker
from tests.backoffice.desk.clerks import PASSWORD
from tests.backoffice.test_races import at_once, deliver

HERE = Whence("192.0.2.1")
NEW = "battery horse correct"


class Slow:
    """Finds every password right, but not before `goes_on`; it has begun when `begun` is set."""

    def __init__(self) -> None:
        self.begun, self.goes_on = Event(), Event()

    def __call__(self, _hashed: str, _password: str) -> bool:
        self.begun.set()
        return self.goes_on.wait(30)


@contextmanager
def being_verified(office: Office) -> Iterator[Future[SignedIn | None]]:
    """Li's password, until the block ends; the future is what came of it."""
    with office.writing() as tx:
        people.add(tx, "Li", Role.MANAGER, PASSWORD, "test")
    slow = Slow()
    with ThreadPoolExecutor(1) as pool:
        came = pool.submit(sign_in, office, "Li", PASSWORD, HERE, slow)
        try:
            assert slow.begun.wait(30)
            yield came
        finally:
            slow.goes_on.set()


def test_a_delivery_goes_through(office: Office) -> None:
    Speaker(office)
    with being_verified(office) as came, ThreadPoolExecutor(1) as pool:
        delivery = pool.submit(deliver, office, "0571-03", chain(1))
        try:
            delivery.result(20)
        finally:
            assert not came.done()
    with office.reading() as session:
        assert session.scalars(select(func.count()).select_from(Record)).one() == 1
    assert came.result() is not None


@pytest.mark.parametrize(
    "change",
    [
        lambda tx: people.change(tx, "Li", "root", password=NEW),
        lambda tx: people.change(tx, "Li", "root", disabled=True),
    ],
)
def test_what_changed_meanwhile_decides(
    office: Office, change: Callable[[Transaction], None]
) -> None:
    """Who is sent away, or whose password was found out, is not let in by what was right before."""
    with being_verified(office) as came:
        office.write(change)
    assert came.result() is None
    with office.reading() as session:
        last = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert last is not None
    assert (last.who, last.what) == ("Li", "sign_in_failed")


def test_two_are_verified_at_a_time(office: Office) -> None:
    """Each takes 19 MiB and a processor. A third would come within the second that is waited."""
    looks, third, ended = Semaphore(2), Event(), Event()

    def look(_hashed: str, _password: str) -> bool:
        if not looks.acquire(blocking=False):
            third.set()
        return not ended.wait(30)

    def watch() -> None:
        came = third.wait(1)
        ended.set()
        assert not came

    at_once(watch, *(partial(sign_in, office, f"Name {n}", "", HERE, look) for n in range(4)))
