"""Refunds go back where they came from, and coins that cannot be paid stay owed."""

from hypothesis import given
from hypothesis import strategies as st

from terminal.core.case import Case
from terminal.core.returns import RefundedTender, Returned, ReturnedLine
from terminal.core.tenders import owed_by_tender, refund_tenders, split_refund, unpaid
from tests.core.shop import line, sale

LUNCH = sale((line(1, 11530, 3000),), (("wechat", 8000), ("card", 2000), ("coupon", 1530)))


def test_a_refund_is_shared_over_what_remains_of_each_tender() -> None:
    assert split_refund(2677, (8000, 2000, 1530)) == (1858, 464, 355)
    assert split_refund(8853, (6142, 1536, 1175)) == (6142, 1536, 1175)


def test_the_worked_example_ends_every_tender_at_zero() -> None:
    first = refund_tenders(Case(LUNCH, Returned()), 2677, 1, last=False)
    went = tuple(RefundedTender(one.position, one.amount) for one in first)
    rest = Case(LUNCH, Returned((ReturnedLine(1, 700, 2677, 0),), went))
    last = refund_tenders(rest, 8853, 1, last=True)
    assert [one.amount for one in first] == [1858, 464, 355]
    assert [one.amount for one in last] == [6142, 1536, 1175]


@given(st.lists(st.integers(0, 100_000), min_size=1, max_size=4), st.data())
def test_no_sequence_of_parts_takes_a_tender_below_zero(
    tendered: list[int], data: st.DataObject
) -> None:
    remaining = tendered
    for last in (False, False, False, True):
        refund = sum(remaining) if last else data.draw(st.integers(0, sum(remaining)))
        shares = split_refund(refund, remaining)
        assert sum(shares) == refund
        remaining = [left - share for left, share in zip(remaining, shares, strict=True)]
        assert min(remaining) >= 0
    assert sum(remaining) == 0


def cash_case(*before: tuple[int, int, int]) -> Case:
    """Ten yuan in cash for three; `before` are (quantity, amount, paid out) of earlier parts."""
    quantity = sum(one[0] for one in before)
    lines = (ReturnedLine(1, quantity, sum(one[1] for one in before), 0),) if before else ()
    tenders = tuple(RefundedTender(0, one[2]) for one in before)
    return Case(sale((line(1, 1000, 3000),), (("cash", 1000),)), Returned(lines, tenders))


def test_cash_that_coins_cannot_pay_stays_owed_until_the_last_part() -> None:
    first = refund_tenders(cash_case(), 333, 10, last=False)[0]
    assert (first.amount, first.owed, first.owed_before) == (330, 3, 0)
    second = refund_tenders(cash_case((1000, 333, 330)), 334, 10, last=False)[0]
    assert (second.amount, second.owed, second.owed_before) == (330, 7, 3)
    both = cash_case((1000, 333, 330), (1000, 334, 330))
    third = refund_tenders(both, 333, 10, last=True)[0]
    assert (third.amount, third.owed, third.owed_before) == (340, 0, 7)


def test_what_coins_cannot_pay_even_at_the_end_is_said() -> None:
    only = refund_tenders(cash_case(), 1000, 300, last=True)[0]
    assert (only.amount, only.owed) == (900, 100)


def test_only_cash_knows_coins() -> None:
    sold = sale((line(1, 1003),), (("wechat", 1003),))
    assert refund_tenders(Case(sold, Returned()), 1003, 10, last=True)[0].amount == 1003


def test_a_kept_fee_is_not_owed() -> None:
    sold = sale((line(1, 1000, 2000),))
    kept = Case(sold, Returned((ReturnedLine(1, 1000, 500, 0),), (RefundedTender(0, 450),), 50))
    assert unpaid(kept) == 0
    assert owed_by_tender(kept) == (0,)


def test_a_tender_that_gets_nothing_is_not_named() -> None:
    sold = sale((line(1, 1000),), (("card", 1000), ("voucher", 0)))
    refunds = refund_tenders(Case(sold, Returned()), 1000, 1, last=True)
    assert [one.kind for one in refunds] == ["card"]
