"""What terminal.toml and policy.toml say of drawers, shifts and patterns."""

import pytest

from terminal.core.day import Drawer
from terminal.core.watch import Watch
from tests.app.spoiling import CONFIG, load, problems


def test_the_shipped_drawer_is_counted_in_the_notes_of_its_currency() -> None:
    drawer = load().rules.drawer
    assert drawer == Drawer((10000, 5000, 2000, 1000, 500, 100, 50, 10), by_piece=True)
    assert load().rules.policy.watch == Watch()


@pytest.mark.parametrize(
    ("code", "digits", "largest", "smallest"),
    [("JPY", 0, 10000, 1), ("KWD", 3, 20000, 5), ("GBP", 2, 5000, 1), ("CNY", 0, 100, 1)],
)
def test_each_currency_brings_its_own_notes_in_its_minor_units(
    code: str, digits: int, largest: int, smallest: int
) -> None:
    found = load(currency__code=code, currency__digits=digits, currency__coin="1")
    pieces = found.rules.drawer.pieces
    assert (pieces[0], pieces[-1]) == (largest, smallest)
    assert pieces == tuple(sorted(pieces, reverse=True))


def test_a_shop_names_its_own_notes_and_a_strange_currency_is_one_total() -> None:
    named = load(currency__pieces=["1", "20", "0.5", "20"]).rules.drawer
    assert named.pieces == (2000, 100, 50)
    assert load(currency__pieces=[]).rules.drawer == Drawer()
    assert load(currency__code="CHF").rules.drawer == Drawer()
    assert not load(shift__count="total").rules.drawer.by_piece
    assert load(shift__required=True).rules.drawer.shift_needed


def test_thresholds_are_the_shops_own() -> None:
    watch = load(policy__watch__round_to="100", policy__watch__voids=0).rules.policy.watch
    assert (watch.round_to, watch.voids) == (10000, 0)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("currency.pieces", ["1", "-5"]),
        ("currency.pieces", ["0"]),
        ("currency.pieces", ["0.001"]),
        ("shift.count", "guess"),
        ("shift.required", "yes"),
        ("shift.requierd", True),
        ("policy.watch.days", 0),
        ("policy.watch.voids", -1),
        ("policy.watch.round_to", "0"),
        ("policy.watch.blinds", 3),
    ],
)
def test_a_fault_is_told_with_its_key(key: str, value: object) -> None:
    found = problems(CONFIG, **{key: value})
    assert [one.key for one in found] == [key.removeprefix("policy.")]
