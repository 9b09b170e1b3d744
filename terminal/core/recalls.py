"""Recalls (召回): goods by batch or sku that come back without a time limit, for that reason."""

from collections.abc import Iterator

from terminal.core.case import Case
from terminal.core.returns import Chosen
from terminal.core.rules import Outcome, Reason, Rules
from terminal.core.rulings import Ruling
from terminal.core.sale import SaleLine
from terminal.core.words import Worded, named


def recalled(rules: Rules, line: SaleLine) -> bool:
    recall = rules.policy.recall
    return line.sku in recall.skus or (bool(line.batch) and line.batch in recall.batches)


def free_of_window(rules: Rules, reason: Reason, *, line_recalled: bool) -> bool:
    """A reason that has no window; one for recalls has none only for what is recalled.

    Where the policy names no recall, the cashier's word for it is taken.
    """
    named_here = bool(rules.policy.recall.batches or rules.policy.recall.skus)
    return reason.no_window and (not reason.recall or not named_here or line_recalled)


def rulings(rules: Rules, case: Case, chosen: tuple[Chosen, ...]) -> Iterator[Ruling]:
    """Says that goods are recalled, as long as another reason is chosen for them."""
    reason = next((one for one in rules.reasons if one.recall), None)
    if reason is None:
        return
    lines = {one.line: one for one in case.sale.lines}
    found = [
        lines[one.line]
        for one in chosen
        if one.reason != reason.code and recalled(rules, lines[one.line])
    ]
    if found:
        names = named(one.name for one in found)
        said = Worded(
            f"已召回：{names.zh}，原因请选“{reason.words.zh}”。",
            f"Recalled: {names.en}; choose the reason {reason.words.en}.",
        )
        yield Ruling("recalled", Outcome.ALLOW, said, lines=tuple(one.line for one in found))
