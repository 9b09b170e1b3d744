"""The slips of an exchange and of store credit, and the results after them, as pictures."""

import pytest
from msgspec.structs import replace

from drivers.values import Key
from printer.layout import column_lines
from printer.raster import DrawnPaper, slip_picture
from printer.slip import Columns
from terminal.paper import slips
from terminal.ui.words import Words
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.shelf import MILK, RECEIPT, one_oil
from tests.flows.test_exchange import finish, priced
from tests.flows.test_store_credit import CARD
from tests.golden.check import check_golden

SAID = {"zh_CN": ("尺码颜色", "未拆封"), "en": ("Size or colour", "Unopened")}
LANGUAGES = tuple(SAID)


def goods_back(till: Till, language: str) -> None:
    till.scans(RECEIPT)
    till.presses(Key.F1, Key.CONFIRM)
    for one in SAID[language]:
        till.picks(one)


def exchange(make_till: MakeTill, language: str) -> Till:
    till = priced(make_till(one_oil(), language=language))
    goods_back(till, language)
    till.presses(Key.F5)
    till.scans(MILK)
    till.confirms()
    finish(till)
    till.confirms()
    return till


def credit(make_till: MakeTill, language: str) -> Till:
    till = make_till(one_oil(tenders=CARD), language=language)
    goods_back(till, language)
    till.presses(Key.F3)
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM)
    return till


MADE = {"exchange": exchange, "credit": credit}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", MADE)
def test_the_slips_look_as_agreed(make_till: MakeTill, name: str, language: str) -> None:
    till = MADE[name](make_till, language)
    model = till.settings.printer.model
    seen = [job.kind.value for job, _ in till.slips]
    assert len(set(seen)) == 2, seen
    for job, slip in till.slips:
        check_golden(f"{name}_{job.kind.value}_{language}", slip_picture(slip, model))


@pytest.mark.parametrize("width", [576, 384])
@pytest.mark.parametrize("name", MADE)
def test_longer_words_cut_no_amount_and_leave_the_paper_nowhere(
    make_till: MakeTill, name: str, width: int
) -> None:
    """In the made-up language every label is a third longer."""
    till = MADE[name](make_till, "en")
    paper = DrawnPaper(width)
    for job, _ in till.slips:
        ret = till.returns[0]
        made = slips.build(replace(job), ret, till.settings, Words("xx"), till._codes)
        for part in made.parts:
            if isinstance(part, Columns):
                lines = column_lines(part, paper)
                assert [one.right for one in lines if one.right] == [part.right] * bool(part.right)
                for one in lines:
                    used = paper.measure(one.text, one.size) + paper.measure(one.right, one.size)
                    assert used <= paper.room(one.size), one
