"""What is personal is known field by field, kept apart from the records, and erased for good."""

import json
from enum import Enum
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from terminal.core import effects
from terminal.core.effects import SignedOn, StaffTurnedAway
from terminal.core.people import Role, Staff
from terminal.core.personal import is_personal, personal_fields
from terminal.core.states import Ready
from terminal.ledger.apart import parted, whole
from terminal.ledger.codec import Codec

# Every other text of a record, looked at: none of them leads to a customer or names a person.
# Numbers of staff are pseudonyms, receipts and goods are the shop's own.
PLAIN = {
    "Bundle": ("sku", "name"),
    "CashPaid": (),
    "CouponFate": ("kind",),
    "CouponGivenBack": ("kind",),
    "Currency": ("code",),
    "Closing": ("at",),
    "CustomerConfirmed": ("how",),
    "FileHandled": ("name", "sha256", "what"),
    # A report is never in the journal, for a job is recorded without it; but it is in the state.
    "DaySheet": ("read_at", "head"),
    "DrawerCounted": ("shift",),
    "Figure": ("section", "code"),
    "Finding": ("rule", "returns"),
    "JobChanged": ("return_id",),
    "OverrideGranted": ("reason", "sale_id"),
    "StaffRejoined": ("by", "held"),
    "StaffLeft": ("by",),
    "StaffUnlocked": ("by",),
    "BadgeChanged": ("by", "held"),
    "PinChanged": ("by", "held"),
    "StaffAdded": ("by", "held"),
    "Sale": ("cashier", "declared", "receipt_no"),
    "SaleTender": ("kind",),
    "Reduction": ("kind",),
    "SaleLine": ("batch", "category", "gtin", "name", "sku"),
    "ReasonWords": ("code",),
    "ReceiptRef": ("business_unit", "workstation"),
    "PrintJob": ("id",),
    "Refund": ("kind",),
    "RefundAccepted": ("kind", "how"),
    "Return": (
        *("id", "number", "sale_id", "receipt_no", "recorded_at", "cashier", "approver"),
        *("policy_version", "policy_hash", "expires_on", "replaces", "credit_until"),
    ),
    "ReturnLine": ("sku", "name", "reason", "batch"),
    "ReturnRecorded": ("evidence", "override_reason", "rulings"),
    "Shift": ("id", "opened_at"),
    # Never in the journal either: a record is written without it (terminal/ledger/filed.py).
    "ShopState": ("id", "number", "terminal", "at"),
    "ShopRefund": ("kind", "at"),
    "Staff": ("number",),
    "StaffTurnedAway": ("number", "why", "at"),
    "StateSetAside": ("why",),
    "OldErased": ("personal_before", "sales_before"),
    "StoreRestored": ("head_hash",),
    "RulesChanged": ("version", "digest"),
    "RulesRefused": ("file", "sha256", "why"),
    "Worded": ("zh", "en"),
}


def records() -> list[type]:
    """Every class that can stand in a record, and in what it holds."""
    found: dict[str, type] = {}
    waiting: list[Any] = list(get_args(effects.Record))
    while waiting:
        one = waiting.pop()
        waiting += get_args(one)
        if isinstance(one, type) and issubclass(one, Struct) and one.__name__ not in found:
            found[one.__name__] = one
            waiting += get_type_hints(one, include_extras=True).values()
    return list(found.values())


@pytest.mark.parametrize("cls", records(), ids=lambda cls: cls.__name__)
def test_every_text_of_every_record_is_known_as_personal_or_as_not(cls: type) -> None:
    """A new field fails here until somebody has thought about it."""
    texts = {
        name
        for name, hint in get_type_hints(cls, include_extras=True).items()
        if _holds_text(hint) and not is_personal(hint)
    }
    assert texts == set(PLAIN.get(cls.__name__, ()))


def _holds_text(hint: Any) -> bool:
    if isinstance(hint, type) and issubclass(hint, Enum):
        return False
    return hint is str or any(_holds_text(one) for one in get_args(hint))


def test_names_tails_references_and_codes_are_marked() -> None:
    marked = {cls.__name__: personal_fields(cls) for cls in records() if personal_fields(cls)}
    assert marked["Staff"] == {"name"}
    assert marked["Return"] == {"short_code", "credit_code"}
    assert marked["Refund"] == {"masked"}


@given(st.text(), st.text())
def test_a_record_is_parted_and_made_whole_whatever_its_texts(name: str, number: str) -> None:
    codec = Codec()
    record = SignedOn(Staff(number, name, Role.CASHIER))
    text = codec.encode(record)
    body, part = parted(text)
    assert json.loads(part) == [name]
    assert json.loads(body)["staff"]["name"] == {"~": 0}
    assert whole(body, part) == text
    assert codec.decode(whole(body, part)) == record
    assert codec.decode(body) == SignedOn(Staff(number, "", Role.CASHIER))


@pytest.mark.parametrize("sly", ['{"~":"x"}', '{"~":0}', '\\"}', '"', "\\", '{"~":'])
def test_a_text_that_looks_like_the_mark_is_only_a_text(sly: str) -> None:
    codec = Codec()
    for record in (StaffTurnedAway(sly, sly, ""), SignedOn(Staff(sly, sly, Role.CASHIER))):
        body, part = parted(codec.encode(record))
        assert codec.decode(whole(body, part)) == record


def test_the_state_is_kept_whole() -> None:
    state = Ready(Staff("1007", "王芳", Role.CASHIER))
    assert Codec().decode(Codec().encode(state)) == state
