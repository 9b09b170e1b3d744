"""多收款 on paper and screen: an amount came back and no goods, and both say so."""

import pytest

from drivers.values import Key
from terminal.core import states
from tests.flows.conftest import MakeTill
from tests.flows.shelf import OIL, RECEIPT, groceries


@pytest.mark.parametrize(("language", "word"), [("zh_CN", "多收款"), ("en", "overcharged")])
def test_slips_and_screens_say_overcharged_where_no_goods_come_back(
    make_till: MakeTill, language: str, word: str
) -> None:
    till = make_till(groceries(), language=language)
    till.scans(RECEIPT)
    till.scans(OIL)
    till.confirms()
    till.picks({"zh_CN": "多收款", "en": "Overcharged"}[language])
    till.types("12.34⏎")
    till.confirms()
    till.scans("%BBOSS")
    till.types("1")
    till.is_at(states.ConfirmingAmounts)
    till.confirms()
    for paper in (till.paper, till.picture()):
        assert "× 0" not in paper
    assert word in till.paper
    assert "12.34" in till.paper
    till.presses(Key.F1)
    till.scans(till.returns[0].number)
    till.is_at(states.ShowingReturn)
    till.sees(word, "12.34")
    row = next(one for one in till.picture().splitlines() if word in one)
    assert " 0 " not in row
