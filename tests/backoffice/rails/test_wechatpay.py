"""WeChat Pay's rail against WeChat Pay played on this machine: what is believed, what is asked."""

from collections.abc import Iterator

import pytest

from backoffice.clock import ms_of
from backoffice.rails import wechatpay_words as words
from backoffice.rails.rail import (
    Abnormal,
    Accepted,
    Closed,
    Failed,
    Missing,
    Processing,
    Success,
    Unknown,
)
from backoffice.rails.signing import private_key, public_key
from backoffice.rails.transport import exchange_with
from backoffice.rails.wechatpay import PARTS, YEAR_MS, WeChatPay
from backoffice.rails.wechatpay_signing import Merchant
from tests.backoffice.rails.asks import REFERENCE, ask, now_ms
from tests.fakes.rail_keys import pair
from tests.fakes.wechatpay import KEY_ID, MCHID, SERIAL, Fault, WeChatPayServer


@pytest.fixture
def server() -> Iterator[WeChatPayServer]:
    with WeChatPayServer() as server:
        server.payments[REFERENCE] = (10000, 9000)  # a tenth of it was a coupon
        yield server


@pytest.fixture
def rail(server: WeChatPayServer) -> WeChatPay:
    return _rail(server.url)


def _rail(url: str, shop: str = "shop") -> WeChatPay:
    shops, wechats = private_key(pair(shop).private_pem), public_key(pair("rail").public_pem)
    return WeChatPay(Merchant(MCHID, SERIAL, shops, KEY_ID, wechats), exchange_with(url, 1.0))


def test_the_reply_means_accepted_and_the_query_tells_the_truth(
    server: WeChatPayServer, rail: WeChatPay
) -> None:
    one = ask()
    assert rail.query(one, now_ms()) == Missing()
    assert rail.refund(one, now_ms()) == Accepted()
    assert rail.query(one, now_ms()) == Processing()
    server.finish(one.refund_no, "SUCCESS")
    assert rail.refund(one, now_ms()) == Accepted()  # even now, a reply is no proof
    assert rail.query(one, now_ms()) == Success(
        2641, ms_of("2026-11-27T15:45:57+08:00"), "支付用户零钱"
    )
    assert server.moved() == 2935
    assert server.bad_requests == []


def test_parts_return_a_coupon_in_proportion_and_sum_to_what_was_paid(
    server: WeChatPayServer, rail: WeChatPay
) -> None:
    actual = 0
    for part, amount in enumerate((3333, 3334, 3333), 1):
        one = ask(f"R-{part}", amount, part=part)
        assert rail.refund(one, now_ms()) == Accepted()
        server.finish(one.refund_no, "SUCCESS")
        found = rail.query(one, now_ms())
        assert isinstance(found, Success)
        actual += found.actual
    assert (server.moved(), actual) == (10000, 9000)


def test_the_same_number_twice_moves_the_money_once(
    server: WeChatPayServer, rail: WeChatPay
) -> None:
    for _ in range(3):
        assert rail.refund(ask(), now_ms()) == Accepted()
    assert server.moved() == 2935


@pytest.mark.parametrize("fault", [fault for fault in Fault if fault is not Fault.NONE])
def test_no_trustworthy_answer_is_unknown_whether_it_was_done_or_not(
    server: WeChatPayServer, rail: WeChatPay, fault: Fault
) -> None:
    one = ask()
    server.faults.append(fault)
    assert isinstance(rail.refund(one, now_ms()), Unknown)
    done = fault.name.endswith("DONE")
    assert server.moved() == (2935 if done else 0)
    assert rail.query(one, now_ms()) == (Processing() if done else Missing())
    server.faults.append(fault)
    assert isinstance(rail.query(one, now_ms()), Unknown)


def test_a_server_that_is_not_there_is_unknown() -> None:
    with WeChatPayServer() as server:
        gone = server.url
    assert _rail(gone).refund(ask(), now_ms()) == Unknown(words.no_answer("ConnectError"))


@pytest.mark.parametrize(
    ("status", "code", "answer"),
    [
        (403, "USER_ACCOUNT_ABNORMAL", Failed),
        (403, "TRADE_OVERDUE", Failed),
        (404, "RESOURCE_NOT_EXISTS", Failed),
        (400, "INVALID_REQUEST", Failed),
        (403, "NOT_ENOUGH", Abnormal),
        (403, "NO_AUTH", Abnormal),
        (400, "PARAM_ERROR", Abnormal),
        (403, "SOMETHING_NEW", Abnormal),
        (500, "SYSTEM_ERROR", Unknown),
        (400, "BIZERR_NEED_RETRY", Unknown),
        (429, "FREQUENCY_LIMITED", Unknown),
    ],
)
def test_signed_refusals(
    server: WeChatPayServer, rail: WeChatPay, status: int, code: str, answer: type
) -> None:
    server.refuses[ask().refund_no] = (status, code)
    assert isinstance(rail.refund(ask(), now_ms()), answer)
    assert server.moved() == 0


@pytest.mark.parametrize("status", [202, 302, 400])
def test_what_is_signed_and_names_no_code_is_no_refusal(
    server: WeChatPayServer, rail: WeChatPay, status: int
) -> None:
    """202: taken and not done yet; the same request is to be made again."""
    server.refuses[ask().refund_no] = (status, "")
    assert rail.refund(ask(), now_ms()) == Unknown(words.answered(str(status)))


@pytest.mark.parametrize(
    ("status", "answer"),
    [("CLOSED", Closed(words.CLOSED)), ("ABNORMAL", Abnormal(words.ABNORMAL))],
)
def test_the_other_ends(
    server: WeChatPayServer, rail: WeChatPay, status: str, answer: Closed | Abnormal
) -> None:
    rail.refund(ask(), now_ms())
    server.finish(ask().refund_no, status)
    assert rail.query(ask(), now_ms()) == answer


def test_another_refund_under_our_number_is_told_and_not_taken_for_ours(
    server: WeChatPayServer, rail: WeChatPay
) -> None:
    rail.refund(ask(), now_ms())
    server.finish(ask().refund_no, "SUCCESS")
    assert rail.query(ask(amount=2936), now_ms()) == Abnormal(words.OTHER_REFUND)
    server.refunds[ask().refund_no]["amount"]["payer_refund"] = 2936
    assert rail.query(ask(), now_ms()) == Abnormal(words.OTHER_REFUND)
    server.refunds[ask().refund_no]["amount"] = {"refund": 29.35, "payer_refund": 29}
    assert rail.query(ask(), now_ms()) == Unknown(words.UNREADABLE)


def test_what_wechat_never_takes_is_not_asked(server: WeChatPayServer, rail: WeChatPay) -> None:
    old = ask(paid_at_ms=now_ms() - YEAR_MS - 1000)
    assert rail.refund(old, now_ms()) == Failed(words.TOO_LATE)
    assert rail.refund(ask(part=PARTS + 1), now_ms()) == Failed(words.TOO_MANY)
    assert rail.refund(ask(currency="JPY"), now_ms()) == Failed(words.CURRENCY)
    assert server.requests == 0
    assert rail.refund(ask(part=PARTS), now_ms()) == Accepted()


def test_polling_decays(rail: WeChatPay) -> None:
    at, asked = 0, []
    while at < 130:
        wait = rail.poll_ms(at * 60_000)
        assert wait is not None
        at += wait // 60_000
        asked.append(at)
    assert asked == [1, 2, 3, 4, 5, 10, 20, 40, 70, 100, 130]


def test_a_key_of_another_merchant_is_refused_and_moves_nothing(server: WeChatPayServer) -> None:
    assert _rail(server.url, "stranger").refund(ask(), now_ms()) == Unknown(words.UNSIGNED)
    assert (server.bad_requests, server.moved()) == (["signature"], 0)
