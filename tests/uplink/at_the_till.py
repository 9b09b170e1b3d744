"""A cashier at a till with an uplink: what is pressed, and what is waited for."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from drivers.values import Key, KeyPress, Scan
from storage.store import open_reader
from terminal.app import Unit
from terminal.core import states
from tests.app.sales_files import sale
from tests.fakes.back_office import BackOffice
from tests.uplink.test_in_the_unit import types, until


def sold(sequence: int) -> dict[str, Any]:
    today = date.today().isoformat()
    receipt = {"business_unit": "0571", "workstation": "03", "business_day": today}
    number = f"0571032611200{sequence:04d}"
    return sale(
        receipt=receipt | {"sequence": sequence},
        receipt_no=number,
        sold_at=f"{today}T00:03:22+08:00",
        tenders=[{"kind": "cash", "amount": "4.36"}],
    )


def sends(office: BackOffice, data: Path, *items: tuple[str, Any]) -> None:
    """And wait until the terminal has it."""
    end = office.tells(*items)
    with open_reader(data / "returns.db") as seen:
        until(lambda: seen.feed_cursor() == end)


def at(unit: Unit, state: type[states.State]) -> None:
    until(lambda: isinstance(unit.counter.state, state))


def opens(unit: Unit, sequence: int) -> None:
    unit.loop.mailbox.post(Scan("scanner", str(sold(sequence)["receipt_no"])))
    at(unit, states.ChoosingGoods)


def presses(unit: Unit, *keys: Key) -> None:
    for key in keys:
        unit.loop.mailbox.post(KeyPress("keypad", key))


def gives_reason(unit: Unit) -> None:
    """From the goods to the amounts."""
    presses(unit, Key.F1, Key.CONFIRM)
    at(unit, states.ChoosingReason)
    types(unit, "1")
    at(unit, states.ChoosingCondition)
    types(unit, "1")


def ends(unit: Unit) -> None:
    """From the amounts to the first screen, in cash."""
    for state, keys in (
        (states.ConfirmingAmounts, (Key.CONFIRM,)),
        (states.WaitingForCustomer, (Key.F2,)),
        (states.TakingSignature, (Key.CONFIRM,)),
        (states.PayingCash, (Key.CONFIRM,)),
        (states.Ready, ()),
    ):
        at(unit, state)
        presses(unit, *keys)


def kept(data: Path, kind: str) -> list[dict[str, Any]]:
    with open_reader(data / "returns.db") as seen:
        return [json.loads(one.body) for one in seen.journal() if one.kind == kind]
