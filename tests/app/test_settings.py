"""The settings come whole or not at all, and every fault of every file is told at once."""

import contextlib
import shutil
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drivers.values import Scan
from terminal import scans
from terminal.core.returns import Condition, Disposition
from terminal.core.rules import Evidence, Outcome, Window
from terminal.settings import (
    KeypadKind,
    LinkKind,
    ScannerKind,
    SettingsFault,
    load_settings,
)
from tests.app.spoiling import CONFIG, PLAIN, load, problems, spoil
from tests.app.told import chinese, english


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped files to spoil."""
    return Path(shutil.copytree(CONFIG, tmp_path / "config"))


def test_the_shipped_files_are_sound() -> None:
    found = load()
    assert (found.business_unit, found.workstation) == ("0571", "03")
    assert found.shop.name.zh == "示例百货"
    assert found.printer.model.name == "generic-80mm"
    assert found.currency.code == found.rules.currency.code == "CNY"
    assert found.rules.cash_coin == 1


def test_the_shipped_reasons_are_those_of_the_trade() -> None:
    reasons = {one.code: one for one in load().rules.reasons}
    assert list(reasons) == [
        *("QUALITY", "DAMAGED", "EXPIRED", "WRONG_ITEM", "NOT_AS_DESCRIBED", "WRONG_PRICE"),
        *("SIZE_COLOR", "UNWANTED", "DUPLICATE", "SAFETY", "RECALL", "CASHIER_ERROR", "OTHER"),
    ]
    assert reasons["EXPIRED"].needs_manager
    assert reasons["WRONG_PRICE"].disposition is Disposition.NONE
    assert reasons["UNWANTED"].conditions == (Condition.UNOPENED,)
    assert reasons["RECALL"].no_window
    assert reasons["OTHER"].evidence == (Evidence.NOTE,)


def test_the_policy_is_read_with_its_windows_and_exclusions() -> None:
    policy = load().rules.policy
    assert policy.window == Window(7, 30, 15, 90)
    assert policy.window_for("appliance") == Window(7, 15, 15, 365), "what is not said is as above"
    assert policy.amount_limit == 50000
    assert [(one.id, one.outcome) for one in policy.exclusions] == [
        ("hygiene", Outcome.NEEDS_OVERRIDE),
        ("medicine", Outcome.DENY),
        ("cards", Outcome.DENY),
    ]


def test_a_demo_puts_its_own_devices_in_place_of_the_shop_s() -> None:
    found = load_settings(
        CONFIG,
        {
            **PLAIN,
            "printer.link": "tcp",
            "printer.host": "127.0.0.1",
            "printer.port": 9101,
            "terminal.data": "var/demo",
            "policy.window.free_days": 3,
        },
    )
    assert (found.printer.link, found.printer.host) == (LinkKind.TCP, "127.0.0.1")
    assert found.data == Path("var/demo")
    assert found.rules.policy.window.free_days == 3
    assert (found.scanner.kind, found.keypad.kind) == (ScannerKind.NONE, KeypadKind.NONE)


def test_the_shipped_patterns_know_a_receipt_and_weighed_goods() -> None:
    patterns = load().patterns
    receipt = scans.recognise(Scan("gun", "05710326112001234"), patterns)
    weighed = scans.recognise(Scan("gun", "2012345004122"), patterns)
    assert receipt == scans.Receipt("05710326112001234")
    assert weighed == scans.Weighed("12345", 412, 0, "2012345")


def test_every_fault_of_every_file_is_told_at_once(folder: Path) -> None:
    spoil(folder / "terminal.toml", 'workstation = "03"', 'workstation = "no 3"')
    spoil(folder / "terminal.toml", "copies = 2", "copies = 12")
    spoil(folder / "policy.toml", 'outcome = "override"', 'outcome = "maybe"')
    spoil(folder / "reasons.toml", 'disposition = "QUARANTINE"', 'disposition = "BIN"')
    found = problems(folder)
    assert [(one.file, one.key) for one in found] == [
        ("terminal.toml", "terminal.workstation"),
        ("terminal.toml", "printer.copies"),
        ("policy.toml", "excluded[0].outcome"),
        ("reasons.toml", "reasons[9].disposition"),
    ]


def test_a_fault_names_file_line_key_value_and_what_is_allowed_in_both_languages(
    folder: Path,
) -> None:
    line = spoil(folder / "reasons.toml", 'disposition = "QUARANTINE"', 'disposition = "BIN"')
    with pytest.raises(SettingsFault) as caught:
        load(folder)
    said = str(caught.value)
    assert f'reasons.toml, line {line}: reasons[9].disposition = "BIN": must be one of' in said
    assert said.startswith("The settings are not sound (faults: 1); nothing was started.")
    assert "须为以下之一：RETURN_TO_STOCK, WRITE_OFF" in chinese(caught.value.told)


@pytest.mark.parametrize(
    ("old", "new", "near"),
    [
        ("business_unit", "busines_unit", "business_unit"),
        ("idle_lock_seconds", "idle_lock_second", "idle_lock_seconds"),
        ("[shop]", "[shopp]", "shop"),
    ],
)
def test_a_misspelt_key_is_told_which_one_was_meant(
    folder: Path, old: str, new: str, near: str
) -> None:
    line = spoil(folder / "terminal.toml", f"\n{old}", f"\n{new}") + 1
    told = [one for one in problems(folder) if "did you mean" in english(one.allowed)]
    assert [(one.line, english(one.allowed)) for one in told] == [
        (line, f"is not known; did you mean {near}?")
    ]


def test_a_missing_file_is_one_problem_not_one_for_each_of_its_keys(folder: Path) -> None:
    (folder / "policy.toml").unlink()
    found = problems(folder)
    assert len(found) == 1
    assert "policy.toml" in found[0].file
    assert "cannot be read" in english(found[0].allowed)


def test_a_bom_is_named_and_the_rest_is_still_read(folder: Path) -> None:
    path = folder / "terminal.toml"
    spoil(path, "copies = 2", "copies = 12")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    bom, copies = problems(folder)
    assert "BOM" in chinese(bom.allowed)
    assert copies.key == "printer.copies"


def test_another_encoding_is_named_with_its_line(folder: Path) -> None:
    path = folder / "reasons.toml"
    path.write_bytes(path.read_text("utf-8").encode("gb18030"))
    (only,) = problems(folder)
    assert (only.file, only.line) == ("reasons.toml", 1)
    assert "GBK" in chinese(only.allowed)


def test_a_broken_line_is_named(folder: Path) -> None:
    line = spoil(folder / "policy.toml", "[window]", "[window")
    (only,) = problems(folder)
    assert (only.file, only.line) == ("policy.toml", line)


def test_an_amount_without_quotes_is_refused_for_it_would_be_a_float(folder: Path) -> None:
    spoil(folder / "policy.toml", 'amount = "500.00"', "amount = 500.00")
    (only,) = problems(folder)
    assert only.key == "limit.amount"
    assert "in quotes" in english(only.allowed)


@pytest.mark.parametrize("amount", ["-1", "1.005", "1e3", "", "٣", "12,50", "5 0", "1" * 13])
def test_only_plain_amounts_are_read(amount: str) -> None:
    (only,) = problems(policy__limit__amount=amount)
    assert only.key == "limit.amount"


def test_amounts_follow_the_currency_s_digits(folder: Path) -> None:
    yen = {"currency__code": "JPY", "currency__digits": 0, "currency__coin": "10"}
    spoil(folder / "policy.toml", 'amount = "500.00"', 'amount = "50000"')
    found = load(folder, **yen)
    assert (found.rules.policy.amount_limit, found.rules.cash_coin) == (50000, 10)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("terminal.business_unit", "05-71"),
        ("terminal.language", "fr"),
        ("terminal.idle_lock_seconds", 5),
        ("terminal.training", "yes"),
        ("terminal.data", "a\x00b"),
        ("currency.coin", "0"),
        ("currency.digits", 4),
        ("printer.baud", 9601),
        ("printer.profile", "../../etc/passwd"),
        ("printer.path", "lp0"),
        ("screen.width", 100),
        ("slip.url", "https://r.example.cn/"),
        ("slip.url", "http://R.EXAMPLE.CN/"),
        ("codes.badge_prefix", "卡"),
        ("codes.voucher_prefix", "%B"),
        ("codes.receipts", []),
        ("codes.receipts", ["["]),
        ("codes.receipts", [".*"]),
        ("codes.receipts", ["(?P<store>[0-9]+)"]),
        ("policy.version", "第一版"),
        ("policy.window.free_days", -1),
        ("policy.window.free_days", True),
        ("policy.window.approval_days", 3),
        ("policy.restocking.rate", "1.1"),
        ("policy.restocking.rate", 0),
        ("policy.restocking.conditions", ["WET"]),
        ("policy.slip.sentence", {"zh": "{days} 天", "en": "{days} days"}),
        ("policy.slip.sentence", {"zh": "只有中文"}),
        *(
            ("policy.slip.sentence", {"zh": "天", "en": f"{{{name}}} days"})
            for name in ("0", "free_days.x", "free_days[0]", "free_days:y")
        ),
        ("policy.window.fault_approval_days", 14),
    ],
)
def test_what_is_not_allowed_is_a_problem_of_that_key_alone(key: str, value: object) -> None:
    found = problems(CONFIG, **{key.replace(".", "__"): value})
    assert [one.key for one in found] == [key.removeprefix("policy.")]
    assert chinese(found[0].allowed)
    assert "(overridden)" in found[0].file


def test_a_code_used_twice_is_told(folder: Path) -> None:
    spoil(folder / "reasons.toml", 'code = "RECALL"', 'code = "QUALITY"')
    (only,) = problems(folder)
    assert (only.key, english(only.allowed)) == ("reasons[10].code", "is used twice")


def leaves(data: Mapping[str, object], path: str = "") -> list[str]:
    """Every dotted key of a file."""
    found = []
    for key, value in data.items():
        dotted = f"{path}.{key}" if path else key
        found += [dotted, *leaves(value, dotted)] if isinstance(value, dict) else [dotted]
    return found


KEYS = leaves(tomllib.loads((CONFIG / "terminal.toml").read_text("utf-8"))) + [
    f"policy.{key}" for key in leaves(tomllib.loads((CONFIG / "policy.toml").read_text("utf-8")))
]
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=12)
    | st.just(Decimal("1.5"))
    | st.sampled_from(("0", "1", "none", "/dev/null", "{", "{0}", "\x1b@")),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=4,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(KEYS), ANYTHING, min_size=1, max_size=3))
def test_no_value_whatever_ends_in_a_traceback(overrides: dict[str, object]) -> None:
    with contextlib.suppress(SettingsFault):
        load_settings(CONFIG, {**PLAIN, **overrides})


@pytest.mark.parametrize("key", ["printer.profile", "printer.\x1b[2J", "printer.host"])
def test_what_is_shown_of_a_wrong_value_cannot_drive_the_terminal(key: str) -> None:
    with pytest.raises(SettingsFault) as caught:
        load_settings(CONFIG, {**PLAIN, "printer.link": "tcp", key: "\x1b[31m"})
    assert "\x1b" not in str(caught.value)
