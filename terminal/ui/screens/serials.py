"""Which pieces of a line come back: their serial numbers, one after the other."""

from terminal.core import states
from terminal.core.serials import line_of, pieces
from terminal.ui import formats
from terminal.ui.screen import Block, Entry, Fact, Facts, Headline, Panel
from terminal.ui.view import View
from terminal.ui.words import N_

NAMED_MAX = 2  # numbers shown; the ones before them were taken as well
NUMBER_MAX = 24  # characters of a number on the screen; the slip has it whole


def serials(state: states.ScanningSerials, view: View) -> tuple[Block, ...]:
    words, line = view.words, line_of(state.draft, state.line)
    chosen = state.draft.chosen_of(state.line)
    assert chosen is not None, state.line
    asked = Headline(words(N_("Scan the serial number of the piece")))
    count = words(N_("{n} of {total} pieces named"), n=len(chosen.serials), total=pieces(chosen))
    facts = [Fact(formats.short(line.name), count)]
    if line.batch:
        facts.append(Fact(words(N_("Batch")), formats.short(line.batch, NUMBER_MAX)))
    first = max(len(chosen.serials) - NAMED_MAX, 0)
    facts += [
        Fact(words(N_("Piece {n}"), n=at), _end(one))
        for at, one in enumerate(chosen.serials[first:], start=first + 1)
    ]
    entry = Entry(words(N_("or type it")), view.editor.text)
    return asked, entry, Panel((Facts(tuple(facts)),))


def _end(number: str) -> str:
    """Of a long number its end, which tells the pieces apart."""
    return number if len(number) <= NUMBER_MAX else f"…{number[-NUMBER_MAX:]}"
