"""What the shop said, on every screen and slip that shows it: whole, legible, as agreed."""

import pytest
from msgspec.structs import replace

from printer.raster import slip_picture
from terminal.core import states
from terminal.core.health import Link
from terminal.core.print_jobs import SlipKind
from terminal.core.returns import Return, Status
from terminal.core.shop import Declined, RailState, ShopRefund, ShopState, Standing
from terminal.core.words import Worded
from terminal.ui import text
from terminal.ui.pixels import draw, overflow
from terminal.ui.screen import Screen
from terminal.ui.screens import screen_for
from terminal.ui.theme import theme_for
from terminal.ui.words import Words
from tests.app.test_slips import RETURN, SETTINGS, slip
from tests.app.test_slips import text as words_on
from tests.golden.check import check_golden
from tests.ui.all_states import state_of, view_of

SIZES = ((1024, 600), (800, 480))
LONG_AND_SHORT = [
    *(("plain", language) for language in ("zh_CN", "en", "xx")),
    *(("grand", language) for language in ("zh_CN", "en")),
]
AT = "2026-11-25T02:02:00Z"
USED = Worded(
    "商品已经使用过，包装破损，不符合七天无理由退货的条件",
    "The goods were used and their box is torn: no return within seven days for no reason",
)
DECIDED = {
    "approved": Standing.APPROVED,
    "declined": Standing.DECLINED,
    "conflict": Standing.CONFLICT,
    "gone_on": Standing.REFUNDED,
    "voided_there": Standing.VOIDED,
}
WAITING = {
    "offline": (Link.LOST, None),
    "not_submitted": (Link.GOOD, Standing.WAITING),
    "submitted": (Link.GOOD, Standing.SUBMITTED),
}
RAILS = {
    "under_way": (Status.ACCEPTED, Standing.REFUNDING, RailState.PROCESSING, None),
    "coupon": (Status.REFUNDED, Standing.REFUNDED, RailState.SUCCESS, 5490),
    "trouble": (Status.PROBLEM, Standing.PROBLEM, RailState.ABNORMAL, None),
}
SCREENS = (*DECIDED, *WAITING, *RAILS, "voided")


def told(ret: Return, state: Standing, *refunds: ShopRefund) -> Return:
    said = ShopState(ret.id, ret.number, "0571-03", 7, state, USED, refunds, AT)
    return replace(ret, shop=said)


def moved(ret: Return, name: str) -> Return:
    """A return whose refunds on rails have come as far as that."""
    status, state, rail, actual = RAILS[name]
    refunds = tuple(
        ShopRefund(one.position, one.kind, one.amount, rail, actual, AT)
        for one in ret.settlement.refunds
    )
    return told(replace(ret, status=status), state, *refunds)


def shown(name: str, language: str, shop: str = "plain") -> Screen:
    view = view_of(language)
    if name in WAITING:
        link, said = WAITING[name]
        state = state_of("WaitingForCustomer", shop)
        assert isinstance(state, states.WaitingForCustomer)
        ret = told(state.ret, said) if said else state.ret
        lit = replace(view, health=replace(view.health, network=link))
        return screen_for(replace(state, ret=ret), lit)
    state = state_of("ShowingReturn", shop)
    assert isinstance(state, states.ShowingReturn)
    if name in DECIDED:
        return screen_for(states.ShopDecided(state.cashier, told(state.ret, DECIDED[name])), view)
    if name in RAILS:
        return screen_for(replace(state, ret=moved(state.ret, name)), view)
    why = Declined(USED.zh, USED.en)
    gone = replace(state.ret, status=Status.VOIDED, declined=why)
    return screen_for(replace(state, ret=gone), view)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("shop", "language"), LONG_AND_SHORT)
@pytest.mark.parametrize("name", SCREENS)
def test_nothing_is_cut(name: str, shop: str, language: str, size: tuple[int, int]) -> None:
    assert overflow(shown(name, language, shop), theme_for(*size)) == []


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("name", SCREENS)
def test_every_screen_reads_as_agreed(name: str, language: str) -> None:
    made = "\n".join(text.lines(shown(name, language), 80, 24, qr=False))
    check_golden(f"shop_{name}_{language}", made)


@pytest.mark.parametrize("name", [*DECIDED, "offline", "submitted", "coupon"])
def test_every_screen_looks_as_agreed(name: str) -> None:
    check_golden(f"shop_{name}_zh", draw(shown(name, "zh_CN"), theme_for(1024, 600)))


@pytest.mark.parametrize("name", RAILS)
def test_the_result_slip_looks_as_agreed(name: str) -> None:
    made = slip(SlipKind.RESULT, moved(RETURN, name))
    check_golden(f"shop_slip_{name}_zh", slip_picture(made, SETTINGS.printer.model))


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_slip_of_a_declined_return_says_why_and_that_there_is_no_refund(language: str) -> None:
    why = Declined(USED.zh, USED.en)
    gone = replace(RETURN, status=Status.VOIDED, declined=why)
    said = words_on(slip(SlipKind.RESULT, gone, language))
    assert USED.say(language) in said
    assert Words(language)("Declined: no refund") in said


def test_a_reason_in_one_language_is_better_than_none() -> None:
    assert Declined("", "Used").say("zh_CN") == "Used"
    assert Declined("用过", "").say("en") == "用过"
