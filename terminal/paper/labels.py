"""The labels of a return: where each of its goods goes now (处置方式), one label an article.

Law of the file: a label is for the shop's own people; it names goods and the return, nobody else.
"""

from printer.slip import Align, Columns, Cut, Part, Size, Text
from terminal.core.returns import Disposition, Return, ReturnLine
from terminal.ui import formats
from terminal.ui.screens.draft import CONDITIONS
from terminal.ui.words import N_, Words

WHERE_TO = {
    Disposition.RETURN_TO_STOCK: N_("Back to stock"),
    Disposition.WRITE_OFF: N_("Write off"),
    Disposition.RETURN_TO_SUPPLIER: N_("To the supplier"),
    Disposition.RETURN_TO_MANUFACTURER: N_("To the manufacturer"),
    Disposition.REPAIR: N_("Repair"),
    Disposition.TRANSFORM: N_("Rework"),
    Disposition.QUARANTINE: N_("Quarantine: keep apart"),
    Disposition.UNDECIDED: N_("Not decided: ask the manager"),
}


def labels(ret: Return, words: Words) -> tuple[Part, ...]:
    """One for each line whose goods came back; an overcharge has none."""
    return tuple(
        part for one in ret.settlement.lines if one.quantity for part in _label(ret, one, words)
    )


def pieces(line: ReturnLine, words: Words) -> tuple[Text, ...]:
    """The numbers of the pieces and their batch; a number that was erased is gone."""
    return (
        *(
            Text(words(N_("  Serial number {number}"), number=one), size=Size.SMALL)
            for one in line.serials
            if one
        ),
        *(
            Text(words(N_("  Batch {number}"), number=one), size=Size.SMALL)
            for one in (line.batch,)
            if one
        ),
    )


def _label(ret: Return, line: ReturnLine, words: Words) -> tuple[Part, ...]:
    quantity = formats.quantity(line.quantity, line.unit)
    return (
        Text(words(WHERE_TO[line.disposition]), Align.CENTRE, Size.LARGE, bold=True),
        Text(words(N_("{goods} × {n}"), goods=line.name, n=quantity), bold=True),
        Columns(words(N_("Article")), line.sku),
        Columns(words(N_("Condition")), words(CONDITIONS[line.condition])),
        Columns(words(N_("Return")), ret.number),
        *pieces(line, words),
        Cut(),
    )
