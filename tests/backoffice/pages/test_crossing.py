"""A customer presses while somebody at the office decides: who was first is not undone."""

import threading
import time

from sqlalchemy import text
from starlette.testclient import TestClient

from backoffice import returns
from backoffice.db.engine import is_sqlite
from backoffice.office import Office
from backoffice.states import State
from backoffice.words import Worded
from tests.backoffice import made
from tests.backoffice.pages import slips
from tests.backoffice.pages.test_page import seen, state

NO = Worded("商品已使用", "The goods were used")
WAITS = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")


def until_it_waits(office: Office) -> None:
    """Somebody has looked, and waits for the row; SQLite lets nobody look before its turn."""
    if is_sqlite(office.engine):
        return
    with office.engine.connect() as connection:
        while not connection.scalar(WAITS):
            connection.rollback()
            time.sleep(0.01)


def test_a_press_does_not_undo_what_the_office_has_just_said(
    office: Office, phone: TestClient
) -> None:
    address = slips.slip(office)
    form = {"seen": seen(phone.get(address).text)}
    pages: list[str] = []
    press = threading.Thread(target=lambda: pages.append(phone.post(address, data=form).text))
    with office.writing() as tx:
        returns.decline(tx, made.RETURN_ID, "li", NO)
        tx.write()
        press.start()
        until_it_waits(office)
    press.join()
    assert state(office) == State.DECLINED
    assert NO.zh in pages[0]
