"""A day's figures and pages: sums that agree with the returns, and every row on some page."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from terminal.core.day import (
    PAGE_ROWS,
    Closing,
    Count,
    DaySheet,
    Drawer,
    Figure,
    PageKind,
    Scope,
    Shift,
    hours_of,
    pages,
    report_rows,
)
from terminal.core.figures import figures_of
from terminal.core.people import Role, Staff
from terminal.core.returns import (
    Condition,
    Disposition,
    Refund,
    Return,
    ReturnKind,
    ReturnLine,
    Settlement,
    Status,
)
from terminal.core.sale import Currency, Unit
from terminal.core.watch import Finding
from terminal.core.words import Worded

CNY = Currency("CNY", 2)
ANYBODY = Worded("", "")


@st.composite
def returns(draw: st.DrawFn) -> Return:
    """A return of up to three lines, in cash (some of it owed, or owed from before) and by card,
    some of it taken by new goods.
    """
    amounts = draw(st.lists(st.integers(1, 9999), min_size=1, max_size=3))
    lines = tuple(
        _line(at, amount, draw(st.sampled_from("AB"))) for at, amount in enumerate(amounts)
    )
    total = sum(amounts)
    fee = draw(st.integers(0, total))
    covered = draw(st.sampled_from((0, total - fee, (total - fee) // 2)))
    due = total - fee - covered
    cash = draw(st.integers(0, due))
    owed = draw(st.integers(0, min(cash, 9)))
    before = draw(st.integers(0, 9))
    in_cash = Refund(0, "cash", "", cash + before - owed, owed, before)
    refunds = (in_cash, Refund(1, "card", "", due - cash))
    return Return(
        id="r",
        number="R-1",
        short_code="",
        sale_id="s",
        receipt_no="",
        recorded_at=f"2026-11-23T{draw(st.integers(0, 23)):02d}:30:00+08:00",
        cashier=draw(st.sampled_from(["1007", "1008"])),
        approver=draw(st.sampled_from(["", "2001"])),
        currency=CNY,
        settlement=Settlement(
            *(lines, refunds, total, 0, total, 0, fee),
            covered=covered,
            to_pay=draw(st.integers(0, 500)) if covered == total - fee else 0,
        ),
        policy_version="1",
        policy_words=ANYBODY,
        expires_on="2026-11-30",
        status=draw(st.sampled_from(Status)),
        kind=draw(st.sampled_from(ReturnKind)),
    )


def _line(at: int, amount: int, reason: str) -> ReturnLine:
    kinds = (Condition.OPENED, Disposition.WRITE_OFF)
    return ReturnLine(at, "S", "牛奶", Unit.EACH, 1000, amount, 0, reason, *kinds)


DAYS = st.lists(returns(), max_size=8)


def total(figures: tuple[Figure, ...], section: str) -> int:
    return sum(one.amount for one in figures if one.section == section)


@given(DAYS)
def test_every_section_sums_to_what_its_returns_came_to(day: list[Return]) -> None:
    figures = figures_of(day, {}, {})
    stand = [one for one in day if one.status is not Status.VOIDED]
    refunded = sum(one.settlement.refund for one in stand)
    owed = sum(one.owed - one.owed_before for ret in stand for one in ret.settlement.refunds)
    assert total(figures, "returns") == total(figures, "cashier") == refunded
    assert total(figures, "tender") == refunded + owed
    goods = sum(one.settlement.this for one in stand)
    assert total(figures, "reason") == goods
    assert goods == refunded + owed + total(figures, "kept")
    assert total(figures, "taken") == sum(one.settlement.to_pay for one in stand)
    assert total(figures, "status") == sum(one.settlement.refund for one in day)
    plain = all(one.kind is ReturnKind.VERIFIED for one in stand)
    assert total(figures, "kind") == (0 if plain else refunded)
    assert sum(hours_of(day)) == len(stand)


def sheet(figures: tuple[Figure, ...], findings: int, scope: Scope) -> DaySheet:
    return DaySheet(
        scope=scope,
        day=date(2026, 11, 23),
        read_at="2026-11-23T18:00:00+08:00",
        currency=CNY,
        figures=figures,
        hours=(0,) * 24,
        approved=0,
        voided=0,
        copies=0,
        shifts=(),
        shift=None,
        paid=0,
        findings=tuple(Finding(str(at), ANYBODY, ()) for at in range(findings)),
        unsent=0,
        head=(0, ""),
        drawer=Drawer(),
    )


@given(DAYS, st.integers(0, 9))
def test_each_figure_and_each_pattern_is_on_one_page_under_its_title(
    day: list[Return], count: int
) -> None:
    made = sheet(figures_of(day, {}, {}), count, Scope.DAY)
    every = pages(made)
    shown = [row for page in every for row in page.rows if isinstance(row, Figure)]
    assert shown == [row for row in report_rows(made.figures) if isinstance(row, Figure)]
    assert [one for page in every for one in page.findings] == list(made.findings)
    for page in every:
        assert len(page.rows) <= PAGE_ROWS
        if page.kind is PageKind.FIGURES:
            assert isinstance(page.rows[0], Worded)
            assert isinstance(page.rows[-1], Figure)


def test_a_section_longer_than_a_page_has_its_title_on_each() -> None:
    many = tuple(Figure("cashier", str(at), ANYBODY, 1, 1, CNY) for at in range(12))
    chapters = [page.rows for page in pages(sheet(many, 0, Scope.SHIFT))[1:]]
    assert [len(rows) for rows in chapters] == [6, 6, 3]
    assert len({rows[0] for rows in chapters}) == 1


def test_a_cashiers_sheet_has_neither_chart_nor_patterns() -> None:
    kinds = {page.kind for page in pages(sheet((), 3, Scope.SHIFT))}
    assert kinds == {PageKind.SUMMARY}


@given(st.integers(0, 10**6), st.integers(-(10**5), 10**5), st.integers(-500, 500))
def test_the_difference_of_a_shift_is_what_was_counted_less_what_should_be_there(
    opening: int, paid: int, off: int
) -> None:
    who = Staff("1", "", Role.CASHIER)
    shift = Shift("s", "", who, Count(opening), 1)
    assert shift.difference == 0
    counted = Count(opening - paid + off)
    assert replace(shift, closing=Closing("", who, paid, counted, 2)).difference == off
