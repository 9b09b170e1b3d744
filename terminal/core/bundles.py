"""A bundle that comes back whole only (整套退回): a part of it alone is refused, in words.

Law of the file: nothing is ever added to a return by itself. A component that nobody scanned is not
on the counter, and a kit given back for one part of it is what went wrong elsewhere.
"""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from terminal.core.case import Case
from terminal.core.returns import Chosen
from terminal.core.rules import Outcome, Rules
from terminal.core.rulings import Ruling
from terminal.core.sale import Bundle
from terminal.core.settlement import available
from terminal.core.words import Worded, named

ALL = "*"


def rulings(rules: Rules, case: Case, chosen: tuple[Chosen, ...]) -> Iterator[Ruling]:
    """One for each bundle of which a part would come back: a DENY that names what is missing."""
    now: Counter[int] = Counter()
    for one in chosen:
        now[one.line] += one.quantity
    for bundle in case.sale.bundles:
        lacking = _lacking(bundle, case, now) if comes_whole(rules, bundle) else ()
        if lacking:
            missing = named(one.name for one in case.sale.lines if one.line in lacking)
            name = named((bundle.name,)).zh
            filled = Worded(
                _WHOLE_ONLY.zh.format(name=name, missing=missing.zh),
                _WHOLE_ONLY.en.format(name=name, missing=missing.en),
            )
            lines = tuple(one for one in bundle.lines if now[one])
            yield Ruling("bundle", Outcome.DENY, filled, lines=lines)


def comes_whole(rules: Rules, bundle: Bundle) -> bool:
    """By the sale's own mark, or by the shop's policy."""
    named = rules.policy.whole_bundles
    return bundle.whole or ALL in named or bundle.sku in named


def _lacking(bundle: Bundle, case: Case, now: Counter[int]) -> tuple[int, ...]:
    """The lines of which too little comes back; none for whole kits, or for all that is left.

    Of three kits one may come back: a third of every line. What an older policy let go in parts
    comes back with its rest.
    """
    sold = {one.line: one.quantity for one in case.sale.lines}
    left = available(case)
    share = max(Fraction(now[line], sold[line]) for line in bundle.lines)
    return tuple(
        line for line in bundle.lines if now[line] < min(share * sold[line], Fraction(left[line]))
    )


_WHOLE_ONLY = Worded(
    "“{name}”须整套退回，还缺：{missing}。",
    "{name} comes back whole only; still missing: {missing}.",
)
