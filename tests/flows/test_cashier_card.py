"""The cashier's card names keys that work where it says so."""

import pytest

from terminal.paper.cashier_card import KEYS
from terminal.ui.keys import bindings
from tests.flows.conftest import MakeTill
from tests.flows.scenes import enter


@pytest.mark.parametrize("place", range(len(KEYS)))
def test_each_key_on_the_card_works_where_the_card_says(make_till: MakeTill, place: int) -> None:
    scene, key, _ = KEYS[place]
    assert key in {one.code for one in bindings(enter(make_till, scene).state)}
