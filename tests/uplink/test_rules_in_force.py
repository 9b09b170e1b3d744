"""Rules that the office sends while the till is at work: in force between two customers."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from drivers.values import Key
from terminal.app import Unit
from terminal.core import states
from terminal.core.health import Link
from terminal.settings import load_settings
from terminal.ui.words import Words
from tests.courier import terminal_end
from tests.courier.background import BackgroundCourier
from tests.fakes.back_office import BackOffice
from tests.fakes.glass import Glass
from tests.flows.cashier import CONFIG
from tests.uplink.at_the_till import at, ends, gives_reason, kept, opens, presses, sends, sold
from tests.uplink.test_in_the_unit import running, types, until

W = Words("zh_CN")
POLICY = (CONFIG / "policy.toml").read_text("utf-8")
OLD = load_settings(CONFIG).rules.policy
FREE = f"free_days = {OLD.window.free_days}"
Shop = tuple[BackOffice, Unit, Path]


def policy(text: str, name: str = "policy.toml") -> tuple[str, dict[str, str]]:
    return "policy", {"file": name, "text": text, "sha256": sha256(text.encode()).hexdigest()}


def version(name: str) -> str:
    before = f'version = "{OLD.version}"'
    assert POLICY.count(before) == 1
    return POLICY.replace(before, f'version = "{name}"')


@pytest.fixture(name="shop")
def _shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    """A unit at its first screen, signed on, with two sales that came down the feed."""
    data, socket = tmp_path / "data", tmp_path / "s"
    with BackOffice(tmp_path) as office:
        terminal_end.enrolled(tmp_path / "state", office)
        courier = BackgroundCourier(tmp_path / "state", socket)
        with courier, running(data, socket, monkeypatch) as unit:
            until(lambda: unit.counter.health.network is Link.GOOD)
            sends(office, data, ("sale", sold(1)), ("sale", sold(2)))
            types(unit, "1007⏎4827⏎")
            at(unit, states.Ready)
            yield office, unit, data


def says(unit: Unit, text: str) -> None:
    """On the glass, among the notices."""
    glass = unit._display
    assert isinstance(glass, Glass)
    until(lambda: any(text in one.text for one in glass.shown[-1].notices))


def test_a_return_ends_by_the_rules_that_it_began_with_and_the_next_goes_by_the_new(
    shop: Shop,
) -> None:
    office, unit, data = shop
    opens(unit, 1)
    sends(office, data, policy(version("office-7")))
    gives_reason(unit)
    at(unit, states.ConfirmingAmounts)
    assert kept(data, "RulesChanged") == []
    ends(unit)
    says(unit, W("The shop's rules are new: version {0}.").replace("{0}", "office-7"))
    opens(unit, 2)
    gives_reason(unit)
    ends(unit)
    first, second = (one["ret"] for one in kept(data, "ReturnRecorded"))
    assert (first["policy_version"], second["policy_version"]) == (OLD.version, "office-7")
    (changed,) = kept(data, "RulesChanged")
    assert (changed["version"], changed["digest"]) == ("office-7", second["policy_hash"])
    assert first["policy_hash"] == OLD.digest != second["policy_hash"]
    until(lambda: "RulesChanged" in office.book.kinds)


def test_nobody_has_to_press_a_key_for_new_rules(shop: Shop) -> None:
    office, unit, data = shop
    refuse = POLICY.replace(FREE, "free_days = 0")
    assert refuse != POLICY
    sends(office, data, policy(refuse))
    until(lambda: len(kept(data, "RulesChanged")) == 1)
    sends(office, data, policy(refuse))  # the same once more changes nothing
    opens(unit, 1)
    assert unit.counter.state.draft.rules.policy.window.free_days == 0  # type: ignore[union-attr]
    assert len(kept(data, "RulesChanged")) == 1


def test_a_recall_counts_from_the_next_customer_on(shop: Shop) -> None:
    office, unit, data = shop
    opens(unit, 1)
    recalls = {"skus": ["100234"], "batches": [], "words": {"zh": "召回", "en": "Recall"}}
    sends(office, data, ("recall", recalls))
    gives_reason(unit)
    ends(unit)
    says(unit, W("The shop's rules are new: version {0}.").replace("{0}", OLD.version))
    opens(unit, 2)
    assert "100234" in unit.counter.state.draft.rules.policy.recall.skus  # type: ignore[union-attr]


def test_rules_that_do_not_fit_are_refused_in_words_and_the_old_ones_hold(shop: Shop) -> None:
    office, unit, data = shop
    bad = POLICY.replace(FREE, 'free_days = "seven"')
    told = W("The office sent rules that do not fit; the old ones hold. Call support.")
    sends(office, data, policy(bad), policy("no toml", "reasons.toml"))
    says(unit, told)
    until(lambda: list(office.book.kinds).count("RulesRefused") == 2)
    first, second = kept(data, "RulesRefused")
    assert (first["file"], second["file"]) == ("policy.toml", "reasons.toml")
    assert first["sha256"] == sha256(bad.encode()).hexdigest()
    assert "free_days" in first["why"]
    assert "seven" in first["why"]
    opens(unit, 1)
    assert unit.counter.state.draft.rules.policy == OLD  # type: ignore[union-attr]
    says(unit, told)
    presses(unit, Key.CANCEL)
    at(unit, states.Ready)
    text = (CONFIG / "reasons.toml").read_text("utf-8")
    sends(office, data, policy(text, "reasons.toml"))  # one of the two is well again
    presses(unit, Key.CANCEL)
    says(unit, told)
    sends(office, data, policy(version("office-8")))
    until(lambda: not unit.counter.health.rules_refused)
    assert [one["version"] for one in kept(data, "RulesChanged")] == ["office-8"]


def test_what_was_kept_in_the_middle_of_a_return_is_in_force_after_a_power_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The goods stay; why they come back is asked again, and answered by the new rules."""
    data, socket = tmp_path / "data", tmp_path / "s"
    with BackOffice(tmp_path) as office:
        terminal_end.enrolled(tmp_path / "state", office)
        courier = BackgroundCourier(tmp_path / "state", socket)
        with courier, running(data, socket, monkeypatch) as unit:
            until(lambda: unit.counter.health.network is Link.GOOD)
            sends(office, data, ("sale", sold(1)))
            types(unit, "1007⏎4827⏎")
            at(unit, states.Ready)
            opens(unit, 1)
            gives_reason(unit)
            at(unit, states.ConfirmingAmounts)
            sends(office, data, policy(version("office-7")))
        with running(data, socket, monkeypatch) as unit:
            at(unit, states.ChoosingGoods)
            assert unit.counter.state.draft.rules.policy.version == "office-7"  # type: ignore[union-attr]
            presses(unit, Key.CONFIRM)
            at(unit, states.ChoosingReason)
            types(unit, "1")
            at(unit, states.ChoosingCondition)
            types(unit, "1")
            ends(unit)
    (ret,) = kept(data, "ReturnRecorded")
    assert ret["ret"]["policy_version"] == "office-7"
