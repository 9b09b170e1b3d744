"""A till for each test, its power off afterwards."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from drivers.values import Key
from printer.status import PrinterFault
from terminal.core import states
from terminal.core.sale import Sale
from tests.flows.cashier import Till
from tests.flows.shelf import RECEIPT, groceries

MakeTill = Callable[..., Till]


@pytest.fixture(name="make_till")
def _make_till(tmp_path: Path) -> Iterator[MakeTill]:
    """`make_till(*sales, **settings)`: signed on, ready."""
    made: list[Till] = []

    def make(*sales: Sale, signed_on: bool = True, **settings: object) -> Till:
        folder = tmp_path / f"till{len(made)}"
        folder.mkdir()
        till = Till(folder, sales, **settings)  # type: ignore[arg-type]  # language or settings
        made.append(till)
        if signed_on:
            till.signs_on()
        return till

    yield make
    for till in made:
        till.switch_off()


@pytest.fixture
def till(make_till: MakeTill) -> Till:
    """With domain.md's example sale on file."""
    return make_till(groceries())


@pytest.fixture(name="slipless")
def _slipless(till: Till) -> Till:
    """All of a receipt recorded, no slip came out, the customer was sent for later."""
    till.printing.fault = PrinterFault.UNREACHABLE
    till.returns_all(RECEIPT)
    till.confirms()
    till.presses(Key.F2, Key.F1)
    till.printing.mend()
    till.is_at(states.Ready)
    assert till.printing.sent == []
    return till
