"""Which device is the scanner, and what it is set to, from what came of it."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.framing import Framer
from drivers.hid_keys import WedgeDecoder
from drivers.key_names import KEY_CODES
from drivers.learned_scanner import profile_of, profile_toml, scanner_table
from drivers.profile import ScannerProfile
from drivers.scanner_listening import typed
from drivers.scanner_verdict import Burst, Found, Missed, Reading, Source, Why, judge
from drivers.values import Scan
from terminal.settings.devices import scanner_profile
from terminal.settings.files import Findings
from tests.fakes.hid_scanner import Typing

CODE = "QZ-04816253"
# The same code as scanners set to other keyboards type it, seen on a US keyboard.
GERMAN, FRENCH = "QY/04816253", "AW6)$*!^@%#"
WEDGE = Source("hid", "/dev/input/event7", "/dev/input/by-id/usb-Maker_Gun-event-kbd")
LINE = Source("serial", "/dev/ttyUSB0", "/dev/serial/by-id/usb-Maker_Line-port0", baud=9600)
REPORTS = Source("hid-pos", "/dev/hidraw0", vendor=0x0C2E, product=0x0901)
PLAIN = st.text(st.characters(codec="ascii", categories=("L", "N")), max_size=6)


def wedge(text: str, *, gap: int = 2_500) -> Burst:
    return typed(WEDGE, list(Typing(gap=gap).text(text)))


def line(text: str, source: Source = LINE) -> Burst:
    return Burst(source, (Reading(text.encode()),))


def why(verdict: Found | Missed | None) -> Why | None:
    return verdict.why if isinstance(verdict, Missed) else None


def found(verdict: Found | Missed | None) -> Found:
    assert isinstance(verdict, Found), verdict
    return verdict


@pytest.mark.parametrize(
    ("text", "layout"), [(CODE, "us"), (GERMAN, "de"), (FRENCH, "fr")], ids=["us", "de", "fr"]
)
def test_the_layout_that_a_scanner_types_for_is_found(text: str, layout: str) -> None:
    assert found(judge(CODE, wedge(f"{text}\r"))).layout == layout


def test_a_scanner_as_it_leaves_the_factory_needs_no_profile() -> None:
    one = found(judge(CODE, wedge(f"{CODE}\r")))
    assert (one.ends, one.prefix, one.suffix, one.aim) == ("\r", "", "", "")
    assert profile_toml(profile_of(one)) == ""
    assert scanner_table(one, "default") == (
        '[scanner]\nkind = "hid"\nprofile = "default"\n'
        'path = "/dev/input/by-id/usb-Maker_Gun-event-kbd"\n'
    )


def test_what_stands_around_the_code_is_told_apart() -> None:
    one = found(judge(CODE, line(f"\x02ab]Q1{CODE}yz\r\n")))
    assert (one.prefix, one.aim, one.suffix, one.ends) == ("ab", "]Q1", "yz", "\r\n")


@given(
    prefix=PLAIN, suffix=PLAIN, aim=st.sampled_from(["", "]Q1"]), end=st.sampled_from("\r\n\t\x03")
)
def test_the_terminal_reads_the_code_by_the_profile_that_was_learned(
    prefix: str, suffix: str, aim: str, end: str
) -> None:
    sent = f"{prefix}{aim}{CODE}{suffix}{end}"
    profile = profile_of(found(judge(CODE, line(sent))))
    read = Framer("scanner", profile.framing).feed(sent.encode())
    assert read == [Scan("scanner", CODE, aim)]


@pytest.mark.parametrize("text", [CODE, GERMAN, FRENCH])
def test_the_profile_file_is_read_back_as_what_was_learned(tmp_path: Path, text: str) -> None:
    sent = list(Typing(gap=20_000).text(f"xx{text}zz\r"))
    one = found(judge(CODE, typed(WEDGE, sent)))
    path = tmp_path / "learned.toml"
    path.write_text(profile_toml(profile_of(one)), "utf-8")
    findings = Findings()
    profile = scanner_profile(path, findings)
    assert not findings.problems
    assert profile == profile_of(one) != ScannerProfile()
    assert WedgeDecoder("scanner", profile, tuple).feed(sent) == [Scan("scanner", CODE)]


def test_caps_lock_pressed_by_the_scanner_counts_only_where_it_changes_the_letters() -> None:
    typing = Typing()
    capital = list(typing.key(KEY_CODES["KEY_CAPSLOCK"]))
    swapped = typed(WEDGE, [*capital, *typing.text(f"{CODE.lower()}\r")])
    assert found(judge(CODE, swapped)).caps_lock
    assert "caps_lock = true" in profile_toml(profile_of(found(judge(CODE, swapped))))
    plain = typed(WEDGE, [*capital, *typing.text(f"{CODE}\r")])
    assert not found(judge(CODE, plain)).caps_lock


def test_a_slow_scanner_gets_a_longer_gap() -> None:
    typing = Typing()
    events = list(typing.text(CODE[:6]))
    typing.clock += 240_000
    events += typing.text(f"{CODE[6:]}\r")
    one = found(judge(CODE, typed(WEDGE, events)))
    assert one.gap == 0.5
    assert tomllib.loads(profile_toml(profile_of(one))) == {"framing": {"gap": 0.5}}


def test_the_time_between_two_scans_is_no_pause_inside_a_code() -> None:
    typing = Typing()
    events = list(typing.text(f"{CODE}\r"))
    typing.clock += 400_000
    events += typing.text(f"{CODE}\r")
    assert found(judge(CODE, typed(WEDGE, events))).gap == ScannerProfile().framing.gap


def test_fingers_are_not_taken_for_a_scanner() -> None:
    assert why(judge(CODE, wedge(f"{CODE}\r", gap=180_000))) is Why.TYPED


def test_a_key_of_the_keypad_says_nothing() -> None:
    assert judge(CODE, wedge("7")) is None


def test_a_code_without_an_end_is_not_enough() -> None:
    assert why(judge(CODE, wedge(CODE))) is Why.NO_END


def test_a_report_ends_by_itself() -> None:
    burst = Burst(REPORTS, (Reading(CODE.encode()),), aim="]Q1", whole=True)
    one = found(judge(CODE, burst))
    assert (one.ends, one.aim) == ("", "]Q1")
    assert scanner_table(one, "default").splitlines()[1:] == [
        'kind = "hid-pos"', 'profile = "default"', 'vendor = "0c2e"', 'product = "0901"',
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"{CODE[:8]}\r", Why.PARTIAL),
        (f"{CODE[4:]}\r", Why.PARTIAL),
        (f"{CODE.lower()}\r", Why.CASE),
        ("6901234567892\r", Why.OTHER),
        ("\x86\x1f\x00\x98", Why.NOISE),
        (f"ab\t{CODE}\r", Why.UNFIT),
        (f"\x1b{CODE}\r", Why.UNFIT),
        (f"{CODE}{CODE}\r", Why.UNFIT),
    ],
)
def test_what_came_garbled_is_told_by_its_cause(text: str, reason: Why) -> None:
    assert why(judge(CODE, line(text))) is reason


def test_a_part_typed_for_another_keyboard_names_that_keyboard() -> None:
    verdict = judge(CODE, wedge(f"{GERMAN[:8]}\r"))
    assert isinstance(verdict, Missed)
    assert (verdict.why, verdict.got) == (Why.PARTIAL, CODE[:8])


def test_two_quick_scans_of_the_code_are_one_find() -> None:
    assert found(judge(CODE, line(f"{CODE}\r{CODE}\r"))).ends == "\r"


def test_a_line_at_another_speed_gets_a_profile_that_says_so() -> None:
    fast = Source("serial", "/dev/ttyUSB0", "/dev/serial/by-id/a", baud=115200)
    one = found(judge(CODE, line(f"{CODE}\r", fast)))
    assert tomllib.loads(profile_toml(profile_of(one))) == {"baud": 115200}


def test_texts_of_makers_are_quoted_for_toml() -> None:
    odd = Source("hid", "/dev/input/event3", name='Gun "9"\\')
    table = tomllib.loads(scanner_table(Found(odd), "default"))
    assert table["scanner"]["name"] == odd.name
