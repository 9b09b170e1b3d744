"""The four sketched screens: goods, confirm, customer, problem."""

from terminal.ui.screen import (
    Amount,
    Column,
    Fact,
    Facts,
    Headline,
    Key,
    Light,
    Panel,
    Qr,
    Row,
    Screen,
    Sentences,
    Side,
    Table,
    Tone,
    Total,
)
from tests.ui.sample_words import Sample

PAYLOAD = (
    "https://shop.example/r/0571-03-000417?k=7K2M9Q4XCT&a=8054&s=mF3xk2LwTq9vRb7YpZs0Ha1NcE5dUo8J"
)


def lights(w: Sample, printer: Tone = Tone.GOOD, network: Tone = Tone.GOOD) -> tuple[Light, ...]:
    return (
        Light(w("Scanner"), Tone.GOOD),
        Light(w("Printer"), printer),
        Light(w("Network"), network),
    )


def steps(w: Sample) -> tuple[str, ...]:
    names = ("Receipt", "Goods", "Reason", "Review", "Confirm", "Customer", "Refund")
    return tuple(w(name) for name in names)


ROWS = (
    Row(("金龙鱼 大豆油 5L", "1", "0", "1", "1", "49.35"), marked=4),
    Row(("蒙牛 纯牛奶 250ml×12", "2", "1", "1", "1", "16.44"), marked=4),
    Row(("苹果 红富士 1.236 kg", "1.236", "0", "1.236", "0.412", "14.75"), marked=4),
    Row(("清风 抽纸 3包", "1", "1", "0", "—", ""), muted=True, marked=4),
)


def goods(w: Sample, rows: tuple[Row, ...] = ROWS, cursor: int = 0) -> Screen:
    columns = (
        Column(w("Goods"), 44),
        Column(w("Sold"), 10, right=True),
        Column(w("Returned"), 10, right=True),
        Column(w("Returnable"), 10, right=True),
        Column(w("Returning now"), 12, right=True),
        Column(w("Refund"), 14, right=True),
    )
    table = Table(
        columns,
        rows,
        cursor,
        w("Scan the goods coming back, one scan adds one"),
        w("20 Nov 2026, 14:03 · paid 115.54 by WeChat Pay and cash"),
    )
    return Screen(
        w("Return · receipt {n}", n="0571-03-20261120-1234"),
        (table, Total(w("3 lines chosen"), w("Refund total"), "￥ 80.54")),
        (
            Key("↑↓", w("choose a line")),
            Key("0–9", w("change the quantity")),
            Key("F1", w("return all")),
            Key(w("Enter"), w("next")),
            Key(w("Esc"), w("back")),
        ),
        steps(w),
        1,
        lights(w, network=Tone.WAITING),
        "14:03",
    )


def confirm(w: Sample) -> Screen:
    note = "paid 115.54 = returned before 16.45 + now 80.54 + still returnable 18.55"
    tenders = (
        Fact(w("WeChat Pay · the way it was paid"), "64.09"),
        Fact(w("Cash"), "16.45"),
    )
    policy = (
        Headline(w("Allowed"), Tone.GOOD),
        Sentences(
            (
                w("Day 3 after the sale; seven days with the receipt."),
                w("Quality fault: goods go back to the supplier."),
            )
        ),
    )
    side = Side(
        (Panel((Facts(tenders),), title=w("Refund to")),),
        (Panel(policy, Tone.GOOD, w("Return policy, version 2026-10")),),
    )
    return Screen(
        w("Confirm the refund"),
        (Amount(w("This refund"), "￥ 80.54", w(note)), side),
        (
            Key(w("Enter"), w("print the return slip")),
            Key("↑", w("change the goods")),
            Key(w("Esc"), w("give up")),
        ),
        steps(w),
        4,
        lights(w, network=Tone.WAITING),
        "14:03",
    )


def customer(w: Sample) -> Screen:
    facts = (
        Fact(w("Return slip"), "R-0571-03-000417", large=True),
        Fact(w("Amount"), "￥ 80.54", large=True),
        Fact(w("Phone does not open it? Read out the short code"), "7K2M9-Q4XCT", large=True),
    )
    waiting = (
        Headline(w("Waiting for the customer"), Tone.WAITING),
        Sentences((w("Return slip printed at 14:05"),), Tone.MUTED),
    )
    side = Side((Qr(PAYLOAD),), (Facts(facts, stacked=True), Panel(waiting, Tone.WAITING)), 42)
    return Screen(
        w("The customer scans to confirm"),
        (side,),
        (
            Key("F2", w("no phone: sign instead")),
            Key("F3", w("reprint")),
            Key(w("Esc"), w("void the return")),
        ),
        steps(w),
        5,
        lights(w),
        "14:03",
    )


def problem(w: Sample) -> Screen:
    todo = (
        w("Put in a new roll and close the cover"),
        w("Look at the slip: is it whole, and can the QR code be read?"),
    )
    safe = w("The return is saved. Nothing is lost and nothing is refunded twice.")
    keys = w("Whole: press Enter. Not whole: press F3, the new one is marked COPY.")
    blocks = (
        Headline(w("The return slip may not have printed whole"), Tone.STOP),
        Sentences((safe,), centred=True),
        Sentences(todo, numbered=True, centred=True),
        Sentences((keys,), Tone.MUTED, centred=True),
    )
    return Screen(
        w("The printer is out of paper"),
        (Panel(blocks, Tone.STOP),),
        (
            Key(w("Enter"), w("the slip is whole")),
            Key("F3", w("print again")),
            Key("F2", w("without a slip: sign")),
        ),
        steps(w),
        5,
        lights(w, printer=Tone.STOP),
        "14:03",
    )
