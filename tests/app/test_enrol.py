"""`enrol`: the code is looked at before anything is sent, and works once."""

import base64
import json
import stat
import tracemalloc
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from storage.records import JournalEntry
from storage.store import open_store
from storage.values import Commit
from terminal.courier.credentials import CA, CLIENT, PLACE, context_of, office_of, renewal_due
from terminal.slip_code import key_file, load_key
from tests.app.unit import CHEAP, Unit
from tests.fakes.back_office import BackOffice
from tests.fakes.office_ca import OfficeCa

ONE = "7K2M9Q4XCT"  # ten characters; the check is added below


def check_of(code: str) -> str:
    digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    number = 0
    for one in code:
        number = number * 32 + digits.index(one)
    return (digits + "*~$=U")[number % 37]


def code_for(ca: OfficeCa, code: str = ONE) -> str:
    fingerprint = base64.b32encode(sha256(ca.der).digest()).decode()[:16]
    return f"{code}{check_of(code)}.{fingerprint}"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[BackOffice]:
    with BackOffice(tmp_path) as found:
        found.codes[ONE + check_of(ONE)] = {"numbers_after": 417}
        yield found


@pytest.fixture
def unit(tmp_path: Path) -> Unit:
    (tmp_path / "data").mkdir()
    (tmp_path / "state").mkdir()
    return Unit(tmp_path / "data")


def enrol(unit: Unit, office: BackOffice, code: str = "", url: str = "") -> tuple[int, str]:
    words = ("enrol", code or code_for(office.ca), "--url", url or office.url)
    done = unit.does(*words, "--state", unit.data.parent / "state")
    return done.code, done.out + done.err


def test_an_enrolled_unit_has_what_it_needs_and_nobody_else_may_read_it(
    unit: Unit, office: BackOffice
) -> None:
    code, said = enrol(unit, office)
    assert code == 0, said
    assert "0571-03" in said
    state = unit.data.parent / "state"
    assert office_of(state).url == office.url
    context_of(state)
    assert not renewal_due(state)
    for file in (state / CA, state / CLIENT, state / PLACE, unit.data / "slip-key.json"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
    key = json.loads((unit.data / "slip-key.json").read_text())
    assert (key["key"], len(base64.b64decode(key["seed"]))) == (12, 32)
    assert load_key(key_file(unit.data)) is not None, "what the slips are signed with"
    with open_store(unit.data / "returns.db", cost=CHEAP) as store:
        assert store.next_return_sequence() == 418


@pytest.mark.parametrize(("told", "left"), [("ours", 2), ("another's", 3)])
def test_what_the_office_has_of_this_very_journal_is_not_sent_again(
    unit: Unit, office: BackOffice, told: str, left: int
) -> None:
    with unit.store() as store:
        for seq in (1, 2, 3):
            entry = JournalEntry(f"0000000{seq}-0000-7000-8000-000000000000", "SignedOn", "{}")
            store.commit(Commit(None, seq, "boot", seq, (entry,)))
        first = next(iter(store.journal())).hash
    acked_hash = first if told == "ours" else "0" * 64
    office.codes[ONE + check_of(ONE)] |= {"acked": 1, "acked_hash": acked_hash}
    assert enrol(unit, office)[0] == 0
    with unit.store() as store:
        assert store.unsent_count() == left


def test_a_new_disk_is_not_taken_in_by_what_the_old_one_had_delivered(
    unit: Unit, office: BackOffice
) -> None:
    office.codes[ONE + check_of(ONE)] |= {"acked": 900, "acked_hash": "ab" * 32}
    assert enrol(unit, office)[0] == 0
    with unit.store() as store:
        assert (store.acked_seq(), store.unsent_count()) == (0, 0)


def test_dashes_and_small_letters_are_forgiven(unit: Unit, office: BackOffice) -> None:
    whole = code_for(office.ca)
    assert enrol(unit, office, f"{whole[:5]}-{whole[5:]}".lower())[0] == 0


def test_a_code_works_once(unit: Unit, office: BackOffice) -> None:
    assert enrol(unit, office)[0] == 0
    before = (unit.data / "slip-key.json").read_bytes()
    code, said = enrol(unit, office)
    assert code == 2
    assert "Ask for a new one" in said
    assert (unit.data / "slip-key.json").read_bytes() == before


@pytest.mark.parametrize(
    "wrong",
    ["", "7K2M9", "7K2M9Q4XCT0.AAAAAAAAAAAAAAAA", "7K2M9Q4XCTH", "7K2M9Q4XUTH.AAAAAAAAAAAAAAAA"],
)
def test_a_code_with_a_wrong_character_is_never_sent(
    unit: Unit, office: BackOffice, wrong: str
) -> None:
    code, said = enrol(unit, office, wrong or "x")
    assert code == 2
    assert "nothing was sent" in said
    assert office.requests == []


def test_another_ca_gets_nothing(unit: Unit, office: BackOffice) -> None:
    """Somebody in between has a CA of his own: he hears neither code nor key."""
    code, said = enrol(unit, office, code_for(OfficeCa()))
    assert code == 2
    assert "somebody stands in between" in said
    assert [path for _, path in office.requests] == ["/v1/ca"]
    assert not (unit.data / "slip-key.json").exists()


def test_a_ca_of_his_own_behind_the_right_one_gets_nothing_either(
    unit: Unit, office: BackOffice
) -> None:
    """Anybody may read the office's CA; whoever shows it with another below is in between."""
    while len((theirs := OfficeCa("Their CA")).der) % 3 == 0:
        pass  # its base64 ends in =, and a reader that stops there sees the first one alone
    office.trouble = lambda path, honest: (
        (200, {}, (theirs.pem + office.ca.pem).encode()) if path == "/v1/ca" else honest
    )
    code, said = enrol(unit, office, code_for(theirs))
    assert code == 2, said
    assert "/v1/enrol" not in [path for _, path in office.requests], "the code went to him"
    assert not (unit.data.parent / "state" / CA).exists()


def test_a_page_to_sign_in_is_no_office(unit: Unit, office: BackOffice) -> None:
    office.trouble = lambda *_: (200, {"Content-Type": "text/html"}, b"<html>")
    assert "no back office of ours" in enrol(unit, office)[1]


def test_an_answer_without_end_is_not_read_to_its_end(unit: Unit, office: BackOffice) -> None:
    endless = bytes(2**26)
    office.trouble = lambda *_: (200, {}, endless)
    tracemalloc.start()
    try:
        code, said = enrol(unit, office)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (code, "no back office of ours" in said) == (2, True)
    assert most < 2**24, f"{most >> 20} MiB"


def test_a_certificate_of_another_key_is_not_taken(unit: Unit, office: BackOffice) -> None:
    office.codes[ONE + check_of(ONE)] = {"certificate": office.ca.pem}
    code, said = enrol(unit, office)
    assert code == 2
    assert "cannot be used" in said
    assert not (unit.data.parent / "state" / CLIENT).exists()


def test_nobody_there(unit: Unit, office: BackOffice) -> None:
    code, said = enrol(unit, office, url="https://localhost:9")
    assert code == 2
    assert "does not answer" in said
    assert "https://" in enrol(unit, office, url="http://localhost")[1]


def test_while_the_terminal_runs_the_code_is_not_used_up(unit: Unit, office: BackOffice) -> None:
    with open_store(unit.data / "returns.db", cost=CHEAP):
        code, said = enrol(unit, office)
    assert code == 2
    assert "systemctl stop" in said
    assert office.requests == []


def test_a_folder_that_cannot_be_written_is_found_before_the_code_is_used(
    unit: Unit, office: BackOffice
) -> None:
    (unit.data.parent / "state").rmdir()
    code, said = enrol(unit, office)
    assert code == 2
    assert "nothing was sent" in said
    assert office.requests == []
