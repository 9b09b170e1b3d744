"""Sales, rules and parts for the tests of the core: a small shop, and strategies that vary it."""

from datetime import date, datetime, timedelta, timezone

from hypothesis import strategies as st
from msgspec.structs import replace

from terminal.core.case import Case
from terminal.core.money import after_reductions, included_tax, largest_remainder
from terminal.core.returns import (
    Chosen,
    Condition,
    Disposition,
    RefundedTender,
    Returned,
    ReturnedLine,
    Settlement,
)
from terminal.core.rules import Gifts, OverrideReason, Policy, Reason, Restocking, Rules, Window
from terminal.core.sale import (
    Currency,
    Gift,
    ReceiptRef,
    Reduction,
    Sale,
    SaleLine,
    SaleTender,
    Unit,
)
from terminal.core.words import Worded

CNY = Currency("CNY", 2)
SOLD_ON = date(2026, 11, 20)
THIRTEEN = 130_000

QUALITY = Reason(
    "QUALITY", Worded("质量问题", "Quality"), Disposition.RETURN_TO_SUPPLIER, fault=True
)
UNWANTED = Reason("UNWANTED", Worded("无理由", "Unwanted"), Disposition.RETURN_TO_STOCK)
WRONG_PRICE = Reason(
    "WRONG_PRICE", Worded("多收款", "Overcharged"), Disposition.NONE, amount_only=True
)
PRICES = st.integers(0, 50_000)  # what a gift is said to be worth
POLICY = Policy(
    version="2026-11",
    window=Window(7, 30, 15, 90),
    category_windows=(),
    exclusions=(),
    amount_limit=0,
    restocking=Restocking(),
    rerate=False,
    never_to_stock=("fresh", "underwear", "medicine"),
    sentence=Worded("{free_days} 天 {approval_days} 天 {version}", "{free_days} days"),
)
RULES = Rules(
    policy=POLICY,
    reasons=(QUALITY, UNWANTED, WRONG_PRICE),
    override_reasons=(OverrideReason("KNOWN", Worded("熟客", "Known customer")),),
    currency=CNY,
)


def rules(*, cash_coin: int = 1, reasons: tuple[Reason, ...] = (), **policy: object) -> Rules:
    """The shop's rules with these parts of the policy changed and these reasons added."""
    changed = replace(POLICY, **policy)
    return replace(RULES, policy=changed, cash_coin=cash_coin, reasons=RULES.reasons + reasons)


def line(
    number: int, paid: int, quantity: int = 1000, *, net: int | None = None, category: str = "toys"
) -> SaleLine:
    return SaleLine(
        line=number,
        sku=f"S{number}",
        gtin="",
        name=f"货 {number}",
        unit=Unit.EACH,
        quantity=quantity,
        list_price=paid,
        net=paid if net is None else net,
        paid=paid,
        tax_rate=THIRTEEN,
        tax=included_tax(paid, THIRTEEN),
        category=category,
    )


def sale(
    lines: tuple[SaleLine, ...],
    tenders: tuple[tuple[str, int], ...] = (),
    reductions: tuple[Reduction, ...] = (),
) -> Sale:
    total = sum(one.paid for one in lines)
    return Sale(
        receipt=ReceiptRef("0571", "03", SOLD_ON, 1234),
        receipt_no="05710326112001234",
        sold_at=datetime(2026, 11, 20, 14, 3, tzinfo=timezone(timedelta(hours=8))),
        cashier="1007",
        currency=CNY,
        lines=lines,
        reductions=reductions,
        tenders=tuple(
            SaleTender(kind, amount, "", "") for kind, amount in tenders or (("cash", total),)
        ),
        total=total,
    )


def case(sold: Sale) -> Case:
    return Case(sold, Returned())


def back(
    number: int,
    quantity: int = 1000,
    reason: str = "UNWANTED",
    condition: Condition = Condition.UNOPENED,
) -> Chosen:
    return Chosen(number, quantity, reason, condition)


def after(before: Case, done: Settlement) -> Case:
    """The case once this settlement is recorded, added up as the records do it."""
    was = before.returned
    lines = {one.line: one for one in was.lines}
    for one in done.lines:
        known = lines.get(one.line, ReturnedLine(one.line, 0, 0, 0))
        lines[one.line] = ReturnedLine(
            one.line,
            known.quantity + one.quantity,
            known.amount + one.amount,
            known.tax + one.tax,
        )
    paid = tuple(RefundedTender(one.position, one.amount) for one in done.refunds)
    returned = Returned(
        lines=tuple(lines.values()),
        tenders=was.tenders + paid,
        fees=was.fees + done.fee,
        shortfall=was.shortfall + done.shortfall,
        gifts=was.gifts + done.gifts,
    )
    return Case(before.sale, returned)


@st.composite
def sales(draw: st.DrawFn) -> Sale:
    """Any sale: up to five lines, reductions with and without a threshold, up to three tenders."""
    nets = draw(st.lists(st.integers(0, 50_000), min_size=1, max_size=5))
    whole = sum(nets)
    amounts = draw(st.lists(st.integers(0, whole // 3), max_size=2))
    thresholds = draw(st.lists(st.integers(0, whole), min_size=2, max_size=2))
    reductions = tuple(
        Reduction("threshold" if threshold else "coupon", amount, threshold)
        for amount, threshold in zip(amounts, thresholds, strict=False)
    )
    paid = after_reductions(nets, sum(amounts))
    lines = tuple(
        line(number, amount, draw(st.integers(1, 5000)), net=net)
        for number, (amount, net) in enumerate(zip(paid, nets, strict=True), start=1)
    )
    kinds = draw(st.lists(st.sampled_from(("cash", "wechat", "card")), min_size=1, max_size=3))
    weights = draw(st.lists(st.integers(1, 100), min_size=len(kinds), max_size=len(kinds)))
    shares = largest_remainder(sum(paid), weights) if sum(paid) else (0,) * len(kinds)
    made = sale(lines, tuple(zip(kinds, shares, strict=True)), reductions)
    return draw(with_gift(made)) if draw(st.booleans()) else made


@st.composite
def with_gift(draw: st.DrawFn, sold: Sale) -> Sale:
    """The sale and a gift that some of its lines earned, by quantity or by so much money."""
    number = len(sold.lines) + 1
    given = replace(line(number, 0, draw(st.integers(1, 5000))), list_price=draw(PRICES))
    earned_by = draw(st.sets(st.sampled_from([one.line for one in sold.lines]), min_size=1))
    gift = Gift(number, tuple(sorted(earned_by)), draw(st.sampled_from((0, 0, 1, 20_000))))
    return replace(sold, lines=(*sold.lines, given), gifts=(gift,))


@st.composite
def any_rules(draw: st.DrawFn) -> Rules:
    """Any rules that touch money: coins, fee, re-rating."""
    return rules(
        cash_coin=draw(st.sampled_from((1, 5, 10, 50, 100))),
        restocking=Restocking(rate=draw(st.sampled_from((0, 50_000, 333_333, 1_000_000)))),
        rerate=draw(st.booleans()),
        gifts=draw(st.sampled_from(Gifts)),
    )


@st.composite
def parts(draw: st.DrawFn, open_case: Case, left: dict[int, int]) -> tuple[Chosen, ...]:
    """Some part of what is left, at least something of one line."""
    numbers = [number for number, quantity in left.items() if quantity]
    first = draw(st.sampled_from(numbers))
    picked = [first, *(one for one in numbers if one != first and draw(st.booleans()))]
    return tuple(
        Chosen(
            number,
            draw(st.one_of(st.just(left[number]), st.integers(1, left[number]))),
            draw(st.sampled_from(("QUALITY", "UNWANTED"))),
            draw(st.sampled_from(Condition)),
        )
        for number in sorted(picked)
    )
