"""The table as a whole: no state lost, none a trap, keys and table know the same events."""

import re
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any, get_args

import pytest
from msgspec.structs import fields

from drivers.values import Key
from terminal.core import events, states
from terminal.core.diagram import mermaid
from terminal.core.events import Event, Moment, OperatorEvent, ReplyEvent
from terminal.core.flow import RETURN
from terminal.core.machine import Flow, Phase
from terminal.core.states import State
from terminal.ui.entries import Kind, kind_of
from terminal.ui.keys import bindings
from tests.fakes.moments import TODAY
from tests.flows.conftest import MakeTill, _make_till
from tests.flows.scenes import SCENES, enter
from tests.golden.check import accepting, check_golden

__all__ = ["_make_till"]  # the fixture of the flows

README = Path(__file__).parents[2] / "README.md"
MOMENT = Moment(TODAY, "0", 0, "R-0571-03-000001", 1, 1000)
STATES = {kind.__name__: kind for kind in get_args(State)}
OPERATOR = get_args(OperatorEvent)
SCANNED = {
    events.BadgeScanned,
    events.ReceiptScanned,
    events.SlipScanned,
    events.GoodsScanned,
    events.WeighedScanned,
    events.OtherScanned,
    events.SerialScanned,
}
TYPED = {
    Kind.STAFF_NUMBER: events.Typed,
    Kind.RECEIPT_NO: events.Typed,
    Kind.SHORT_CODE: events.Typed,
    Kind.ARTICLE: events.Typed,
    Kind.TAIL: events.TailTyped,
    Kind.PIN: events.PinTyped,
    Kind.DAY: events.DayTyped,
    Kind.AMOUNT: events.AmountTyped,
    Kind.QUANTITY: events.QuantityTyped,
    Kind.PIECES: events.NumberTyped,
    Kind.NAME: events.Typed,
    Kind.SERIAL: events.Typed,
}
PICKS = {
    states.ChoosingReason,
    states.ChoosingCondition,
    states.ChangingReason,
    states.ChangingCondition,
    states.ChoosingOverrideReason,
    states.ChoosingTask,
    states.ChoosingRole,
}


def targets(state: type[State], *, by: tuple[type[Event], ...]) -> set[type[State]]:
    rows = (row for row in RETURN.rows.values() if row.source is state and row.event in by)
    return set(chain.from_iterable(row.targets for row in rows))


def reachable(start: type[State], by: tuple[type[Event], ...]) -> set[type[State]]:
    found, open_ = {start}, [start]
    while open_:
        for target in targets(open_.pop(), by=by) - found:
            found.add(target)
            open_.append(target)
    return found


def test_every_state_is_reachable() -> None:
    assert reachable(states.SignedOff, get_args(Event)) == set(STATES.values())


@pytest.mark.parametrize("name", STATES)
def test_from_every_state_the_cashier_has_a_way_home(name: str) -> None:
    """By keys and scans alone; while bytes are on the wire, by the printer's own answer first."""
    by: tuple[type[Event], ...] = OPERATOR
    if name == "SendingSlip":
        by = (*OPERATOR, events.SlipCameOut, events.SlipFateUnknown)
    assert reachable(STATES[name], by) & {states.Ready, states.SignedOff}


@pytest.mark.parametrize("name", STATES)
def test_cancel_is_heard_wherever_a_person_may_want_to_leave(name: str) -> None:
    """Not while bytes are on the wire, and not where the slip's fate needs an answer."""
    heard = (STATES[name], events.Cancelled) in RETURN.rows
    assert heard is (name not in ("SignedOff", "SendingSlip", "SlipBlocked", "SlipUncertain"))


@pytest.mark.parametrize("name", STATES)
def test_what_waits_for_an_answer_goes_on_after_a_restart(name: str) -> None:
    """An answer that the last run was owed never comes."""
    waits = any((STATES[name], reply) in RETURN.rows for reply in get_args(ReplyEvent))
    assert ((STATES[name], events.Restarted) in RETURN.rows) or not waits


def test_nothing_is_sent_but_by_the_step_that_commits_sending() -> None:
    assert targets(states.SendingSlip, by=get_args(Event)) == {
        states.WaitingForCustomer,
        states.ShopDecided,
        states.Ready,
        states.ShowingDay,
        states.SlipBlocked,
        states.SlipUncertain,
    }
    into = {row.source for row in RETURN.rows.values() if states.SendingSlip in row.targets}
    assert into == {states.PreparingSlip}


def test_two_rows_for_one_state_and_event_are_refused() -> None:
    row = next(iter(RETURN.rows.values()))
    with pytest.raises(ValueError, match="two rows"):
        Flow([Phase("Twice", (row, row))])


def test_the_matrix_is_as_agreed() -> None:
    lines = []
    for name, state in STATES.items():
        lines.append(name)
        heard = sorted(row.event.__name__ for row in RETURN.rows.values() if row.source is state)
        for event in heard:
            row = RETURN.rows[state, getattr(events, event)]
            to = ", ".join(target.__name__ for target in row.targets)
            by = f"{row.do.__module__.split('.')[-1]}.{row.do.__name__}"
            lines.append(f"    {event:<16} -> {to}   ({by}{', once seen' if row.seen else ''})")
    check_golden("flow_matrix", "\n".join(lines))


def sample(event: Any) -> OperatorEvent:
    """Some event of this kind, with whatever values."""
    values: dict[object, object] = {int: 1, str: "x", date: TODAY.date()}
    made = {one.name: values[one.type] for one in fields(event) if one.name != "moment"}
    found: OperatorEvent = event(**made, moment=MOMENT)
    return found


@pytest.mark.parametrize("scene", SCENES)
def test_what_a_state_does_not_hear_leaves_it_untouched(make_till: MakeTill, scene: str) -> None:
    state = enter(make_till, scene).state
    for kind in OPERATOR:
        if (type(state), kind) not in RETURN.rows:
            step = RETURN.advance(state, sample(kind))
            assert (step.state, step.records, step.asks) == (state, (), ())


@pytest.mark.parametrize("scene", SCENES)
def test_late_answers_are_dropped_in_every_state(make_till: MakeTill, scene: str) -> None:
    state = enter(make_till, scene).state
    late = events.SlipCameOut(True, ask="another", moment=MOMENT)
    assert not RETURN.hears(state, late)
    assert not RETURN.hears(state, events.NothingFound(ask="another", moment=MOMENT))


@pytest.mark.parametrize("scene", SCENES)
def test_every_key_that_is_shown_is_heard_and_every_key_that_is_heard_is_shown(
    make_till: MakeTill, scene: str
) -> None:
    """Every operator event that the table hears is bound to a key, typed, or scanned."""
    state = enter(make_till, scene).state
    bound = {type(one.make(MOMENT)) for one in bindings(state) if one.make is not None}
    kind = kind_of(state)
    typed = {TYPED[kind]} if kind is not None else set()
    picked = {events.Picked} if type(state) in PICKS else set()
    heard = {event for source, event in RETURN.rows if source is type(state)} & set(OPERATOR)
    if _open_return(state) is None:
        heard -= {events.OpenReturnChosen}
    if isinstance(state, states.Ready) and not state.cashier.tasks:
        heard -= {events.OfficeChosen}  # not shown to who has nothing to do there
    if isinstance(state, states.Denied):
        heard -= {events.TenderChosen}  # shown where it is a tender that stands in the way
    assert heard - SCANNED == bound | typed | picked


def _open_return(state: State) -> object:
    """The open return of the same sale, where a state knows one."""
    found = getattr(state, "open_return", None)
    return found or getattr(getattr(state, "draft", None), "open_return", None)


@pytest.mark.parametrize("scene", SCENES)
def test_no_key_is_bound_twice_and_each_says_what_it_does(make_till: MakeTill, scene: str) -> None:
    shown = bindings(enter(make_till, scene).state)
    codes = [one.code for one in shown if one.code is not None]
    assert len(codes) == len(set(codes))
    assert all(one.label for one in shown if one.code is not Key.DOWN)


@pytest.mark.parametrize("scene", SCENES)
def test_where_digits_may_be_typed_the_key_bar_says_so(make_till: MakeTill, scene: str) -> None:
    state = enter(make_till, scene).state
    caps = {one.cap for one in bindings(state)}
    wanted = kind_of(state) is not None or type(state) in PICKS
    assert ("0–9" in caps) is wanted


def test_the_diagram_draws_every_state_once() -> None:
    drawn = [state for phase in RETURN.phases for state in phase.states]
    assert sorted(state.__name__ for state in drawn) == sorted(STATES)
    text = mermaid(RETURN)
    assert all(f" as {name}\n" in text for name in STATES)


def test_the_diagram_in_readme_is_the_table() -> None:
    block = f"```mermaid\n{mermaid(RETURN)}\n```\n"
    check_golden("flow_diagram", block)
    if not README.exists():
        return
    whole = README.read_text(encoding="utf-8")
    found = re.search(r"(<!-- flow:begin -->\n)(.*?)(<!-- flow:end -->)", whole, re.DOTALL)
    if accepting():
        if found is None:
            whole += f"\n<!-- flow:begin -->\n{block}<!-- flow:end -->\n"
        else:
            whole = whole[: found.start(2)] + block + whole[found.end(2) :]
        README.write_text(whole, encoding="utf-8")
        return
    assert found is not None, "README.md has no diagram: UPDATE_GOLDENS=1 puts it in"
    assert found[2] == block, "README.md shows an older table: UPDATE_GOLDENS=1 renews it"
