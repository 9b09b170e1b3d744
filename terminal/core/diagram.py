"""The flow's table as a Mermaid diagram for README: a box for each phase of a return.

Law of the file: drawn from the table alone. Left out, so that it can be read: what stays in its
state, what a restart or the lock does, the ways back by Cancel, and the receipts and slips that are
heard on every idle screen as they are in Ready.
"""

import re
from collections import Counter

from terminal.core.events import (
    Cancelled,
    IdleTooLong,
    OtherScanned,
    ReceiptScanned,
    Restarted,
    SlipScanned,
)
from terminal.core.machine import Flow
from terminal.core.states import Ready

_NOT_DRAWN = (Cancelled, IdleTooLong, Restarted)
_ON_IDLE_SCREENS = (ReceiptScanned, SlipScanned, OtherScanned)  # drawn from Ready alone
_LABELS_MAX = 3  # more events on one arrow are told as their number
_TARGETS_MAX = 2  # an arrow to more states of one phase is drawn to the phase

Arrow = tuple[str, str]  # from, to: names of states, or of phases


def mermaid(flow: Flow) -> str:
    """A `stateDiagram-v2`, the same text for the same table, without a line end at its end."""
    arrows = _arrows(flow)
    phase_of = {
        state.__name__: f"phase{number}"
        for number, phase in enumerate(flow.phases, start=1)
        for state in phase.states
    }

    def within(arrow: Arrow) -> str:
        """The phase that an arrow stays in, empty when it leaves it."""
        source, target = (phase_of[end] for end in arrow)
        return source if source == target else ""

    lines = ["stateDiagram-v2", "    [*] --> SignedOff"]
    for number, drawn in enumerate(flow.phases, start=1):
        phase = f"phase{number}"
        names = [one.__name__ for one in drawn.states]
        lines.append(f'    state "{drawn.title}" as {phase} {{')
        lines += [f'        state "{_words(name)}" as {name}' for name in names]
        lines += [f"        {_line(one, arrows)}" for one in arrows if within(one) == phase]
        lines.append("    }")
    leaving = {one: events for one, events in arrows.items() if not within(one)}
    between = _gathered(leaving, phase_of)
    lines += [f"    {_line(one, between)}" for one in between]
    return "\n".join(lines)


def _arrows(flow: Flow) -> dict[Arrow, list[str]]:
    """The events of each arrow, in the order of the table."""
    arrows: dict[Arrow, list[str]] = {}
    for row in flow.rows.values():
        repeated = row.event in _ON_IDLE_SCREENS and row.source is not Ready
        if row.event in _NOT_DRAWN or repeated:
            continue
        for target in row.targets:
            if target is not row.source:
                arrow = (row.source.__name__, target.__name__)
                arrows.setdefault(arrow, []).append(_words(row.event.__name__))
    return arrows


def _gathered(arrows: dict[Arrow, list[str]], phase_of: dict[str, str]) -> dict[Arrow, list[str]]:
    """Between phases: many arrows into one phase, or out of one to one state, drawn as one."""
    into = Counter((source, phase_of[target]) for source, target in arrows)
    entered: dict[Arrow, list[str]] = {}
    for (source, target), events in arrows.items():
        phase = phase_of[target]
        to = phase if into[source, phase] > _TARGETS_MAX else target
        _add(entered, (source, to), events)
    out = Counter((phase_of[source], target) for source, target in entered)
    left: dict[Arrow, list[str]] = {}
    for (source, target), events in entered.items():
        phase = phase_of[source]
        _add(left, (phase if out[phase, target] > 1 else source, target), events)
    return left


def _add(arrows: dict[Arrow, list[str]], arrow: Arrow, events: list[str]) -> None:
    known = arrows.setdefault(arrow, [])
    known += [event for event in events if event not in known]


def _line(arrow: Arrow, arrows: dict[Arrow, list[str]]) -> str:
    events = arrows[arrow]
    more = len(events) - _LABELS_MAX
    label = " / ".join(events[:_LABELS_MAX]) + (f" / {more} more" if more > 0 else "")
    return f"{arrow[0]} --> {arrow[1]}: {label}"


def _words(name: str) -> str:
    """`SlipCameOut` -> `slip came out`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
