"""A notification brings a query forward, and nothing else of it is believed."""

import time
from collections.abc import Iterator
from functools import partial

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from backoffice.app import public_app
from backoffice.db.tables import HistoryEntry, Refund, RefundMove
from backoffice.office import Office
from backoffice.rails import acts
from backoffice.rails.chosen import Rails
from backoffice.rails.manual import Manual
from backoffice.rails.moves import replace_move
from backoffice.rails.signing import private_key, public_key
from backoffice.rails.transport import exchange_with
from backoffice.rails.wechatpay import WeChatPay
from backoffice.rails.wechatpay_signing import Merchant
from backoffice.rails.worker import Worker
from backoffice.terminals.authority import Authority
from tests.backoffice.conftest import TestClock
from tests.backoffice.made import RETURN_ID
from tests.backoffice.rails.books import REFERENCE, a_refund, a_sale, refund_of, work
from tests.backoffice.test_races import at_once
from tests.fakes.http_server import Answered
from tests.fakes.rail_keys import pair
from tests.fakes.wechatpay import APIV3_KEY, KEY_ID, MCHID, SERIAL, WeChatPayServer

NUMBER = f"{RETURN_ID}-0"


@pytest.fixture
def server() -> Iterator[WeChatPayServer]:
    with WeChatPayServer() as server:
        server.payments[REFERENCE] = (10000, 10000)
        yield server


@pytest.fixture
def rails(server: WeChatPayServer) -> Rails:
    shop, wechat = private_key(pair("shop").private_pem), public_key(pair("rail").public_pem)
    merchant = Merchant(MCHID, SERIAL, shop, KEY_ID, wechat, APIV3_KEY.encode())
    rail = WeChatPay(merchant, exchange_with(server.url, 5.0))
    return Rails({"wechatpay": rail, "manual": Manual()}, {"wechat": "wechatpay"})


@pytest.fixture
def posts(office: Office, clock: TestClock, rails: Rails) -> Iterator[TestClient]:
    """A refund that was asked for just now, and will be queried in a minute."""
    clock.at_ms = time.time_ns() // 1_000_000
    with office.writing() as tx:
        a_sale(tx)
        a_refund(tx)
    work(Worker(office, rails))
    with TestClient(public_app(office, Authority(office.settings.state_dir), rails)) as client:
        yield client


def _posted(client: TestClient, notice: Answered) -> int:
    return client.post("/rails/wechatpay", content=notice.body, headers=notice.headers).status_code


def test_the_number_is_queried_now(
    office: Office, rails: Rails, server: WeChatPayServer, posts: TestClient
) -> None:
    worker = Worker(office, rails)
    assert _posted(posts, server.notice(NUMBER)) == 204
    assert refund_of(office).state == "processing"  # whatever the notification says
    assert work(worker) == 1
    assert refund_of(office).state == "processing"
    server.finish(NUMBER, "SUCCESS")
    assert _posted(posts, server.notice(NUMBER)) == 204
    assert work(worker) == 1
    assert refund_of(office).state == "success"
    assert _posted(posts, server.notice(NUMBER)) == 204
    assert _posted(posts, server.notice("of somebody else")) == 204
    assert work(worker) == 0


def test_the_same_notification_from_many_sides_at_once_moves_nothing_twice(
    office: Office, rails: Rails, server: WeChatPayServer, posts: TestClient
) -> None:
    worker, other = Worker(office, rails), Worker(office, rails)
    server.finish(NUMBER, "SUCCESS")
    notice = server.notice(NUMBER)
    answers: list[int] = []

    def post() -> None:
        answers.append(_posted(posts, notice))

    at_once(post, partial(work, worker), post, partial(work, other), post)
    assert answers == [204] * 3
    work(worker)
    assert refund_of(office).state == "success"
    assert server.moved() == 4155
    with office.reading() as session:
        said = session.scalars(select(HistoryEntry.what)).all()
    assert said.count("refund") == 2  # on its way, arrived


def test_of_a_number_that_was_given_up_a_person_reads(
    office: Office, rails: Rails, server: WeChatPayServer, posts: TestClient, clock: TestClock
) -> None:
    worker = Worker(office, rails)
    server.finish(NUMBER, "CLOSED")
    assert _posted(posts, server.notice(NUMBER)) == 204
    work(worker)
    assert refund_of(office).state == "closed"
    with office.writing() as tx:
        tx.session.get_one(RefundMove, NUMBER).asked_at = 0  # long enough ago
        acts.give_up(tx, rails, RETURN_ID, 0, "li")
    with office.writing() as tx:
        refund = tx.session.scalars(select(Refund)).one()
        move = tx.session.get_one(RefundMove, NUMBER)
        replace_move(tx, refund, move)
    asked = server.requests
    assert _posted(posts, server.notice(NUMBER)) == 204
    with office.reading() as session:
        last = session.scalars(select(HistoryEntry).order_by(HistoryEntry.id.desc())).first()
        assert last is not None
        assert (last.what, last.who, NUMBER in last.detail) == ("old_number_told", "rail", True)
    assert server.requests == asked


def test_what_is_not_of_wechat_is_refused(
    office: Office, rails: Rails, server: WeChatPayServer, posts: TestClient
) -> None:
    good = server.notice(NUMBER)
    for bad, status in (
        (server.notice(NUMBER, signer="stranger"), 401),
        (server.notice(NUMBER, age_s=900), 401),  # the clock of this test stands still
        (good._replace(headers={}), 401),
        (good._replace(body=good.body.replace("refund", "refunb")), 401),
        (good._replace(body="x" * 70_000), 413),
        (server._signed(200, "{}"), 401),
        (
            server._signed(
                200, good.body.replace("AEAD", "XEAD").replace('"nonce": "', '"nonce": "0')
            ),
            401,
        ),
    ):
        assert _posted(posts, bad) == status
    assert work(Worker(office, rails)) == 0


def test_a_shop_without_wechat_pay_has_no_such_address(office: Office) -> None:
    rails = Rails({"manual": Manual()}, {})
    with TestClient(public_app(office, Authority(office.settings.state_dir), rails)) as client:
        assert client.post("/rails/wechatpay", content="{}").status_code == 404
