"""Every state of the flow as real tills came to it: a plain shop, and one where all is too long.

Law of the file: each state is played once in a run; screens are then drawn of it at will.
"""

from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from terminal.core.health import Health, Link, Paper
from terminal.core.limits import not_taken
from terminal.core.policy import notice_sentences
from terminal.core.refusals import Refusal, Why
from terminal.core.rules import Rules
from terminal.core.sale import Currency, Sale
from terminal.core.states import State
from terminal.settings import load_settings
from terminal.slip_code import SlipCodes
from terminal.ui.entries import ENTRY_LENGTH_MAX, Editor, kind_of
from terminal.ui.screen import Screen
from terminal.ui.screens import screen_for
from terminal.ui.view import View
from terminal.ui.words import Words
from tests.flows.cashier import CONFIG, Till
from tests.flows.scenes import MEDICINE, OLD, STOCK, TODAYS, TWINS, enter
from tests.flows.shelf import MILK, OIL, RECEIPT, Sold, sale, with_serials

LONG = "特级初榨橄榄油礼盒装家庭实惠组合 Extra Virgin Olive Oil Family Gift Box 2×750ml 进口"
GRAND = sale(
    (
        Sold(LONG, "1234567.89", "999", gtin=OIL),
        Sold(LONG + "二", "2345678.90", "120", gtin=MILK),
        *(Sold(f"{LONG} 第 {at} 号", "100000.01", "12") for at in range(40)),
    ),
    (
        ("wechat", "2000000.00", "零钱通 *8888"),
        ("card", "3000000.00", "工商银行储蓄卡 *1234"),
        ("alipay", "2580226.89", "余额宝 138****5678"),
        ("cash", "0.30", ""),
    ),
    off=(("threshold", "20.00"),),
)


def _long(made: Sale) -> Sale:
    return replace(made, lines=tuple(replace(one, name=LONG) for one in made.lines))


NUMBERED = with_serials(
    sale((Sold(LONG, "1234567.89", "12"),), number=7),
    *(f"{at:02d}{'Z' * 62}" for at in range(12)),
    batch="B" * 64,
)
SHOPS: dict[str, tuple[Sale, ...]] = {
    "plain": STOCK,
    "grand": (
        *(replace(GRAND, receipt_no=RECEIPT), NUMBERED),
        *map(_long, (OLD, MEDICINE, *TWINS, TODAYS)),
    ),
}


@lru_cache(maxsize=128)
def state_of(scene: str, shop: str = "plain") -> State:
    """Where a till stands after this scene."""
    made: list[Till] = []

    def make(*sales: Sale, **settings: object) -> Till:
        till = Till(Path(folder), sales, **settings)  # type: ignore[arg-type]  # language or settings
        made.append(till)
        till.signs_on()
        return till

    with TemporaryDirectory() as folder:
        # An amount beyond the limit asks for another person first: not what is looked at here.
        state = enter(make, scene, SHOPS[shop], policy__limit__amount="0").state
        made[0].switch_off()
    return state


def view_of(language: str, *, currency: Currency | None = None) -> View:
    return View(
        words=Words(language),
        currency=currency or Currency("CNY", 2),
        shop="示例百货" if language == "zh_CN" else "Example Store",
        qr_of=SlipCodes("HTTPS://R.EXAMPLE.CN/").of,
        clock="14:05",
        health=Health(scanner=Link.GOOD, printer=Link.GOOD, paper=Paper.OK),
        policy=notice_sentences(_shipped()),
        not_taken=not_taken(_shipped()),
    )


@lru_cache
def _shipped() -> Rules:
    return load_settings(CONFIG, {"printer.link": "file", "printer.path": "/dev/null"}).rules


def screen_of(scene: str, language: str, shop: str = "plain") -> Screen:
    return screen_for(state_of(scene, shop), view_of(language))


def troubled(scene: str, language: str) -> Screen:
    """The grand shop, a full line typed, a long refusal, a scanner lost and no paper."""
    state = state_of(scene, "grand")
    view = view_of(language)
    refusal = Refusal(Why.MORE_THAN_LEFT, (LONG, "99999.999", "12345.678"))
    typed = Editor("8" * ENTRY_LENGTH_MAX) if kind_of(state) is not None else Editor()
    health = replace(view.health, scanner=Link.LOST, paper=Paper.OUT)
    return screen_for(state, replace(view, refusal=refusal, editor=typed, health=health))
