"""Whether a return still fits its sale (pure): per line, per tender and in whole.

Pending and unknown count as used: every return that is not voided, those in conflict too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

ONE = 1000  # piece, in thousandths


@dataclass(frozen=True)
class Amounts:
    """`lines`: (quantity, amount) by line number; `tenders`: amount by position; `whole`: all.
    `pieces` are those with a serial number, by line and place (docs/WIRE.md).
    """

    lines: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    tenders: Mapping[int, int] = field(default_factory=dict)
    whole: int = 0
    pieces: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True)
class Excess:
    """What does not fit: `what` is quantity, amount, piece, tender or total; `at` its line or
    position.
    """

    what: str
    at: int
    sold: int
    before: int
    now: int

    @property
    def over(self) -> bool:
        return self.now > 0 and self.before + self.now > self.sold


def excesses(sold: Amounts, before: Amounts, now: Amounts) -> tuple[Excess, ...]:
    """Everything of `now` that passes what `before` left of `sold`; empty where it fits."""
    found = (
        *_of_lines(sold, before, now),
        *(Excess("piece", line, ONE, ONE, ONE) for line, _ in sorted(now.pieces & before.pieces)),
        *(
            Excess("tender", at, sold.tenders.get(at, 0), before.tenders.get(at, 0), amount)
            for at, amount in sorted(now.tenders.items())
        ),
        Excess("total", 0, sold.whole, before.whole, now.whole),
    )
    return tuple(one for one in found if one.over)


def _of_lines(sold: Amounts, before: Amounts, now: Amounts) -> Iterable[Excess]:
    for at, wanted in sorted(now.lines.items()):
        whole, gone = sold.lines.get(at, (0, 0)), before.lines.get(at, (0, 0))
        for what, a, b, c in zip(("quantity", "amount"), whole, gone, wanted, strict=True):
            yield Excess(what, at, a, b, c)
