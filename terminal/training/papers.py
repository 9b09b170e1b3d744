"""The room's own screen and slips: drills with their results, the practice receipt, the sheet.

Law of the file: every slip says at both ends, and all across it, that it is training.
"""

from printer.slip import Align, Columns, Cut, Mark, Qr, Rule, Size, Slip, Text
from terminal.core.sale import Sale
from terminal.paper.slips import NOT_VALID
from terminal.settings.values import Settings
from terminal.training.course import Result, Sheet
from terminal.ui import formats
from terminal.ui.screen import Column, Headline, Key, Panel, Row, Screen, Sentences, Table, Tone
from terminal.ui.words import N_, Words

WATERMARK = N_("TRAINING")


def menu(sheet: Sheet, cursor: int, said: str, words: Words, clock: str) -> Screen:
    """The drills and how each went."""
    columns = (
        Column(words(N_("Drill")), 40),
        Column(words(N_("Result")), 24),
        Column(words(N_("Mistakes")), 18, right=True),
        Column(words(N_("Seconds")), 18, right=True),
    )
    rows = tuple(
        Row((f"{at} {words(one.title)}", *_cells(sheet.of(one.code), words)))
        for at, one in enumerate(sheet.drills, 1)
    )
    told = words(N_("{n} of {all} done"), n=sheet.done, all=len(sheet.drills))
    keys = (
        ("↑↓", N_("Move")),
        ("1–9", N_("Begin this drill")),
        (N_("Confirm"), N_("Begin")),
        ("F3", N_("Print the result sheet")),
        ("F5", N_("Print practice receipts")),
        (N_("Cancel"), N_("Leave the training")),
    )
    return Screen(
        title=words(N_("Training: which drill?")),
        blocks=(Table(columns, rows, cursor, said, told),),
        keys=tuple(Key(words(cap), words(label)) for cap, label in keys),
        clock=clock,
        watermark=words(WATERMARK),
    )


def _cells(result: Result | None, words: Words) -> tuple[str, str, str]:
    if result is None:
        return "", "", ""
    how = words(N_("✓ done")) if result.done else words(N_("not finished"))
    return how, str(result.mistakes), str(result.seconds)


def dark(words: Words, clock: str) -> Screen:
    """The power is away."""
    return Screen(
        title=words(N_("The power went out")),
        blocks=(
            Panel(
                (
                    Headline(words(N_("Everything is dark")), Tone.WAITING),
                    Sentences(
                        (
                            words(N_("The slip was just being printed.")),
                            words(N_("Confirm switches the power on again: see where you are.")),
                        )
                    ),
                ),
                Tone.WAITING,
            ),
        ),
        keys=(Key(words(N_("Confirm")), words(N_("Power on"))),),
        clock=clock,
        watermark=words(WATERMARK),
    )


def result_slip(sheet: Sheet, trainer: str, when: str, settings: Settings, words: Words) -> Slip:
    mark = Mark(words(NOT_VALID))
    rows: list[Text | Columns] = []
    for one in sheet.drills:
        found = sheet.of(one.code)
        how, mistakes, seconds = _cells(found, words)
        rows.append(Columns(words(one.title), how or words(N_("not begun"))))
        if found is not None:
            told = words(N_("mistakes {n}, seconds {s}"), n=mistakes, s=seconds)
            rows.append(Text(told, Align.RIGHT, Size.SMALL))
    return Slip(
        (
            mark,
            Text(settings.shop.name.say(words.language), Align.CENTRE),
            Text(words(N_("RESULTS OF TRAINING")), Align.CENTRE, Size.LARGE, bold=True),
            Columns(words(N_("Time")), when),
            Columns(words(N_("Trainer")), trainer),
            Rule(),
            *rows,
            Rule(),
            Columns(words(N_("Done")), f"{sheet.done}/{len(sheet.drills)}", Size.LARGE, bold=True),
            mark,
            Cut(),
        ),
        across=words(NOT_VALID),
    )


def receipt_slip(sale: Sale, words: Words) -> Slip:
    """A receipt to practise on: its code, and those of its goods."""
    mark = Mark(words(NOT_VALID))
    goods: list[Text | Columns | Qr] = []
    for line in sale.lines:
        goods += [
            Columns(line.name, formats.amount(line.paid, sale.currency)),
            Qr(line.gtin or line.sku),
        ]
    return Slip(
        (
            mark,
            Text(words(N_("PRACTICE RECEIPT")), Align.CENTRE, Size.LARGE, bold=True),
            Text(sale.receipt_no, Align.CENTRE),
            Qr(sale.receipt_no),
            Columns(words(N_("Bought")), formats.day(sale.receipt.business_day)),
            *goods,
            Columns(words(N_("Total")), formats.with_symbol(sale.total, sale.currency), bold=True),
            mark,
            Cut(),
        ),
        across=words(NOT_VALID),
    )
