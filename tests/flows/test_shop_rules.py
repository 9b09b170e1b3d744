"""The shop's own rules at the counter: what config/policy.toml says under [[rule]]."""

from hashlib import sha256

from drivers.values import Key
from terminal.core import states
from terminal.core.sale import Sale
from tests.flows.cashier import CONFIG, Till
from tests.flows.conftest import MakeTill
from tests.flows.shelf import OIL, Sold, sale

CARD = (("card", "59.90", "6868"),)
CARD_PHONE = (("card", "299.00", "6868"),)


def paid_by(number: int, *tenders: tuple[str, str, str]) -> Sale:
    return sale((Sold("金龙鱼 大豆油 5L", "59.90", gtin=OIL),), tenders or CARD, number=number)


def brings_back(till: Till, sold: Sale) -> None:
    till.returns_all(sold.receipt_no)
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM)
    till.is_at(states.Ready)


def test_a_card_that_comes_back_too_often_needs_another_person(make_till: MakeTill) -> None:
    """Six returns went back to this card in a month; the policy lets five pass."""
    sales = [paid_by(number) for number in range(1, 9)]
    other = paid_by(9, ("card", "59.90", "1234"))
    till = make_till(*sales, other)
    for sold in sales[:6]:
        brings_back(till, sold)
    till.returns_all(sales[6].receipt_no)
    till.is_at(states.AwaitingOverride)
    till.sees("30 天内已退货 5 次以上")
    till.types("2001⏎4321⏎")
    till.picks("已验货")
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM)
    till.returns_all(other.receipt_no)
    till.is_at(states.ConfirmingAmounts)


def test_a_voided_return_does_not_count_against_the_customer(make_till: MakeTill) -> None:
    sales = [paid_by(number) for number in range(1, 9)]
    till = make_till(*sales)
    for sold in sales[:5]:
        brings_back(till, sold)
    till.returns_all(sales[5].receipt_no)
    till.confirms()
    till.cancels()
    till.confirms(2)
    till.returns_all(sales[6].receipt_no)
    till.is_at(states.ConfirmingAmounts)


def test_cash_and_a_wallet_without_a_number_are_nobody_s(make_till: MakeTill) -> None:
    sales = [paid_by(number, ("wechat", "59.90", "零钱")) for number in range(1, 9)]
    till = make_till(*sales)
    for sold in sales[:7]:
        brings_back(till, sold)
    till.returns_all(sales[7].receipt_no)
    till.is_at(states.ConfirmingAmounts)


def test_returns_are_counted_across_a_power_cut(make_till: MakeTill) -> None:
    sales = [paid_by(number) for number in range(1, 8)]
    till = make_till(*sales)
    for sold in sales[:6]:
        brings_back(till, sold)
    till.scans(sales[6].receipt_no)
    till.power_cut()
    till.is_at(states.ChoosingGoods)
    till.presses(Key.F1, Key.CONFIRM)
    till.picks("质量问题")
    till.picks("未拆封")
    till.is_at(states.AwaitingOverride)


def test_a_faulty_phone_must_be_photographed_and_that_is_recorded(make_till: MakeTill) -> None:
    phone = sale((Sold("手机", "299.00", gtin=OIL, category="mobile"),))
    till = make_till(phone)
    till.returns_all(phone.receipt_no)
    till.is_at(states.GivingEvidence)
    till.sees("照片", "手机质量问题须拍照留存。")
    till.confirms()
    till.is_at(states.ConfirmingAmounts)
    till.confirms()
    recorded = next(row.body for row in till.store.journal() if row.kind == "ReturnRecorded")
    assert '"evidence":["PHOTO"]' in recorded


def test_version_and_hash_of_the_policy_are_recorded_and_printed(make_till: MakeTill) -> None:
    files = (CONFIG / "policy.toml").read_bytes() + (CONFIG / "reasons.toml").read_bytes()
    digest = sha256(files).hexdigest()
    till = make_till(paid_by(1))
    brings_back(till, paid_by(1))
    (ret,) = till.returns
    assert (ret.policy_version, ret.policy_hash) == ("2026-11-01", digest)
    assert f"2026-11-01 版 · {digest[:12]}" in till.papers[0]
    assert digest in "".join(row.body for row in till.store.journal())


def test_the_rules_that_spoke_are_recorded_with_the_return(make_till: MakeTill) -> None:
    """Months later it can be said why somebody was asked, even where nobody remembers."""
    old = sale((Sold("手机", "299.00", gtin=OIL, category="mobile"),), CARD_PHONE, days_ago=20)
    till = make_till(old)
    till.returns_all(old.receipt_no)
    till.confirms()
    till.is_at(states.AwaitingOverride)
    till.types("2001⏎4321⏎")
    till.picks("已验货")
    till.confirms()
    recorded = next(row.body for row in till.store.journal() if row.kind == "ReturnRecorded")
    assert '"rulings":["window.approval","rule.mobile-photo"]' in recorded
