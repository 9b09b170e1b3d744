"""Alipay's rail against Alipay played on this machine: what is believed, what is asked."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backoffice.clock import ms_of
from backoffice.rails import alipay_words as words
from backoffice.rails.alipay import Alipay, fen, yuan
from backoffice.rails.alipay_signing import Application, members
from backoffice.rails.rail import (
    Abnormal,
    Accepted,
    Failed,
    Missing,
    Processing,
    Success,
    Unknown,
)
from backoffice.rails.signing import private_key, public_key
from backoffice.rails.transport import exchange_with
from tests.backoffice.rails.asks import REFERENCE, ask, now_ms
from tests.fakes.alipay import APP_ID, AlipayServer, Fault
from tests.fakes.rail_keys import pair

AT_MS = ms_of("2026-11-27T15:45:57+08:00")


@pytest.fixture
def server() -> Iterator[AlipayServer]:
    with AlipayServer() as server:
        server.payments[REFERENCE] = (10000, 1000)
        yield server


@pytest.fixture
def rail(server: AlipayServer) -> Alipay:
    return _rail(server)


def _rail(server: AlipayServer) -> Alipay:
    who = Application(
        APP_ID, private_key(pair("shop").private_pem), public_key(pair("rail").public_pem)
    )
    return Alipay(who, exchange_with(f"{server.url}/gateway.do", 1.0))


def test_money_that_moved_is_accepted_and_the_query_tells_how_much_arrived(
    server: AlipayServer, rail: Alipay
) -> None:
    one = ask()
    assert rail.query(one, now_ms()) == Missing()
    assert rail.refund(one, now_ms()) == Accepted()
    assert rail.query(one, now_ms()) == Success(2642, AT_MS, "ALIPAYACCOUNT MCOUPON")
    assert server.moved() == 2935
    assert server.bad_requests == []


def test_the_same_number_again_moves_nothing_and_has_to_be_queried(
    server: AlipayServer, rail: Alipay
) -> None:
    rail.refund(ask(), now_ms())
    assert rail.refund(ask(), now_ms()) == Unknown(words.NO_CHANGE)
    assert server.told_no_change == 1
    assert isinstance(rail.query(ask(), now_ms()), Success)
    assert server.moved() == 2935


@settings(max_examples=25)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_a_reason_arrives_as_it_is_in_whatever_script(reason: str) -> None:
    with AlipayServer() as server:
        server.payments[REFERENCE] = (10000, 0)
        assert _rail(server).refund(ask(reason=reason), now_ms()) == Accepted()
        assert server.asked[0]["biz_content"]["refund_reason"] == reason


def test_every_part_has_a_number_of_its_own(server: AlipayServer, rail: Alipay) -> None:
    for part, amount in enumerate((3333, 3334, 3333), 1):
        one = ask(f"R-{part}", amount, part=part)
        assert rail.refund(one, now_ms()) == Accepted()
        found = rail.query(one, now_ms())
        assert isinstance(found, Success)
    assert server.moved() == 10000
    more = rail.refund(ask("R-4", 1, part=4), now_ms())
    assert more == Failed(words.FINAL["ACQ.REASON_TRADE_REFUND_FEE_ERR"])


@pytest.mark.parametrize("fault", [fault for fault in Fault if fault is not Fault.NONE])
def test_no_trustworthy_answer_is_unknown_whether_it_was_done_or_not(
    server: AlipayServer, rail: Alipay, fault: Fault
) -> None:
    one = ask()
    server.faults.append(fault)
    assert isinstance(rail.refund(one, now_ms()), Unknown)
    done = fault.name.endswith("DONE")
    assert server.moved() == (2935 if done else 0)
    found = rail.query(one, now_ms())
    assert isinstance(found, Success) if done else found == Missing()
    server.faults.append(fault)
    assert isinstance(rail.query(one, now_ms()), Unknown)


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        ("ACQ.TRADE_NOT_EXIST", Failed),
        ("ACQ.TRADE_HAS_FINISHED", Failed),
        ("ACQ.TRADE_STATUS_ERROR", Failed),
        ("ACQ.SELLER_BALANCE_NOT_ENOUGH", Abnormal),
        ("ACQ.REASON_TRADE_BEEN_FREEZEN", Abnormal),
        ("ACQ.INVALID_PARAMETER", Abnormal),
        ("ACQ.SOMETHING_NEW", Abnormal),
        ("ACQ.SYSTEM_ERROR", Unknown),
        ("AQC.SYSTEM_ERROR", Unknown),
    ],
)
def test_signed_refusals(server: AlipayServer, rail: Alipay, code: str, answer: type) -> None:
    server.refuses[ask().refund_no] = "40004", code
    assert isinstance(rail.refund(ask(), now_ms()), answer)
    assert server.moved() == 0


@pytest.mark.parametrize(
    ("code", "sub_code", "answer"),
    [
        ("20001", "aop.invalid-auth-token", Abnormal),
        ("40002", "isv.invalid-signature", Abnormal),
        ("40006", "isv.insufficient-isv-permissions", Abnormal),
        ("40005", "isv.app-call-limited", Unknown),
        ("40005", "isv.method-call-limited", Unknown),
        ("10003", "", Unknown),
        ("50000", "new", Unknown),
    ],
)
def test_only_what_the_gateway_calls_a_refusal_is_one(
    server: AlipayServer, rail: Alipay, code: str, sub_code: str, answer: type
) -> None:
    server.refuses[ask().refund_no] = code, sub_code
    assert isinstance(rail.refund(ask(), now_ms()), answer)


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        ("P", Processing()),
        ("F", Abnormal(words.BANK)),
        ("S", Success(2642, AT_MS, "ALIPAYACCOUNT MCOUPON")),
    ],
)
def test_a_bank_card_is_there_once_the_bank_says_so(
    server: AlipayServer, rail: Alipay, status: str, answer: object
) -> None:
    rail.refund(ask(), now_ms())
    server.bank[ask().refund_no] = status
    assert rail.query(ask(), now_ms()) == answer


def test_another_refund_under_our_number_is_told_and_not_taken_for_ours(
    server: AlipayServer, rail: Alipay
) -> None:
    rail.refund(ask(), now_ms())
    assert rail.query(ask(amount=2936), now_ms()) == Abnormal(words.OTHER_REFUND)
    assert rail.refund(ask(amount=2936), now_ms()) == Abnormal(words.OTHER_REFUND)
    assert server.moved() == 2935


def test_a_payment_that_alipay_does_not_know_has_no_refund(rail: Alipay) -> None:
    assert rail.query(ask(reference="2026"), now_ms()) == Missing()


def test_only_yuan(server: AlipayServer, rail: Alipay) -> None:
    assert rail.refund(ask(currency="KWD"), now_ms()) == Failed(words.CURRENCY)
    assert server.requests == 0


@given(st.integers(0, 10**12))
def test_amounts_go_to_yuan_and_back(amount: int) -> None:
    assert fen(yuan(amount)) == amount


@pytest.mark.parametrize("text", ["", "-1.00", "1.234", "1e3", ".50", "1.2.3", "１.00", " 1.00"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="yuan"):
        fen(text)


def test_the_members_of_a_body_are_its_own_text() -> None:
    told = members(' {"a" : {"x": "}\\" {"}, "sign":"\\u0061\\/b" } trailing is not ours')
    assert told == {"a": '{"x": "}\\" {"}', "sign": '"\\u0061\\/b"'}


@pytest.mark.parametrize(
    "body", ["", "[]", "{", '{"a"', '{"a":1', '{"a":1 "b":2}', '{"a":1,"a":2}']
)
def test_a_body_that_is_no_object_is_refused(body: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        members(body)
