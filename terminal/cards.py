"""Card numbers that a till wrote where none belongs: cut to their last four before they are kept.

Law of the file: what looks like a card number (13 to 19 digits, alone or in groups, that pass the
Luhn check of ISO/IEC 7812-1) is stored nowhere. Numbers of receipts, articles and pieces are the
shop's own keys and stay as they are: one in ten of them passes that check by chance, and a masked
one would never be found again.
"""

import re
from itertools import accumulate

_RUN = re.compile(r"\d(?:[ \-.·/_]{0,3}\d)+")
_GROUP = re.compile(r"\d+")
_TAIL = 4
_ENDING = re.compile(rf"\d{{{_TAIL}}}$")


def luhn(digits: str) -> bool:
    """The check of ISO/IEC 7812-1, Annex B; any script's decimal digits."""
    values = [int(one) for one in reversed(digits)]
    doubled = (sum(divmod(2 * one, 10)) for one in values[1::2])
    return (sum(values[::2]) + sum(doubled)) % 10 == 0


def masked(text: str) -> str:
    """`text` with every card number in it cut to its last four digits."""
    return _RUN.sub(lambda run: _masked_run(run[0]), text)


def tail(text: str) -> str:
    """What may be kept as a card's or account's tail: of five digits and more, the last four."""
    digits = "".join(_GROUP.findall(text))
    return text if len(digits) <= _TAIL else digits[-_TAIL:]


def tail_of(text: str) -> str:
    """The four digits that a masked number ends with; empty where it shows fewer."""
    found = _ENDING.search(text)
    return found[0] if found else ""


def _masked_run(run: str) -> str:
    """Every span of whole groups is tried, so a number beside the card's does not hide it."""
    groups = list(_GROUP.finditer(run))
    sizes = [0, *accumulate(len(one[0]) for one in groups)]
    for first in range(len(groups)):
        for last in range(len(groups) - 1, first - 1, -1):
            if not 13 <= sizes[last + 1] - sizes[first] <= 19:
                continue
            digits = "".join(one[0] for one in groups[first : last + 1])
            if luhn(digits):
                before, after = run[: groups[first].start()], run[groups[last].end() :]
                return before + digits[-_TAIL:] + _masked_run(after)
    return run
