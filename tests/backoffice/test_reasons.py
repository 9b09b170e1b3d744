"""A reason is called what the shop calls it, on every page."""

import json
from datetime import datetime

from sqlalchemy import select

from backoffice.db.tables import Return, ReturnLine
from backoffice.office import Office
from backoffice.reasons import REASONS, reasons_of
from backoffice.words import Worded
from tests.backoffice import made
from tests.backoffice.client import Speaker
from tests.backoffice.desk.clerks import Clerk
from tests.backoffice.front import browser
from tests.backoffice.pages import slips
from tests.backoffice.pos import shelve
from tests.backoffice.test_books import MakeTillAt, gives_back
from tests.backoffice.test_books import till_at as till_at  # noqa: PLC0414
from tests.backoffice.till_rows import events, verdicts
from tests.flows.conftest import _make_till as make_till  # noqa: F401 - a fixture
from tests.flows.shelf import one_oil


def own_reason(office: Office) -> str:
    """A slip whose goods came back for a reason that this shop alone knows."""
    address = slips.slip(office)
    with office.writing() as tx:
        line = tx.session.scalars(select(ReturnLine)).first()
        assert line is not None
        line.reason = "WILTED"
        ret = tx.session.get_one(Return, made.RETURN_ID)
        said = [{"code": "WILTED", "words": {"zh": "花谢了", "en": "Wilted <b>soon</b>"}}]
        ret.body = json.dumps(json.loads(ret.body) | {"reasons": said})
    return address


def test_the_words_of_a_shops_own_reason_come_with_its_return(office: Office) -> None:
    address = own_reason(office)
    assert "花谢了" in browser(office).get(address).text
    page = browser(office, "en").get(address).text
    assert "Wilted &lt;b&gt;soon&lt;/b&gt;" in page
    assert "Quality" in page  # the other line's, by the words that every shop begins with
    clerk = Clerk(office)
    for path in (f"/returns/{made.RETURN_ID}", f"/day?day={_day(office)}"):
        assert "Wilted &lt;b&gt;soon" in clerk.looks(path), path


def test_a_terminal_records_the_words_of_its_reasons(office: Office, till_at: MakeTillAt) -> None:
    sold = one_oil(tenders=(("wechat", "59.90", "零钱"),))
    shelve(office, sold)
    till = till_at("03", sold)
    gives_back(till)
    assert "parked" not in verdicts(Speaker(office).delivers(events(till)))
    with office.reading() as session:
        body = session.scalars(select(Return.body)).one()
        code = session.scalars(select(ReturnLine.reason)).one()
    assert [one["code"] for one in json.loads(body)["reasons"]] == [code]
    ours = {one.code: one.words for one in till.settings.rules.reasons}
    assert reasons_of([body])[code] == Worded(ours[code].zh, ours[code].en)


def test_a_record_of_an_older_terminal_has_the_words_that_every_shop_begins_with() -> None:
    assert (
        reasons_of(["{}", '{"reasons":[{"code":"QUALITY","words":{"zh":"","en":"x"}}]}']) == REASONS
    )


def _day(office: Office) -> str:
    return datetime.fromtimestamp(office.clock() / 1000).astimezone().date().isoformat()
