"""Sample screens: the four sketches, and one for every other block."""

from terminal.ui.screen import (
    Amount,
    Busy,
    Choice,
    Column,
    Entry,
    Fact,
    Facts,
    Headline,
    Key,
    Notice,
    Option,
    Panel,
    Row,
    Screen,
    Sentences,
    Side,
    Table,
    Tone,
)
from tests.ui.sample_words import Sample
from tests.ui.sketches import confirm, customer, goods, lights, problem, steps

NAMES = ("Olive oil", "Whole milk", "Red apples", "Tissues", "Batteries", "Rice", "Noodles")


def long_list(w: Sample) -> Screen:
    """Twelve lines with the eighth marked, two names too long for one line."""
    rows = [
        Row((f"{w(NAMES[turn % 7])} {turn + 1}", "12", "0", "12", "2", f"{turn}28.40"), marked=4)
        for turn in range(12)
    ]
    name = (
        "有机特级初榨橄榄油礼盒装 Extra virgin organic olive oil gift box, twelve bottles of 500 ml"
    )
    rows[5] = Row((name, "1", "0", "1", "1", "1288.00"), marked=4)
    rows[7] = Row((name + name, "1.236", "0", "1.236", "0.412", "12889.00"), marked=4)
    return goods(w, tuple(rows), 7)


def reasons(w: Sample) -> Screen:
    names = (
        "Quality fault", "Damaged", "Expired", "Wrong article", "Not as described", "Overcharged",
        "Size or colour", "No reason given", "Bought twice", "Allergy, safety", "Recall",
        "Cashier's mistake", "Other",
    )  # fmt: skip
    notes = {1: "written off", 2: "written off; needs a shift leader", 12: "with a note"}
    options = tuple(
        Option(str(turn + 1) if turn < 9 else "", w(name), w(notes.get(turn, "")))
        for turn, name in enumerate(names)
    )
    return Screen(
        w("Why does it come back?"),
        (Choice(options, 3),),
        (Key("↑↓", w("choose a line")), Key(w("Enter"), w("next")), Key(w("Esc"), w("back"))),
        steps(w),
        2,
        lights(w),
        "14:03",
    )


def conditions(w: Sample) -> Screen:
    options = (
        Option("1", w("Unopened"), w("back to stock")),
        Option("2", w("Opened")),
        Option(
            "3", w("Damaged"), w("written off; a photograph is needed and the shift leader signs")
        ),
    )
    return Screen(
        w("How do the goods look?"),
        (Choice(options, 0),),
        (Key("1–3", w("choose a line")), Key(w("Esc"), w("back"))),
        steps(w),
        2,
        lights(w),
        "14:03",
    )


def pin(w: Sample) -> Screen:
    return Screen(
        w("Sign on"),
        (
            Headline(w("Good morning, {name}", name="王芳")),
            Entry(w("Type your PIN"), "••••", w("Four to eight digits"), secret=True),
        ),
        (Key("0–9", w("type")), Key(w("Enter"), w("next")), Key(w("Esc"), w("back"))),
        lights=lights(w),
        clock="08:55",
    )


def number(w: Sample) -> Screen:
    return Screen(
        w("Type the receipt number"),
        (Entry(w("Receipt number"), "0571-03-20261120-12", w("It stands under the bar code")),),
        (Key("0–9", w("type")), Key(w("Enter"), w("next")), Key(w("Esc"), w("back"))),
        steps(w),
        0,
        lights(w),
        "14:03",
    )


def ready(w: Sample) -> Screen:
    """Idle, with two notices over it."""
    return Screen(
        w("Returns"),
        (
            Headline(w("Scan the receipt")),
            Sentences((w("or type its number"),), Tone.MUTED, centred=True),
        ),
        (Key("0–9", w("type")), Key("F1", w("search")), Key("F9", w("sign off"))),
        lights=lights(w, printer=Tone.STOP),
        clock="14:03",
        notices=(
            Notice(w("The printer is unplugged. Plug it in; returns go on meanwhile."), Tone.STOP),
            Notice(w("This is not a receipt: {code}", code="6901234567892")),
        ),
    )


def busy(w: Sample) -> Screen:
    return Screen(
        w("Looking up the receipt"),
        (Busy(w("Asking the shop office"), w("since 14:03:07")),),
        (Key(w("Esc"), w("give up")),),
        steps(w),
        0,
        lights(w, network=Tone.WAITING),
        "14:03",
    )


def done(w: Sample) -> Screen:
    """Idle after a return: how the last one ended stands below."""
    facts = (
        Fact(w("Return slip"), "R-0571-03-000417"),
        Fact(w("Refund"), "￥ 80.54", large=True),
    )
    return Screen(
        w("Returns"),
        (
            Headline(w("Scan the receipt")),
            Entry(w("or type its number"), ""),
            Panel((Facts(facts),), Tone.GOOD, w("Allowed")),
        ),
        (Key("0–9", w("type")), Key("F1", w("search")), Key("F9", w("sign off"))),
        lights=lights(w),
        clock="14:03",
    )


def denied(w: Sample) -> Screen:
    why = (
        w("Day 3 after the sale; seven days with the receipt."),
        w("Quality fault: goods go back to the supplier."),
    )
    blocks = (
        Headline(w("Not as described"), Tone.STOP),
        Sentences(why),
        Sentences((w("The return is saved. Nothing is lost and nothing is refunded twice."),)),
    )
    return Screen(
        w("Review"),
        (Panel(blocks, Tone.STOP, w("Return policy, version 2026-10")),),
        (Key(w("Esc"), w("back")),),
        steps(w),
        3,
        lights(w),
        "14:03",
    )


def cash(w: Sample) -> Screen:
    others = (Fact(w("WeChat Pay · the way it was paid"), "￥ 64.09"),)
    return Screen(
        w("Refund"),
        (
            Panel((Amount(w("This refund"), "￥ 16.45"),), Tone.HERE),
            Sentences((w("Put in a new roll and close the cover"),), numbered=True),
            Panel((Facts(others),), title=w("Refund to")),
        ),
        (Key(w("Enter"), w("next")),),
        steps(w),
        6,
        lights(w),
        "14:03",
    )


def shown(w: Sample) -> Screen:
    """A return looked at again: its lines on the left, how it stands on the right."""
    columns = (
        Column(w("Goods"), 60),
        Column(w("Returned"), 15, right=True),
        Column(w("Amount"), 20, right=True),
    )
    rows = tuple(Row((f"{w(name)} 500 g", "2", "28.40")) for name in NAMES[:3])
    facts = (
        Fact(w("Receipt"), "0571-03-20261120-1234"),
        Fact(w("Refund"), "￥ 80.54", large=True),
    )
    right = (Panel((Headline(w("Allowed"), Tone.GOOD),), Tone.GOOD), Facts(facts))
    return Screen(
        w("Return · receipt {n}", n="R-0571-03-000417"),
        (Side((Table(columns, rows),), right, 55),),
        (Key("F3", w("reprint")), Key(w("Esc"), w("back"))),
        lights=lights(w),
        clock="14:03",
    )


ALL = {
    "goods": goods,
    "confirm": confirm,
    "customer": customer,
    "problem": problem,
    "long": long_list,
    "reasons": reasons,
    "conditions": conditions,
    "pin": pin,
    "number": number,
    "ready": ready,
    "busy": busy,
    "done": done,
    "denied": denied,
    "cash": cash,
    "shown": shown,
}
LANGUAGES = ("zh_CN", "en", "xx")
SIZES = ((1024, 600), (800, 480), (1280, 800))
