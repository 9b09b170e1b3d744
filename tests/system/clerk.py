"""A cashier who presses something sensible for the screen that shows, and sometimes something else.

The law: a clerk knows what a person knows: the screen's state, the receipts on the counter, and the
numbers of slips handed out. All chance comes from one generator, so a seed gives the same clerk.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from drivers.values import Key
from terminal.core.sale import Sale, Unit
from terminal.core.shop import Standing
from tests.system.shelves import CASHIERS, MANAGERS


@dataclass(frozen=True, slots=True)
class Hand:
    """What a clerk does next: keys one after the other, or a code under the scanner."""

    keys: tuple[str, ...] = ()
    code: str = ""


NOTHING = Hand()
CONFIRM, CANCEL, UP, DOWN = Key.CONFIRM.name, Key.CANCEL.name, Key.UP.name, Key.DOWN.name
F1, F2, F3, F4, F5 = (Key[f"F{number}"].name for number in range(1, 6))
BACKSPACE = Key.BACKSPACE.name
SHOP = "SHOP"  # id, standing, version


def press(*keys: str) -> Hand:
    return Hand(keys)


def typed(text: str) -> Hand:
    """The characters, then confirm."""
    return Hand((*(f"{Key.CHARACTER.name} {char}" for char in text), CONFIRM))


class Clerk:
    """`next_hand` answers a state, as the codec writes it."""

    def __init__(self, chance: random.Random, sales: Sequence[Sale]) -> None:
        self._chance = chance
        self._sales = {sale.id: sale for sale in sales}
        self._person = CASHIERS[0]
        self._slips: list[str] = []  # numbers of returns seen on the screen
        self._ids: list[str] = []  # and their ids
        self._version = 0  # of what the shop said last
        self._doings: dict[str, Callable[[dict[str, Any]], Hand]] = {
            "SignedOff": self._sign_on,
            "EnteringPin": lambda _: typed(self._person[2]),
            "Ready": self._ready,
            "ChoosingGoods": self._goods,
            "ChoosingReason": lambda _: self._pick(12),
            "ChangingReason": lambda _: self._pick(12),
            "ChoosingCondition": lambda _: self._pick(6),
            "ChangingCondition": lambda _: self._pick(6),
            "ChoosingOverrideReason": lambda _: self._pick(5),
            "AwaitingOverride": self._ask_manager,
            "EnteringOverridePin": lambda _: typed(dict(_pins())[self._manager]),
            "ConfirmingAmounts": self._one((90, CONFIRM), (4, F4), (3, UP), (3, CANCEL)),
            "CheckingLines": self._one((60, CONFIRM), (25, F4), (15, DOWN)),
            "Denied": self._one((70, CONFIRM), (30, UP)),
            "GivingEvidence": self._one((90, CONFIRM), (10, CANCEL)),
            "PreparingSlip": self._one((95, ""), (5, CANCEL)),
            "SendingSlip": self._one((97, ""), (3, CONFIRM)),
            "SlipBlocked": self._one((70, CONFIRM), (30, F2)),
            "SlipUncertain": self._one((40, CONFIRM), (40, F3), (20, F2)),
            "WaitingForCustomer": self._wait,
            "ShopDecided": self._one((60, CONFIRM), (15, F1), (10, F3), (15, CANCEL)),
            "TakingSignature": self._one((85, CONFIRM), (15, CANCEL)),
            "PayingCash": self._one((70, CONFIRM), (10, F3), (8, F1), (12, CANCEL)),
            "ConfirmingVoid": self._one((60, CONFIRM), (40, CANCEL)),
            "ShowingReturn": self._one((60, CONFIRM), (25, F3), (15, CANCEL)),
            "ReadingNotice": self._one((70, CONFIRM), (15, DOWN), (15, CANCEL)),
            "ChoosingSale": self._one((60, CONFIRM), (30, DOWN), (10, CANCEL)),
            "EnteringDay": self._one((80, CONFIRM), (20, CANCEL)),
            "EnteringAmount": self._search,
        }
        self._manager = MANAGERS[0][0]

    def next_hand(self, state: dict[str, Any]) -> Hand:
        ret = state.get("ret")
        if ret and ret["number"] not in self._slips:
            self._slips.append(ret["number"])
            self._ids.append(ret["id"])
        if self._ids and self._chance.random() < 0.05:
            return self._shop_says()
        if self._chance.random() < 0.02:  # a slip of the hand
            return press(self._chance.choice((CONFIRM, CANCEL, UP, DOWN, F1, F2, F3, F4)))
        doing = self._doings.get(state["$"], self._one((50, CONFIRM), (50, CANCEL)))
        return doing(state)

    def _shop_says(self) -> Hand:
        """The shop's office speaks of a return: no key, but it comes the same way."""
        self._version += 1
        state = self._chance.choice(tuple(Standing)).value
        return Hand((f"{SHOP} {self._chance.choice(self._ids[-6:])} {state} {self._version}",))

    def _one(self, *choices: tuple[int, str]) -> Callable[[dict[str, Any]], Hand]:
        """One key of these, by weight; an empty one is patience."""
        weights, keys = [one[0] for one in choices], [one[1] for one in choices]

        def choose(_: dict[str, Any]) -> Hand:
            key = self._chance.choices(keys, weights)[0]
            return press(key) if key else NOTHING

        return choose

    def _pick(self, count: int) -> Hand:
        """A choice by its key; sometimes the marked one, sometimes one step back."""
        digit = "1234567890abcdef"[self._chance.randrange(count)]
        kind = self._chance.choices(("pick", "marked", "back"), (88, 8, 4))[0]
        if kind == "pick":
            return press(f"{Key.CHARACTER.name} {digit}")
        return press(CONFIRM if kind == "marked" else CANCEL)

    def _sign_on(self, _: dict[str, Any]) -> Hand:
        self._person = self._chance.choice(CASHIERS)
        return typed(self._person[0])

    def _ask_manager(self, _: dict[str, Any]) -> Hand:
        if self._chance.random() < 0.2:
            return press(self._chance.choice((UP, CANCEL)))
        self._manager = self._chance.choice(MANAGERS)[0]
        return typed(self._manager)

    def _ready(self, _: dict[str, Any]) -> Hand:
        kind = self._chance.choices(("sale", "slip", "notice", "day", "off"), (76, 14, 4, 4, 2))[0]
        if kind == "slip" and self._slips:
            return Hand(code=self._chance.choice(self._slips[-8:]))
        if kind in ("notice", "day", "off"):
            return press({"notice": F5, "day": F1, "off": CANCEL}[kind])
        return Hand(code=self._chance.choice(list(self._sales.values())).receipt_no)

    def _search(self, _: dict[str, Any]) -> Hand:
        total = self._chance.choice(list(self._sales.values())).total
        return typed(f"{total // 100}.{total % 100:02d}")

    def _goods(self, state: dict[str, Any]) -> Hand:
        draft = state["draft"]
        sale = self._sales[draft["case"]["sale"]["ref"]]
        kinds = ("scan", "count", "all", "down", "next", "drop")
        weights = (30, 15, 15, 10, 50 if draft.get("chosen") else 0, 2)
        match self._chance.choices(kinds, weights)[0]:
            case "scan":
                return Hand(code=self._chance.choice(sale.lines).gtin)
            case "count":
                return typed(self._quantity(sale, state["cursor"]))
            case "all":
                return press(F1)
            case "down":
                return press(DOWN)
            case "next":
                return press(CONFIRM)
            case _:
                return press(CANCEL)

    def _quantity(self, sale: Sale, cursor: int) -> str:
        """Mostly what there may be, sometimes one too many."""
        line = sale.lines[cursor]
        if line.unit is Unit.EACH:
            return str(self._chance.randint(1, line.quantity // 1000 + 1))
        return f"0.{self._chance.randint(1, 999):03d}"

    def _wait(self, state: dict[str, Any]) -> Hand:
        kinds, weights = ("sign", "code", "copy", "later", "void"), (50, 20, 8, 10, 12)
        kind = self._chance.choices(kinds, weights)[0]
        if kind == "code":
            return typed(state["ret"]["short_code"])
        return press({"sign": F2, "copy": F3, "later": F1, "void": CANCEL}[kind])


def _pins() -> list[tuple[str, str]]:
    return [(number, pin) for number, _, pin in MANAGERS]
