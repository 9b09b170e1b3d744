"""The feed comes down: taken a little at a time, bad items passed over, nothing twice."""

import json
import logging
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from terminal.core.shop import Standing
from terminal.settings import load_settings
from terminal.settings.office_files import OFFICE, RECALL
from terminal.uplink.reading import found_in, returned_in
from terminal.uplink.rulebook import Unfit
from terminal.uplink.values import LookedUp, Told
from tests.app.sales_files import sale
from tests.courier.background import BackgroundCourier
from tests.courier.terminal_end import enrolled
from tests.fakes.back_office import Answer, BackOffice
from tests.flows.cashier import CONFIG
from tests.uplink.desk import US, Desk

SALE_ID = "0571-03-20261120-1234"
STATE = {
    "id": "r-1", "number": "R-0571-03-000001", "terminal": US, "version": 2, "state": "approved",
    "reason": {"zh": "", "en": ""}, "at": "2026-11-27T10:00:00Z",
    "refunds": [{"position": 0, "kind": "wechat", "amount": 436, "state": "accepted",
                 "actual": None, "at": "", "why": ""}],
}  # fmt: skip


@pytest.fixture
def office(tmp_path: Path) -> Iterator[BackOffice]:
    with BackOffice(tmp_path) as found:
        enrolled(tmp_path / "state", found)
        yield found


@pytest.fixture
def desk(office: BackOffice, tmp_path: Path) -> Iterator[Desk]:
    socket = tmp_path / "s"
    with BackgroundCourier(tmp_path / "state", socket), Desk(tmp_path / "data", socket) as found:
        found.until(lambda: found.uplink.network.up)
        yield found


def sums(quantity: int, amount: int) -> dict[str, Any]:
    tax = amount * 13 // 113
    lines = [{"line": 1, "quantity": quantity, "amount": amount, "tax": tax}]
    tenders = [{"position": 0, "amount": amount}]
    return {"lines": lines, "tenders": tenders, "fees": 0, "shortfall": 0}


def returned(version: int, **by: dict[str, Any]) -> dict[str, Any]:
    parts = {name.replace("t", "0571-"): one for name, one in by.items()}
    return {"sale_id": SALE_ID, "version": version, "by": parts, **sums(0, 0)}


def test_what_another_till_gave_back_for_a_gift_is_below_zero() -> None:
    """It was kept here: over both tills it comes to nothing."""
    there = returned(1, t04=sums(1000, 0) | {"gifts": -3990})
    assert returned_in(there, "0571-03", "2026-11-27").sums.gifts == -3990


def policy(name: str, change: tuple[str, str] = ("", "")) -> dict[str, str]:
    text = (CONFIG / name).read_text("utf-8")
    if change[0]:
        assert change[0] in text
        text = text.replace(*change)
    return {"file": name, "text": text, "sha256": sha256(text.encode()).hexdigest()}


def test_a_sale_comes_and_what_came_back_of_it_elsewhere(office: BackOffice, desk: Desk) -> None:
    """Also what it counts for us, of which nothing is on file here: a disk was lost."""
    back = returned(1, t03=sums(500, 72), t04=sums(2000, 290), t05=sums(0, 1))
    end = office.tells(("sale", sale()), ("returned", back))
    desk.until(lambda: desk.store.feed_cursor() == end)
    found = desk.store.returned(SALE_ID)
    assert (found.lines[0].quantity, found.lines[0].amount) == (2500, 363)
    assert desk.store.sale(SALE_ID) is not None


def test_prices_and_numbers_are_taken(office: BackOffice, desk: Desk) -> None:
    price = {"sku": "100234", "name": "矿泉水", "price": "2.00", "currency": "CNY"}
    end = office.tells(("price", price), ("numbers", {"after": 417}))
    desk.until(lambda: desk.store.feed_cursor() == end)
    assert desk.store.next_return_sequence() == 418
    assert desk.ledger.article("100234", desk.uplink_day()) is not None


def test_a_state_is_kept_and_told_once_however_often_it_comes(
    office: BackOffice, desk: Desk
) -> None:
    older = {**STATE, "version": 1, "state": "submitted"}
    end = office.tells(("return", STATE), ("return", older), ("return", STATE))
    desk.until(lambda: desk.store.feed_cursor() == end)
    told = [one.state for one in desk.told if isinstance(one, Told)]
    assert [(one.version, one.state) for one in told] == [(2, Standing.APPROVED)]
    kept = desk.store.office_state("r-1")
    assert kept is not None
    assert json.loads(kept.body)["state"] == "approved"


@pytest.mark.parametrize(
    "bad",
    [
        ("returned", returned(2**64 - 1)),
        ("returned", returned(1, t04=sums(2**63, 0))),
        ("returned", returned(1, t04=sums(0, 0) | {"fees": 10**30})),
        ("return", STATE | {"version": 2**64 - 1}),
        ("sale", {**sale(), "sequence": 10**30}),
        ("sale", {**sale(), "total": "9.99"}),
        ("sale", {**sale(), "strange": 1}),
        ("sale", []),
        ("returned", {"sale_id": SALE_ID, "version": "1", "by": {}}),
        ("returned", returned(1, t04=sums(-1000, 1))),
        ("price", {"sku": "1"}),
        ("return", {**STATE, "terminal": "0571-99"}),
        ("return", {**STATE, "state": "paid"}),
        ("numbers", {"after": -1}),
        ("numbers", {"after": 10**12}),
        ("policy", {**policy("policy.toml"), "sha256": "0" * 64}),
        ("policy", {**policy("policy.toml"), "file": "../../etc/passwd"}),
        ("policy", policy("policy.toml", ("version", "versoin"))),
        ("recall", {"skus": [1], "batches": []}),
        ("recall", 7),
        ("a kind of next year", {}),
    ],
)  # fmt: skip
def test_a_bad_item_is_told_and_the_next_one_taken(
    office: BackOffice, desk: Desk, bad: tuple[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    end = office.tells(bad, ("numbers", {"after": 7}))
    desk.until(lambda: desk.store.feed_cursor() == end)
    assert desk.store.next_return_sequence() == 8
    assert any("not taken" in one or "passed over" in one for one in caplog.messages)
    assert not (desk.settings.data / OFFICE / "policy.toml").exists()


@pytest.mark.parametrize("what", ["sale", "price", "policy", "recall"])
def test_an_item_that_is_nested_without_end_is_passed_over(
    office: BackOffice, desk: Desk, what: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The courier lets it through; the loop would end on it, and at each start again."""
    deep: list[Any] = []
    for _ in range(950):
        deep = [deep]
    text = f"a = {'[' * 600 + ']' * 600}"
    told = {
        "sale": {**sale(), "more": deep},
        "price": {"sku": "1", "more": deep},
        "recall": {"skus": ["1"], "batches": [], "words": deep},
        "policy": {
            "file": "policy.toml",
            "text": text,
            "sha256": sha256(text.encode()).hexdigest(),
        },
    }
    end = office.tells((what, told[what]), ("numbers", {"after": 7}))
    desk.until(lambda: desk.store.feed_cursor() == end)
    assert f"uplink: {what} from the office was not taken" in caplog.text


def test_rules_are_checked_kept_and_in_force_from_the_next_start(
    office: BackOffice, desk: Desk
) -> None:
    before = desk.settings.rules.policy
    text = (CONFIG / "policy.toml").read_text("utf-8")
    line = next(one for one in text.splitlines() if one.startswith("version"))
    end = office.tells(("policy", policy("policy.toml", (line, 'version = "office-7"'))))
    desk.until(lambda: desk.store.feed_cursor() == end)
    assert desk.settings.rules.policy == before
    data = {"terminal.data": str(desk.settings.data)}
    assert load_settings(CONFIG, data).rules.policy.version == "office-7"
    (desk.settings.data / OFFICE / "policy.toml").write_text("no toml at all")
    assert (
        load_settings(CONFIG, data).rules.policy == before
    )  # a till that does not start helps nobody


def test_two_files_that_need_each_other_may_come_in_any_order(
    office: BackOffice, desk: Desk
) -> None:
    text = (CONFIG / "reasons.toml").read_text("utf-8")
    code = 'code = "QUALITY"'
    assert code in text
    rules = (CONFIG / "policy.toml").read_text("utf-8")
    office.tells(("policy", _file("policy.toml", _with_rule(rules, "FAULTY"))))
    end = office.tells(("policy", _file("reasons.toml", text.replace(code, 'code = "FAULTY"'))))
    desk.until(lambda: desk.store.feed_cursor() == end)
    found = load_settings(CONFIG, {"terminal.data": str(desk.settings.data)}).rules
    assert "FAULTY" in [one.code for one in found.reasons]


def _file(name: str, text: str) -> dict[str, str]:
    return {"file": name, "text": text, "sha256": sha256(text.encode()).hexdigest()}


def _with_rule(text: str, reason: str) -> str:
    return text.replace("QUALITY", reason)


def test_recalls_are_kept_whole(office: BackOffice, desk: Desk) -> None:
    body = {"skus": ["100234"], "batches": ["B7"], "words": {"zh": "召回", "en": "Recalled"}}
    end = office.tells(("recall", body))
    desk.until(lambda: desk.store.feed_cursor() == end)
    assert json.loads((desk.settings.data / OFFICE / RECALL).read_text("utf-8")) == body
    before = desk.settings.rules.policy
    found = load_settings(CONFIG, {"terminal.data": str(desk.settings.data)}).rules.policy
    assert found.recall.skus == (*before.recall.skus, "100234")
    assert found.recall.batches == (*before.recall.batches, "B7")
    (desk.settings.data / OFFICE / RECALL).write_text("half a li")
    found = load_settings(CONFIG, {"terminal.data": str(desk.settings.data)}).rules.policy
    assert found.recall == before.recall


def test_a_long_feed_goes_on_where_it_was_cut(office: BackOffice, tmp_path: Path) -> None:
    """Terminal and courier are begun again in the middle; every item was taken exactly once."""
    items = [("numbers", {"after": at}) for at in range(1, 801)]
    office.tells(*items)
    socket, seen = tmp_path / "s", []
    for _ in range(40):
        courier = BackgroundCourier(tmp_path / "state", socket)
        with courier, Desk(tmp_path / "data", socket) as desk:
            desk.turn(0.15)
            seen.append(desk.store.feed_cursor())
        if seen[-1] == 800:
            break
    assert seen == sorted(seen)
    assert seen[-1] == 800


def test_a_look_up_is_answered_or_says_in_time_that_it_was_not(
    office: BackOffice, desk: Desk
) -> None:
    office.found = [{"sale": sale(), "sale_id": SALE_ID, "returned": returned(1)}]
    assert desk.uplink.ask("ask-1", {"receipt_no": "05710326112001234"})
    desk.until(lambda: any(isinstance(one, LookedUp) for one in desk.told))
    answer = next(one for one in desk.told if isinstance(one, LookedUp))
    assert (answer.ask, len(answer.sales), answer.fault) == ("ask-1", 1, "")

    def deaf(path: str, honest: Answer) -> Answer | None:
        return None if path == "/v1/look-up" else honest

    office.trouble = deaf
    desk.told.clear()
    assert desk.uplink.ask("ask-2", {"receipt_no": "1"})
    desk.until(lambda: LookedUp("ask-2", fault="offline") in desk.told, seconds=6)


def test_when_the_courier_dies_the_asked_are_told(office: BackOffice, tmp_path: Path) -> None:
    socket = tmp_path / "s"
    hold = {"on": True}

    def slow(path: str, honest: Answer) -> Answer | None:
        while path == "/v1/look-up" and hold["on"]:
            time.sleep(0.01)
        return honest

    with Desk(tmp_path / "data", socket, look_up_s=20.0) as desk:
        with BackgroundCourier(tmp_path / "state", socket):
            desk.until(lambda: desk.uplink.network.up)
            office.trouble = slow
            desk.uplink.ask("ask-1", {"receipt_no": "1"})
            desk.turn(0.2)
        hold["on"] = False
        desk.until(lambda: LookedUp("ask-1", fault="offline") in desk.told, seconds=5)
        assert not desk.uplink.network.up


def test_why_an_item_was_not_taken_quotes_nobody(
    office: BackOffice, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    secret = "李小明\t13800138000"
    wrong = {**STATE, "state": secret}
    end = office.tells(("sale", {**sale(), "phone": secret}), ("return", wrong), (secret, secret))
    desk.until(lambda: desk.store.feed_cursor() == end)
    ours = [one.getMessage() for one in caplog.records if one.name in ("terminal", "courier")]
    assert sum("not taken" in one for one in ours) == 2
    assert not [one for one in ours if "李" in one or "1380" in one]


def test_a_sale_that_a_look_up_found_nested_without_end_is_left_out() -> None:
    deep: list[Any] = []
    for _ in range(950):
        deep = [deep]
    with pytest.raises(Unfit):
        found_in({"sale": {**sale(), "more": deep}, "sale_id": SALE_ID, "returned": {}}, US, "")
