"""A state of the office is read as it came, and can be part of a state of ours."""

import json

import msgspec
import pytest

from terminal.core.returns import Return, Settlement
from terminal.core.sale import Currency
from terminal.core.shop import RailState, ShopState, Standing
from terminal.core.words import Worded
from terminal.ledger.codec import Codec
from terminal.uplink.values import Told, UplinkValue
from tests.fakes.uplink import FakeOffice

CAME = {
    "id": "0196f1a0-0000-7000-8000-000000000001",
    "number": "R-0571-03-000417",
    "terminal": "0571-03",
    "version": 3,
    "state": "refunding",
    "reason": {"zh": "", "en": ""},
    "refunds": [
        {
            "position": 0,
            "kind": "wechat",
            "amount": 1858,
            "state": "processing",
            "actual": None,
            "at": "2026-11-27T09:31:04Z",
            "why": {"zh": "银行处理中", "en": "the bank is at it"},
        }
    ],
    "at": "2026-11-27T09:31:04Z",
}


def test_a_state_is_read_as_the_wire_has_it() -> None:
    state = msgspec.convert(CAME, ShopState)
    assert (state.state, state.version) == (Standing.REFUNDING, 3)
    assert state.refunds[0].state is RailState.PROCESSING
    assert state.refunds[0].why == Worded("银行处理中", "the bank is at it")
    assert json.loads(msgspec.json.encode(state)) == CAME


@pytest.mark.parametrize(("name", "value"), [("state", "paid"), ("version", "3"), ("id", None)])
def test_a_strange_state_is_refused(name: str, value: object) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(CAME | {name: value}, ShopState)


def test_a_state_of_ours_can_hold_it() -> None:
    state = msgspec.convert(CAME, ShopState)
    assert Codec().decode(Codec().encode(state)) == state


def test_the_fakes_versions_grow() -> None:
    said: list[UplinkValue] = []
    office = FakeOffice(said.append)
    settlement = Settlement((), (), 0, 0, 0, 0)
    ret = Return(
        *("1", "R-0571-03-000001", "", "sale", "no", "2026-11-27T10:00:00+08:00", "1007", ""),
        *(Currency("CNY", 2), settlement, "1", Worded("", ""), "2026-12-04"),
    )
    office.says(ret, Standing.SUBMITTED)
    office.says(ret, Standing.APPROVED)
    assert [one.state.version for one in said if isinstance(one, Told)] == [1, 2]
