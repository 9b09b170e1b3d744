"""召回: goods that the policy names come back without a time limit, for that reason."""

import json
from pathlib import Path

import pytest

from terminal.core import states
from terminal.core.rules import Recall
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.shelf import MILK, OIL, Sold, sale, with_serials

LONG_AGO = with_serials(
    sale(
        (
            Sold("婴儿奶粉 800g", "198.00", gtin=MILK, sku="MILK"),
            Sold("金龙鱼 大豆油 5L", "59.90", gtin=OIL, sku="OIL"),
        ),
        days_ago=400,
    ),
    batch="B77",
)


def brings_back(till: Till, code: str, reason: str = "召回") -> None:
    till.scans(LONG_AGO.receipt_no)
    till.scans(code)
    till.confirms()
    till.picks(reason)
    till.picks("已拆封")


def test_a_recalled_batch_comes_back_whenever_it_was_sold(make_till: MakeTill) -> None:
    till = make_till(LONG_AGO, policy__recall__batches=("B77",))
    brings_back(till, MILK)
    till.is_at(states.ConfirmingAmounts)
    till.sees("￥ 198.00", "召回不受退货期限限制。")


def test_what_is_not_recalled_has_its_window_whatever_the_reason(make_till: MakeTill) -> None:
    till = make_till(LONG_AGO, policy__recall__batches=("B77",))
    brings_back(till, OIL)
    till.is_at(states.Denied)
    till.sees("已超过 90 天的退货期限")


def test_an_article_is_recalled_by_its_number(make_till: MakeTill) -> None:
    till = make_till(LONG_AGO, policy__recall__skus=("OIL",))
    brings_back(till, OIL)
    till.is_at(states.ConfirmingAmounts)


def test_where_no_recall_is_named_the_cashiers_word_is_taken(make_till: MakeTill) -> None:
    till = make_till(LONG_AGO)
    brings_back(till, OIL)
    till.is_at(states.ConfirmingAmounts)


def test_the_screen_says_that_goods_are_recalled(make_till: MakeTill) -> None:
    till = make_till(LONG_AGO, policy__recall__batches=("B77",))
    till.scans(LONG_AGO.receipt_no)
    till.scans(OIL)
    till.sees_not("召回")
    till.scans(MILK)
    till.sees("已召回：婴儿奶粉 800g，原因请选“召回”。")
    till.confirms()
    till.picks("质量问题")
    till.picks("已拆封")
    till.is_at(states.Denied)


def test_the_offices_list_is_in_force_beside_the_policys_own(
    make_till: MakeTill, tmp_path: Path
) -> None:
    """It came down with the feed; from the next idle screen on it counts."""
    office = tmp_path / "data" / "office"
    office.mkdir(parents=True)
    recalls = {"skus": ["OIL"], "batches": [], "words": {"zh": "召回", "en": "Recall"}}
    (office / "recall.json").write_text(json.dumps(recalls), encoding="utf-8")
    till = make_till(
        LONG_AGO, terminal__data=str(tmp_path / "data"), policy__recall__batches=("B77",)
    )
    assert till.settings.rules.policy.recall == Recall(batches=("B77",), skus=("OIL",))
    brings_back(till, OIL)
    till.is_at(states.ConfirmingAmounts)


@pytest.mark.parametrize("text", ["", "[]", '{"skus": 7, "batches": []}', "\x00"])
def test_a_list_that_cannot_be_read_stops_no_till(
    make_till: MakeTill, tmp_path: Path, text: str
) -> None:
    office = tmp_path / "data" / "office"
    office.mkdir(parents=True)
    (office / "recall.json").write_text(text, encoding="utf-8")
    till = make_till(
        LONG_AGO, terminal__data=str(tmp_path / "data"), policy__recall__batches=("B77",)
    )
    assert till.settings.rules.policy.recall == Recall(batches=("B77",))


def test_in_english(make_till: MakeTill) -> None:
    till = make_till(LONG_AGO, language="en", policy__recall__batches=("B77",))
    till.scans(LONG_AGO.receipt_no)
    till.scans(MILK)
    till.sees("Recalled: 婴儿奶粉 800g; choose the reason Recall.")
