"""Sample screens: the four sketches, and one for every other block."""

from terminal.ui.screen import (
    Busy,
    Choice,
    Entry,
    Headline,
    Key,
    Notice,
    Option,
    Row,
    Screen,
    Sentences,
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
}
LANGUAGES = ("zh_CN", "en", "xx")
SIZES = ((1024, 600), (800, 480), (1280, 800))
