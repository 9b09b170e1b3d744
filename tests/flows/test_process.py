"""The process step by step: what no other script of this folder pins whole."""

import pytest

from drivers.values import Key
from storage.prices import StoredPrice
from terminal.core import states
from terminal.core.everywhere import IDLE_SCREENS
from terminal.core.returns import Disposition
from terminal.ui.screen import Table
from tests.fakes.moments import TODAY
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.scenes import OLD, enter
from tests.flows.shelf import APPLES, MILK, OIL, RECEIPT, Sold, label, one_oil, sale

# 1. The receipt, on any idle screen, and codes known by what they are.


@pytest.mark.parametrize("scene", ["Ready", *(one.__name__ for one in IDLE_SCREENS)])
def test_a_receipt_scanned_on_any_idle_screen_opens_its_return(
    make_till: MakeTill, scene: str
) -> None:
    till = enter(make_till, scene)
    till.scans(OLD.receipt_no)
    state = till.state
    assert isinstance(state, states.ChoosingGoods), till.says
    assert state.draft.case.sale.id == OLD.id
    assert state.draft.chosen == ()


def test_a_code_is_known_by_what_it_is_and_never_by_where_it_was_scanned(till: Till) -> None:
    """Receipt, slip, goods, weighed goods, badge, voucher: each has an answer of its own."""
    weighed, credit = label(APPLES, 412), "V-0000000000"
    for code, words in (
        (OIL, "这是商品码，请先扫描小票"),
        (weighed, "这是商品码，请先扫描小票"),
        ("%BBOSS", "现在不需要扫这个码"),
        (credit, "没有退货单 0000000000"),
        ("R-0571-03-000009", "没有退货单 R-0571-03-000009"),
    ):
        till.types("12")
        till.scans(code)
        till.is_told(words)
        till.is_at(states.Ready)
        till.types("⌫⌫")
    till.scans(RECEIPT)
    till.types("9")
    for code in (MILK, weighed):
        till.scans(code)
    for code in (RECEIPT, "R-0571-03-000009", credit, "%BBOSS"):
        till.scans(code)
        assert till.notices
    state = till.state
    assert isinstance(state, states.ChoosingGoods)
    assert [(one.line, one.quantity) for one in state.draft.chosen] == [(2, 1000), (3, 412)]


# 2. What the screen says of a sale.


def rows(till: Till) -> list[tuple[str, ...]]:
    """Name, sold, returned, left of each line, as they stand on the screen."""
    (table,) = (one for one in till.screen.blocks if isinstance(one, Table))
    return [one.cells[:4] for one in table.rows]


def test_the_screen_says_store_day_paid_and_of_each_line_sold_returned_and_left(till: Till) -> None:
    till.scans(RECEIPT)
    till.sees("0571-03 · 2026-11-20 10:00 · 付 95.00")
    assert rows(till) == [
        ("金龙鱼 大豆油 5L", "1", "0", "1"),
        ("蒙牛 纯牛奶 250ml×12", "2", "0", "2"),
        ("苹果 红富士", "1.236", "0", "1.236"),
    ]
    returns(till, OIL, MILK, label(APPLES, 412))
    till.scans(RECEIPT)
    assert rows(till) == [
        ("金龙鱼 大豆油 5L", "1", "1", "0"),
        ("蒙牛 纯牛奶 250ml×12", "2", "1", "1"),
        ("苹果 红富士", "1.236", "0.412", "0.824"),
    ]


def returns(till: Till, *codes: str) -> None:
    """These goods, recorded, for a reason that needs nobody else; the customer signs."""
    for code in codes:
        till.scans(code)
    till.confirms()
    till.picks("质量问题")
    till.picks("未拆封")
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
    till.is_at(states.Ready)


# 4. From reason and condition to where the goods go.

DEFAULTS = {
    "质量问题": Disposition.RETURN_TO_SUPPLIER,
    "破损": Disposition.WRITE_OFF,
    "过期": Disposition.WRITE_OFF,
    "拿错/发错": Disposition.RETURN_TO_STOCK,
    "与描述不符": Disposition.UNDECIDED,
    "尺码颜色": Disposition.RETURN_TO_STOCK,
    "无理由": Disposition.RETURN_TO_STOCK,
    "重复购买": Disposition.RETURN_TO_STOCK,
    "过敏/安全": Disposition.QUARANTINE,
    "召回": Disposition.RETURN_TO_MANUFACTURER,
    "收银差错": Disposition.RETURN_TO_STOCK,
    "其他": Disposition.UNDECIDED,
}


def goes_to(till: Till, receipt: str, reason: str, condition: str = "未拆封") -> Disposition:
    """All of it recorded, with whatever the policy wants for it."""
    till.scans(receipt)
    till.presses(Key.F1, Key.CONFIRM)
    till.picks(reason)
    till.picks(condition)
    if isinstance(till.state, states.GivingEvidence):
        till.confirms()
    if isinstance(till.state, states.AwaitingOverride):
        till.types("2001⏎4321⏎")
        till.picks("已验货")
    till.confirms()
    return till.returns[-1].settlement.lines[0].disposition


@pytest.mark.parametrize(("reason", "place"), DEFAULTS.items())
def test_each_reason_sends_the_goods_to_its_place(
    make_till: MakeTill, reason: str, place: Disposition
) -> None:
    till = make_till(one_oil(days_ago=1))
    assert goes_to(till, one_oil(days_ago=1).receipt_no, reason) is place


def test_every_reason_that_the_shop_ships_has_its_place_here(till: Till) -> None:
    """Overcharged is missing: there the goods stay with the customer."""
    shipped = {one.words.zh for one in till.settings.rules.reasons}
    assert shipped == {*DEFAULTS, "多收款"}


@pytest.mark.parametrize(
    ("category", "condition", "place"),
    [
        ("grocery", "未拆封", Disposition.RETURN_TO_STOCK),
        ("grocery", "破损", Disposition.WRITE_OFF),
        ("grocery", "变质", Disposition.WRITE_OFF),
        ("grocery", "已使用", Disposition.UNDECIDED),
        ("grocery", "缺件", Disposition.UNDECIDED),
        ("fresh", "未拆封", Disposition.WRITE_OFF),
        ("underwear", "未拆封", Disposition.WRITE_OFF),
        ("medicine", "未拆封", Disposition.WRITE_OFF),
    ],
)
def test_what_cannot_be_sold_again_never_goes_back_to_the_shelf(
    make_till: MakeTill, category: str, condition: str, place: Disposition
) -> None:
    sold = sale((Sold("货", "9.00", gtin=OIL, category=category),), days_ago=1)
    till = make_till(sold, policy__excluded=())
    assert goes_to(till, sold.receipt_no, "拿错/发错", condition) is place


# 6. The amount.


def test_the_amount_is_confirmed_with_what_went_before_and_what_is_left(till: Till) -> None:
    till.scans(RECEIPT)
    returns(till, MILK)
    till.scans(RECEIPT)
    for code in (MILK, label(APPLES, 412)):
        till.scans(code)
    till.confirms()
    till.picks("质量问题")
    till.picks("未拆封")
    till.sees("￥ 20.70", "原付 95.00 = 以前退 16.44 + 本次 20.70 + 还可退 57.86")


# Kinds of return: without a receipt.


def test_blind_is_capped_and_goes_back_as_store_credit_alone(make_till: MakeTill) -> None:
    price = StoredPrice("K", "2026-11-01", OIL, "电热壶", "each", 6000, "CNY", 2, 130_000, "home")
    till = make_till(policy__kind__blind__allowed=True)
    till.store.add_prices([price], f"{TODAY:%Y-%m-%d}")
    till.presses(Key.F3)
    till.scans(OIL)
    till.confirms()
    till.scans(OIL)
    till.confirms()
    till.picks("质量问题")
    till.picks("未拆封")
    till.is_at(states.Denied)
    till.sees("120.00", "100.00")
    till.cancels()
    till.presses(Key.F3)
    till.scans(OIL)
    till.confirms(2)
    till.picks("质量问题")
    till.picks("未拆封")
    till.is_at(states.AwaitingOverride)
    till.scans("%BBOSS")
    till.picks("已验货")
    till.sees("退货券")
    till.sees_not("现金", "换退款方式")
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM)
    assert [one.kind for one in till.returns[0].settlement.refunds] == ["credit"]
    assert till.printing.kicks == 0
