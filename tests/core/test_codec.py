"""States as text and back: exact, and clear about what it cannot read."""

import json
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from terminal.core import states
from terminal.core.case import Case
from terminal.core.draft import Draft
from terminal.core.people import Role, Staff
from terminal.core.print_jobs import JobStatus, PrintJob, SlipKind
from terminal.core.returns import Chosen, Condition, RefundedTender, Returned
from terminal.ledger.codec import Codec, Unreadable
from tests.core.shop import RULES, sales

CODEC = Codec()
WANG = Staff("1007", "王芳", Role.CASHIER)
CHOSEN = st.builds(
    Chosen,
    st.integers(1, 9),
    st.integers(1, 10**9),
    st.text(max_size=8),
    st.sampled_from((None, *Condition)),
)


@given(sales(), st.lists(CHOSEN, max_size=4))
def test_any_draft_is_read_back_as_it_was(sale, chosen) -> None:  # type: ignore[no-untyped-def]  # strategies
    state = states.ChoosingGoods(Draft(WANG, Case(sale, Returned()), RULES, tuple(chosen)), 0)
    text = CODEC.encode(state)
    assert CODEC.decode(text) == state
    assert CODEC.encode(CODEC.decode(text)) == text


def test_the_same_value_is_the_same_text() -> None:
    one, other = states.Ready(WANG), states.Ready(Staff("1007", "王芳", Role.CASHIER))
    assert CODEC.encode(one) == CODEC.encode(other)


@pytest.mark.parametrize(
    "text",
    ["", "{", '{"$":"Nobody"}', '{"$":"Ready"}', '{"$":"Ready","cashier":1,"what":2}', "{}",
     '{"$":"date","is":"tomorrow"}', '{"$":"Role","is":"KING"}'],
)  # fmt: skip
def test_what_this_version_cannot_read_is_said_so(text: str) -> None:
    with pytest.raises(Unreadable):
        CODEC.decode(text)


def test_only_values_of_the_core_can_be_written() -> None:
    @dataclass(frozen=True)
    class Stranger:
        secret: str

    for thing in (Stranger("x"), 1.5, ["list"], {"a": 1}, b"bytes"):
        with pytest.raises(AssertionError):
            CODEC.encode(thing)


@pytest.mark.parametrize(
    "wrong",
    [
        Staff(1007, "王芳", Role.CASHIER),  # type: ignore[arg-type]
        Staff("1007", "王芳", "CASHIER"),  # type: ignore[arg-type]
        Staff("1007", "王芳", JobStatus.SENDING),  # type: ignore[arg-type]
        PrintJob("id", SlipKind.DAY, 1.0),  # type: ignore[arg-type]
        PrintJob("id", SlipKind.DAY, "1"),  # type: ignore[arg-type]
        RefundedTender(1, "9.90"),  # type: ignore[arg-type]
    ],
    ids=repr,
)
def test_a_field_that_holds_what_it_does_not_say_is_not_written(wrong: object) -> None:
    with pytest.raises((TypeError, ValueError, KeyError)):
        CODEC.encode(wrong)


@given(sales())
def test_a_draft_leaves_out_what_is_as_by_default_and_a_record_does_not(sale) -> None:  # type: ignore[no-untyped-def]  # strategies
    draft = Draft(WANG, Case(sale, Returned()), RULES)
    assert set(json.loads(CODEC.encode(draft))) == {"$", "case", "cashier", "rules"}
    assert CODEC.decode(CODEC.encode(draft)) == draft
    seen = replace(draft, evidence=("ID",), approver=WANG, override_reason="x", refund_to="cash")
    assert CODEC.decode(CODEC.encode(seen)) == seen
    assert '"copy":0' in CODEC.encode(PrintJob("id", SlipKind.DAY))
