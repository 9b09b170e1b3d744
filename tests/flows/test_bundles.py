"""A bundle sold at one price comes back in parts, each at its share; or, marked so, whole only."""

import json

from drivers.values import Key
from terminal.core import states
from terminal.core.rules import Outcome, ShopRule
from terminal.core.sale import Bundle
from terminal.core.when import When
from terminal.core.words import Worded
from terminal.interchange.jsonlines import found_in
from terminal.interchange.source import Line
from terminal.interchange.values import Note
from tests.app.sales_files import line, sale, taken
from tests.app.told import english
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill


def part(number: int, name: str, list_price: str, **changes: object) -> dict[str, object]:
    """A component: a line without a price of its own in the sale."""
    made = line(number, "0") | {"name": name, "sku": f"K{number}", "list_price": list_price}
    del made["net_amount"]
    return made | {"quantity": "1", "gtin": ""} | changes


KIT = {
    "sku": "KIT",
    "name": "早餐组合",
    "net_amount": "99.00",
    "components": [part(1, "面包机", "59"), part(2, "烤盘", "45"), part(3, "果酱", "25")],
}


def bundle(**changes: object) -> dict[str, object]:
    return sale(
        lines=[KIT | changes],
        reductions=[],
        tenders=[{"kind": "cash", "amount": "99.00"}],
        total="99.00",
    )


def test_its_price_is_shared_by_what_the_components_cost_apart() -> None:
    assert [one.net for one in taken(bundle()).lines] == [4528, 3453, 1919]


def test_one_part_of_the_kit_returns_that_part_alone(make_till: MakeTill) -> None:
    """opensourcepos#3957: the whole kit was returned for one part."""
    kit = taken(bundle())
    till: Till = make_till(kit)
    till.scans(kit.receipt_no)
    till.sees("面包机", "烤盘", "果酱")
    till.scans("K2")
    till.sees("￥ 34.53")
    till.confirms()
    till.picks("质量问题")
    till.picks("未拆封")
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
    assert till.returns[0].settlement.refund == 3453


def test_all_parts_come_to_what_was_paid_for_the_kit(make_till: MakeTill) -> None:
    kit = taken(bundle())
    till = make_till(kit)
    till.returns_all(kit.receipt_no)
    till.sees("￥ 99.00")


def test_a_component_without_any_price_apart_is_refused() -> None:
    free = [part(1, "面包机", "0"), part(2, "烤盘", "0")]
    found = found_in(Line(1, json.dumps(bundle(components=free)).encode()))
    assert isinstance(found, Note)
    assert "list price" in english(found.words)


# Whole only: by the sale's own mark, or by the shop's policy.


def finish(till: Till) -> None:
    till.confirms()
    till.picks("质量问题")
    till.picks("未拆封")


def test_one_part_of_a_kit_marked_whole_is_refused_by_name_of_what_is_missing(
    make_till: MakeTill,
) -> None:
    kit = taken(bundle(whole=True))
    till = make_till(kit)
    till.scans(kit.receipt_no)
    till.scans("K2")
    till.sees("“早餐组合”须整套退回，还缺：面包机、果酱。", "￥ 34.53")
    finish(till)
    till.is_at(states.Denied)
    till.sees("“早餐组合”须整套退回，还缺：面包机、果酱。")
    assert till.returns == [], "nothing comes back by itself"


def test_the_rest_of_the_kit_is_scanned_and_its_shares_stay_what_they_are(
    make_till: MakeTill,
) -> None:
    kit = taken(bundle(whole=True))
    till = make_till(kit)
    till.scans(kit.receipt_no)
    till.scans("K2")
    finish(till)
    till.types("↑")
    till.scans("K1")
    till.sees("还缺：果酱")
    till.scans("K3")
    till.sees_not("还缺", "须整套退回")
    finish(till)
    till.sees("确认退款金额", "￥ 99.00")
    till.confirms()
    assert [one.amount for one in till.returns[0].settlement.lines] == [4528, 3453, 1919]


def test_what_is_missing_is_scanned_where_that_is_said(make_till: MakeTill) -> None:
    kit = taken(bundle(whole=True))
    till = make_till(kit)
    till.scans(kit.receipt_no)
    till.scans("K2")
    finish(till)
    till.is_at(states.Denied)
    till.scans("NOT-SOLD-HERE")
    till.is_at(states.Denied)
    till.is_told("不在这张小票")
    till.scans("K2")
    till.is_at(states.Denied)
    till.is_told("烤盘")
    till.scans("K1")
    till.is_at(states.ChoosingGoods)
    till.sees("还缺：果酱")
    till.scans("K3")
    finish(till)
    till.sees("￥ 99.00")


def test_the_shops_policy_names_a_bundle_by_its_number(make_till: MakeTill) -> None:
    kit = taken(bundle())
    till = make_till(kit, policy__bundles__whole=("KIT",))
    till.scans(kit.receipt_no)
    till.scans("K1")
    till.sees("须整套退回，还缺：烤盘、果酱")
    other = make_till(kit, policy__bundles__whole=("OTHER",))
    other.scans(kit.receipt_no)
    other.scans("K1")
    other.sees_not("须整套退回")


def test_every_bundle_comes_back_whole_where_the_policy_says_so(make_till: MakeTill) -> None:
    kit = taken(bundle())
    till = make_till(kit, policy__bundles__whole=("*",))
    till.scans(kit.receipt_no)
    till.scans("K1")
    till.sees("须整套退回")


def test_of_two_kits_one_may_come_back(make_till: MakeTill) -> None:
    two = [part(at, name, "30", quantity="2") for at, name in ((1, "壶"), (2, "杯"))]
    kits = taken(bundle(components=two, whole=True))
    till = make_till(kits)
    till.scans(kits.receipt_no)
    till.scans("K1")
    till.scans("K2")
    till.sees_not("须整套退回")
    till.scans("K1")
    till.sees("还缺：杯")
    till.types("1⏎")
    finish(till)
    till.sees("￥ 49.50")
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
    till.returns_all(kits.receipt_no)
    till.sees("￥ 49.50")


def test_goods_beside_the_kit_come_back_alone(make_till: MakeTill) -> None:
    kit = taken(bundle(whole=True))
    beside = sale(
        lines=[KIT | {"whole": True}, line(4, "5.40")],
        reductions=[],
        tenders=[{"kind": "cash", "amount": "104.40"}],
        total="104.40",
    )
    till = make_till(taken(beside))
    till.scans(kit.receipt_no)
    till.scans("6901234567892")
    till.sees_not("须整套退回")
    finish(till)
    till.sees("￥ 1.80")


def test_what_went_back_in_parts_before_comes_back_with_its_rest(make_till: MakeTill) -> None:
    """The policy changed meanwhile: nobody can bring the part again."""
    kit = taken(bundle())
    till = make_till(kit)
    till.scans(kit.receipt_no)
    till.scans("K2")
    finish(till)
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
    till.under(whole_bundles=("*",))
    till.scans(kit.receipt_no)
    till.scans("K1")
    till.sees("还缺：果酱")
    till.scans("K3")
    finish(till)
    till.sees("￥ 64.47")


def test_an_overcharge_for_a_part_of_the_kit_takes_no_goods(make_till: MakeTill) -> None:
    kit = taken(bundle(whole=True))
    till = make_till(kit)
    till.scans(kit.receipt_no)
    till.scans("K2")
    till.confirms()
    till.picks("多收款")
    till.types("3.00⏎")
    till.confirms()
    till.is_at(states.AwaitingOverride)
    till.sees_not("须整套退回")


def test_a_rule_of_the_shop_may_let_a_part_go_with_a_managers_approval(
    make_till: MakeTill,
) -> None:
    rule = ShopRule(
        "part-of-a-kit",
        When(reasons=("QUALITY",)),
        Outcome.NEEDS_OVERRIDE,
        Worded("质量问题可退组合中的一件。", "A faulty part of a bundle comes back alone."),
        lifts=("bundle",),
    )
    kit = taken(bundle(whole=True))
    till = make_till(kit)
    till.under(rules=(rule,))
    till.scans(kit.receipt_no)
    till.scans("K2")
    finish(till)
    till.is_at(states.AwaitingOverride)
    till.sees("质量问题可退组合中的一件。")


def test_of_many_missing_parts_a_few_are_named(make_till: MakeTill) -> None:
    parts = [part(at, f"{at} 号零件", "10") for at in range(1, 9)]
    kit = taken(bundle(components=parts, whole=True))
    till = make_till(kit)
    till.scans(kit.receipt_no)
    till.scans("K1")
    till.sees("还缺：2 号零件、3 号零件、4 号零件 等 7 种。")


def test_in_english(make_till: MakeTill) -> None:
    kit = taken(bundle(whole=True))
    till = make_till(kit, language="en")
    till.scans(kit.receipt_no)
    till.scans("K2")
    till.sees("早餐组合 comes back whole only; still missing: 面包机, 果酱.")


def test_the_mark_is_kept_with_the_sale_and_nothing_else_is_taken_for_it() -> None:
    assert taken(bundle(whole=True)).bundles == (Bundle("KIT", "早餐组合", (1, 2, 3), whole=True),)
    found = found_in(Line(1, json.dumps(bundle(whole="yes")).encode()))
    assert isinstance(found, Note)
    assert "true or false" in english(found.words)
