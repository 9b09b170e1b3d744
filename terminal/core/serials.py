"""Serial numbers (序列号): which pieces of a line come back, each by its own number.

Law of the file: a number is text from outside, compared without regard to case and never counted; a
piece comes back by its own number once. Where the sale has numbers on file no other is taken;
where the shop asks for one all the same, it is recorded as read.
"""

from terminal.core.draft import Draft
from terminal.core.refusals import Refusal, Why
from terminal.core.returns import Chosen
from terminal.core.rules import Rules
from terminal.core.sale import QUANTITY_ONE, SaleLine, Unit


def asked(rules: Rules, line: SaleLine) -> bool:
    """Whether the pieces of this line come back by number."""
    categories = rules.policy.serial_categories
    return line.unit is Unit.EACH and (bool(line.serials) or line.category in categories)


def pieces(one: Chosen) -> int:
    return one.quantity // QUANTITY_ONE


def line_of(draft: Draft, number: int) -> SaleLine:
    return next(one for one in draft.case.sale.lines if one.line == number)


def wanting(draft: Draft) -> Chosen | None:
    """The first line whose pieces have not all been named; money alone has no number."""
    for one in draft.chosen:
        money_only = bool(one.reason) and draft.rules.reason(one.reason).amount_only
        named = len(one.serials) == pieces(one)
        if not money_only and not named and asked(draft.rules, line_of(draft, one.line)):
            return one
    return None


def on_file(draft: Draft, text: str) -> tuple[SaleLine, str] | None:
    """The line that was sold with this number, and the number as the sale writes it."""
    return next(
        (
            (line, serial)
            for line in draft.case.sale.lines
            for serial in line.serials
            if same(serial, text)
        ),
        None,
    )


def refused(draft: Draft, line: SaleLine, text: str) -> Refusal | None:
    """Why this number names no piece of this line that could come back now."""
    if any(same(text, code) for code in (line.sku, line.gtin, line.gtin.lstrip("0")) if code):
        return Refusal(Why.SERIAL_NOT_ARTICLE, (line.name,))
    if line.serials and not any(same(text, one) for one in line.serials):
        return Refusal(Why.SERIAL_NOT_SOLD, (text, line.name))
    if any(same(text, one) for one in draft.case.returned.of_line(line.line).serials):
        return Refusal(Why.SERIAL_BACK, (text,))
    chosen = draft.chosen_of(line.line)
    if chosen is not None and any(same(text, one) for one in chosen.serials):
        return Refusal(Why.SERIAL_TWICE, (text,))
    return None


def same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
