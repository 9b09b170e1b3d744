"""What a rule asks of a return, as one clause."""

from collections.abc import Iterator

from terminal.core.limits import KIND_NAMES
from terminal.core.money import decimal_text
from terminal.core.rules import CONDITION_WORDS, Rules
from terminal.core.when import EVERY, Earlier, Range, When
from terminal.core.words import Told, either, row, sentence

AND = sentence(" and ")
_PAYERS = {
    "": sentence("the same card or phone"),
    "card": sentence("the same card"),
    "phone": sentence("the same phone"),
}


def asked(when: When, rules: Rules) -> Told:
    """What a rule asks, as one clause."""
    found = tuple(_questions(when, rules))
    return sentence("when {what}", what=row(found, AND))


def _questions(when: When, rules: Rules) -> Iterator[Told]:
    names: dict[str, Told] = {one.code: one.words for one in rules.reasons}
    if when.kinds:
        kinds = either(KIND_NAMES[one] for one in when.kinds)
        yield sentence("the kind is {kinds}", kinds=kinds)
    if when.categories:
        yield sentence("the category is {categories}", categories=either(when.categories))
    if when.reasons:
        reasons = either(names.get(one, one) for one in when.reasons)
        yield sentence("the reason is {reasons}", reasons=reasons)
    if when.conditions:
        conditions = either(CONDITION_WORDS[one] for one in when.conditions)
        yield sentence("the goods are {conditions}", conditions=conditions)
    if when.tenders:
        yield sentence("money goes back to {tenders}", tenders=either(when.tenders))
    if when.amount != EVERY:
        amount = _within(when.amount, rules.currency.digits)
        yield sentence("returns of the sale come to {amount}", amount=amount)
    if when.days != EVERY:
        yield sentence("days since the sale are {days}", days=_within(when.days, 0))
    if when.earlier is not None:
        yield _often(when.earlier)


def _within(span: Range, digits: int) -> Told:
    said = []
    if span.above is not None:
        said.append(sentence("more than {end}", end=decimal_text(span.above, digits)))
    if span.to is not None:
        said.append(sentence("at most {end}", end=decimal_text(span.to, digits)))
    return row(said, AND)


def _often(earlier: Earlier) -> Told:
    who = _PAYERS[earlier.by]
    return sentence(
        "{who} came back more than {above} times in {days} days",
        who=who,
        above=earlier.above,
        days=earlier.days,
    )
