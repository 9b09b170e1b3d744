"""What our slips say: each kind, in both languages, with everything a return may hold.

Law of the file: a slip is looked at as its words, label and value side by side; how they look on
paper is the printer's part.
"""

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from printer.slip import Columns, Cut, Mark, Qr, SignatureLine, Slip
from terminal.core.day import (
    Closing,
    Count,
    DaySheet,
    Drawer,
    Scope,
    Shift,
    hours_of,
)
from terminal.core.figures import figures_of
from terminal.core.people import Role, Staff
from terminal.core.print_jobs import PrintJob, SlipKind
from terminal.core.returns import (
    Condition,
    Disposition,
    Refund,
    Return,
    ReturnLine,
    Settlement,
    Status,
)
from terminal.core.sale import Currency, Unit
from terminal.core.watch import Finding
from terminal.core.words import Worded
from terminal.paper import slips
from terminal.settings import load_settings
from terminal.settings.values import Settings
from terminal.slip_code import SlipCodes
from terminal.ui.words import Words
from tests.flows.said import words_of

CONFIG = Path(__file__).parents[2] / "config"
SETTINGS = load_settings(CONFIG, {"printer.link": "file", "printer.path": "/dev/null"})
CODES = SlipCodes(SETTINGS.slip_url)
LANGUAGES = ("zh_CN", "en")
NOTICES = (SlipKind.NOTICE, SlipKind.HOWTO)  # of no return
KINDS = (SlipKind.RETURN, SlipKind.RESULT, *NOTICES)  # a day's report carries its sheet
REPORTS = (SlipKind.DAY, SlipKind.SHIFT)
CASHIER, BOSS = Staff("1007", "王芳", Role.CASHIER), Staff("2001", "李店长", Role.MANAGER)
PAN = "6225880137706868"
OIL = ReturnLine(
    line=1,
    sku="S1",
    name="金龙鱼 大豆油 5L",
    unit=Unit.EACH,
    quantity=2000,
    amount=9866,
    tax=1135,
    reason="QUALITY",
    condition=Condition.UNOPENED,
    disposition=Disposition.RETURN_TO_SUPPLIER,
)
APPLES = replace(OIL, line=2, name="苹果", unit=Unit.WEIGHT, quantity=412, amount=480)
OVERCHARGE = replace(OIL, line=3, name="纸巾", quantity=0, amount=250, reason="WRONG_PRICE")
MONEY = (Refund(0, "card", "6868", 6000), Refund(1, "cash", "", 4346))
RETURN = Return(
    id="id",
    number="R-0571-03-000417",
    short_code="7K2M9Q4XCTH",
    sale_id="sale",
    receipt_no="05710326112000001",
    recorded_at="2026-11-23T14:05:11+08:00",
    cashier="1007",
    approver="2001",
    currency=Currency("CNY", 2),
    settlement=Settlement((OIL, APPLES), MONEY, 20000, 0, 10346, 9654),
    policy_version="2026-11-01",
    policy_words=Worded("七天内凭小票退货", "Returns within seven days"),
    expires_on="2026-11-30",
)


def slip(
    kind: SlipKind = SlipKind.RETURN,
    ret: Return | None = RETURN,
    language: str = "zh_CN",
    copy: int = 0,
    settings: Settings = SETTINGS,
) -> Slip:
    about = sheet(ret) if kind in REPORTS and ret is not None else None
    return slips.build(PrintJob("j", kind, copy, about), ret, settings, Words(language), CODES)


def sheet(ret: Return) -> DaySheet:
    """The report of a day with this return in it, and with a shift that somebody else closed."""
    closing = Closing("2026-11-23T18:00:00+08:00", BOSS, 4346, Count(45000), 418)
    shift = Shift("s", "2026-11-23T09:00:00+08:00", CASHIER, Count(50000), 417, closing)
    return DaySheet(
        scope=Scope.DAY,
        day=date(2026, 11, 23),
        read_at="2026-11-23T18:01:00+08:00",
        currency=ret.currency,
        figures=figures_of([ret], {}, {}),
        hours=hours_of([ret]),
        approved=1,
        voided=0,
        copies=0,
        shifts=(shift,),
        shift=None,
        paid=0,
        findings=(Finding("voids", Worded("三笔被作废", "three were voided"), (ret.number,)),),
        unsent=3,
        head=(12, "0123456789abcdef" * 4),
        drawer=Drawer(),
    )


def text(made: Slip) -> str:
    """Every word, label and value of a row together."""
    return "\n".join("  ".join(words_of(part)) for part in made.parts)


def with_settlement(**changes: object) -> Return:
    return replace(RETURN, settlement=replace(RETURN.settlement, **changes))


def rows(made: Slip) -> dict[str, str]:
    return {part.left.strip(): part.right for part in made.parts if isinstance(part, Columns)}


def copies_of(count: int) -> Settings:
    return replace(SETTINGS, printer=replace(SETTINGS.printer, copies=count))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_return_slip_says_what_comes_back_and_how_the_customer_goes_on(language: str) -> None:
    said = text(slip(language=language))
    for one in (
        *("R-0571-03-000417", "05710326112000001", "2026-11-23 14:05", "1007"),
        *("金龙鱼 大豆油 5L", "× 2  98.66", "苹果", "× 0.412  4.80", "￥ 103.46"),
        *("HTTPS://R.EXAMPLE.CN/R/R-0571-03-000417/7K2M9Q4XCTH", "7K2M9-Q4XCT-H", "2026-11-30"),
        RETURN.policy_words.say(language),
    ):
        assert one in said


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh_CN", ("退货单", "银行卡 6868  60.00", "现金  43.46", "顾客联", "商户联")),
        ("en", ("RETURN", "Card 6868  60.00", "Cash  43.46", "Customer's copy", "Shop's copy")),
    ],
)
def test_a_return_slip_speaks_its_language(language: str, words: tuple[str, ...]) -> None:
    said = text(slip(language=language))
    for one in words:
        assert one in said


@pytest.mark.parametrize("copies", [1, 2, 3])
def test_as_many_parts_are_printed_as_the_shop_wants(copies: int) -> None:
    """The first is the customer's, with the QR; every other is the shop's, to be signed."""
    parts = slip(settings=copies_of(copies)).parts
    assert sum(isinstance(one, Cut) for one in parts) == copies
    assert sum(isinstance(one, Qr) for one in parts) == 1
    assert sum(isinstance(one, SignatureLine) for one in parts) == copies - 1
    first_cut = next(at for at, one in enumerate(parts) if isinstance(one, Cut))
    assert any(isinstance(one, Qr) for one in parts[:first_cut])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_slip_ends_in_a_cut_and_is_whole(kind: SlipKind, language: str) -> None:
    made = slip(kind, language=language)
    assert isinstance(made.parts[-1], Cut)
    assert SETTINGS.shop.name.say(language) in text(made)
    assert "{" not in text(made), "a value was not filled in"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("language", "word"), [("zh_CN", "培训"), ("en", "TRAINING")])
def test_a_training_slip_is_marked_at_both_ends_of_each_of_its_pieces(
    kind: SlipKind, language: str, word: str
) -> None:
    made = slip(kind, language=language, settings=replace(SETTINGS, training=True))
    marks = [one for one in made.parts if isinstance(one, Mark)]
    assert len(marks) == 2 * sum(isinstance(one, Cut) for one in made.parts)
    assert all(word in one.text for one in marks)
    assert not any(isinstance(one, Mark) for one in slip(kind, language=language).parts)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("language", "word"), [("zh_CN", "补打"), ("en", "COPY")])
def test_a_copy_is_marked_with_its_number_and_says_the_same(
    kind: SlipKind, language: str, word: str
) -> None:
    made = slip(kind, language=language, copy=3)
    marks = [one for one in made.parts if isinstance(one, Mark)]
    assert marks
    assert all(word in one.text and "3" in one.text for one in marks)
    rest = tuple(one for one in made.parts if not isinstance(one, Mark))
    assert rest == slip(kind, language=language).parts


@pytest.mark.parametrize(
    ("language", "fee", "lost", "over", "owed"),
    [
        ("zh_CN", "退货手续费", "不再满足的优惠", "以前多退的金额", "零头，暂欠"),
        ("en", "Restocking fee", "Promotion no longer", "Refunded too much before", "Owed"),
    ],
)
def test_what_the_shop_keeps_and_owes_are_lines_of_their_own(
    language: str, fee: str, lost: str, over: str, owed: str
) -> None:
    cash = Refund(1, "cash", "", 4340, owed=6)
    ret = with_settlement(fee=100, shortfall=2000, overpaid=55, refunds=(MONEY[0], cash))
    said = text(slip(ret=ret, language=language))
    for amount in ("-1.00", "-20.00", "-0.55", "0.06"):
        assert amount in said
    for word in (fee, lost, over, owed):
        assert word in said
    plain = text(slip(language=language))
    assert not any(word in plain for word in (fee, lost, over, owed))


@pytest.mark.parametrize(
    ("language", "word", "not_said"),
    [
        ("zh_CN", "退回之前扣除的优惠", "不再满足"),
        ("en", "Promotion kept before", "no longer reached"),
    ],
)
def test_a_promotion_given_back_is_not_said_to_be_lost(
    language: str, word: str, not_said: str
) -> None:
    made = slip(ret=with_settlement(shortfall=-2000), language=language)
    assert rows(made)[word] == "20.00"
    assert not_said not in text(made)


@pytest.mark.parametrize(("language", "word"), [("zh_CN", "多收款"), ("en", "overcharged")])
def test_an_amount_without_goods_is_said_to_be_one(language: str, word: str) -> None:
    made = slip(ret=with_settlement(lines=(OIL, OVERCHARGE)), language=language)
    assert rows(made)[word] == "2.50"
    assert "× 0" not in text(made)


@pytest.mark.parametrize(
    ("status", "zh", "en"),
    [
        (Status.RECORDED, "尚未", "Not confirmed yet"),
        (Status.CONFIRMED, "已确认", "Confirmed"),
        (Status.ACCEPTED, "已受理", "Accepted"),
        (Status.REFUNDED, "已退款", "Refunded"),
        (Status.VOIDED, "作废", "Voided: no refund"),
    ],
)
def test_a_result_says_how_the_return_ended(status: Status, zh: str, en: str) -> None:
    ret = replace(RETURN, status=status)
    assert zh in text(slip(SlipKind.RESULT, ret))
    assert en in text(slip(SlipKind.RESULT, ret, "en"))


@pytest.mark.parametrize("status", [one for one in Status if one is not Status.REFUNDED])
def test_nothing_says_refunded_before_it_is(status: Status) -> None:
    made = slip(SlipKind.RESULT, replace(RETURN, status=status))
    assert "已退款" not in text(made)


def test_a_void_names_no_money_and_frees_the_goods() -> None:
    said = text(slip(SlipKind.RESULT, replace(RETURN, status=Status.VOIDED), "en"))
    assert "can be returned again" in said
    assert "103.46" not in said


def test_a_result_tells_cash_from_what_the_office_pays() -> None:
    said = text(slip(SlipKind.RESULT, replace(RETURN, status=Status.ACCEPTED), "en"))
    assert "Cash was paid out at the till." in said
    assert "Card: accepted, paid back by the shop's office." in said
    assert SETTINGS.rules.policy.arrival.en in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_notice_is_the_shops_policy_and_belongs_to_no_return(language: str) -> None:
    said = text(slip(SlipKind.NOTICE, None, language))
    for paragraph in SETTINGS.rules.policy.notice:
        assert paragraph.say(language) in said
    assert SETTINGS.rules.policy.version in said
    assert "R-0571" not in said
