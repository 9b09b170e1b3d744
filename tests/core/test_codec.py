"""States as text and back: exact, and clear about what it cannot read."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.codec import Codec, Unreadable
from terminal.core import states
from terminal.core.draft import Draft
from terminal.core.people import Role, Staff
from terminal.core.returns import Case, Chosen, Condition, Returned
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
