"""What must never be in a log: PINs, badges, card numbers, the short code of a slip."""

import io
import logging
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.device import Post
from drivers.values import DeviceLost, DeviceReady, ScanFault, ScanRejected
from storage.store import open_reader
from terminal.app import Unit
from terminal.logging_setup import CRASHED, JournalFormatter, without_cards
from tests.fakes.printer import Machine, TcpPrinter
from tests.system.clerk import typed
from tests.system.one_return import (
    BADGE,
    BADGE_SCAN,
    DOINGS,
    NUMBER,
    PIN,
    SHORT_CODE,
    Cashier,
    stock,
)
from tests.system.unit_child import Order, Teller, settings_of

ROOT = Path(__file__).parents[2]
CARD = "6222021234567894"
WRONG_PIN = "987654"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that anybody logs, at its most talkative."""
    root, text = logging.getLogger(), io.StringIO()
    before = root.level
    handler = logging.StreamHandler(text)
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield text
    root.removeHandler(handler)
    root.setLevel(before)


class Unlucky:
    """A device that says all that devices say when things go wrong."""

    name = "unlucky"

    def start(self, post: Post) -> None:
        post(DeviceLost("keypad", "no such device"))
        post(DeviceReady("keypad"))
        for fault in ScanFault:
            post(ScanRejected("scanner", fault))

    def close(self) -> None:
        """Nothing is held."""


def one_return(
    folder: Path, codes: Sequence[str], changed: Mapping[str, Sequence[str]], pins: Sequence[str]
) -> str:
    """A whole return by a unit in this process; its short code."""
    sale = stock(folder)
    told, line = socket.socketpair()
    with TcpPrinter(Machine()) as printer, told, line:
        teller = Teller(line)
        unit = Unit(settings_of(Order(str(folder), printer.port, "")), teller)
        teller.unit = unit
        wanted = [code or sale.receipt_no for code in codes]
        unit.run([Unlucky(), Cashier(unit, told, wanted, {**DOINGS, **changed}, pins)])
        unit.close()
        assert len(printer.machine.pages) == 3 + len(sale.lines)  # both copies, result, labels
    with open_reader(folder / "returns.db") as store:
        (found,) = store.returns_of_sale(sale.id)
        return found.short_code


@pytest.mark.parametrize(
    ("sign_on", "pins"), [(typed(NUMBER).keys, (WRONG_PIN, PIN)), ((BADGE_SCAN,), ())]
)
def test_no_pin_no_badge_no_card_and_no_short_code_is_logged(
    tmp_path: Path, log: io.StringIO, sign_on: Sequence[str], pins: Sequence[str]
) -> None:
    """A wrong PIN and the right one, or a badge; a card where a receipt should be; a code heard."""
    doings = {
        "SignedOff": sign_on,
        "Ready": typed(CARD).keys,
        "WaitingForCustomer": (SHORT_CODE,),
    }
    short_code = one_return(tmp_path, [CARD, ""], doings, pins)
    text = log.getvalue()
    assert "scan rejected" in text, "nothing was logged: nothing is proven"
    assert "keypad" in text
    secrets = {"PIN": PIN, "wrong PIN": WRONG_PIN, "badge": BADGE, "card": CARD, "code": short_code}
    assert {what for what, secret in secrets.items() if secret in text} == set()
    assert "KeyPress" not in text, "keys are logged one by one: a PIN can be put together"


def with_luhn(digits: str) -> str:
    doubled = [int(digit) * (2 - at % 2) for at, digit in enumerate(reversed(digits))]
    return digits + str(-sum(one - 9 * (one > 9) for one in doubled) % 10)


CARDS = st.integers(10**11, 10**18 - 1).map(lambda number: with_luhn(str(number)))
WORDS = st.text(st.characters(exclude_categories=["Nd", "Cs"]), max_size=20)


@given(CARDS, WORDS, WORDS, st.sampled_from(["", " ", "-"]))
def test_no_card_number_gets_through_the_log(card: str, before: str, after: str, gap: str) -> None:
    shown = gap.join(card[at : at + 4] for at in range(0, len(card), 4))
    masked = without_cards(f"{before}{shown}{after}")
    assert masked == f"{before}{card[:6]}{'*' * (len(card) - 10)}{card[-4:]}{after}"


def test_return_numbers_amounts_and_dates_stay_readable() -> None:
    said = "R-0571-03-000417 2026-11-23T14:03:22 6901234567892 ￥1,234.50"
    assert without_cards(said) == said


def test_every_line_has_its_weight_for_journald() -> None:
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(JournalFormatter(journal=True))
    record = logging.LogRecord("terminal", logging.WARNING, "", 0, "a\nb %s", (CARD,), None)
    handler.handle(record)
    assert text.getvalue() == "<4>terminal: a\n<4>b 622202******7894\n"


CRASH = """
import threading, time
from terminal.logging_setup import set_up_logging
set_up_logging(journal=True)
def work():
    raise {error}
threading.Thread(target=work).start()
time.sleep(5)
"""


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ("AssertionError('7K2M9Q4XCTH')", "<2>AssertionError"),
        ("ValueError('card 6222021234567894')", "<2>ValueError: card 622202******7894"),
    ],
)
def test_a_thread_that_dies_ends_the_process_and_tells_no_secret(error: str, told: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CRASH.format(error=error)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
        timeout=10,
    )
    assert done.returncode == CRASHED
    assert done.stderr.splitlines()[-1] == told
    assert all(line.startswith("<2>") for line in done.stderr.splitlines())
