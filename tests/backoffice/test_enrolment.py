"""A unit is let in once, by a code that works once; and is shut out again."""

import base64
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from sqlalchemy import select
from starlette.testclient import TestClient as HttpClient
from starlette.types import Message, Receive, Scope, Send

from backoffice.db.tables import Record, Terminal, TerminalKey
from backoffice.office import Office
from backoffice.terminals import enrolment
from backoffice.terminals.enrolment import HOUR_MS
from backoffice.wire.short_code import read_short_code, short_code
from backoffice.words import Refused
from terminal.core import short_code as of_the_terminal
from tests.backoffice.chains import chain, record, restored
from tests.backoffice.client import HEADERS, TOKEN_KEY, Speaker, new_key, request_of
from tests.backoffice.conftest import TestClock
from tests.backoffice.till_rows import packed, verdicts


def code_for(office: Office, unit: Speaker) -> str:
    with office.writing() as tx:
        return enrolment.make_code(tx, unit.authority, unit.name, "office")


def enrol(unit: Speaker, code: str, **changed: str) -> int:
    asked = {
        "code": code,
        "terminal": unit.name,
        "csr": request_of(new_key()),
        "token_key": TOKEN_KEY,
    }
    return unit.http.post("/v1/enrol", json=asked | changed).status_code


def test_a_code_works_once_for_its_terminal_within_the_hour(
    office: Office, clock: TestClock
) -> None:
    unit = Speaker(office, enrolled=False)
    code = code_for(office, unit)
    assert enrol(unit, code, terminal="0571-04") == 409
    assert enrol(unit, code.lower().replace("0", "o")) == 200
    assert enrol(unit, code) == 409
    late = code_for(office, unit)
    clock.at_ms += HOUR_MS + 1
    assert enrol(unit, late) == 409


def enrolled_anew(office: Office, unit: Speaker) -> dict[str, Any]:
    """The answer to a unit that takes the place of the one before."""
    asked = {
        "code": code_for(office, unit),
        "terminal": unit.name,
        "csr": request_of(new_key()),
        "token_key": TOKEN_KEY,
    }
    answer: dict[str, Any] = unit.http.post("/v1/enrol", json=asked).json()
    unit.certificate = answer["certificate"]
    return answer


def test_who_is_enrolled_anew_hears_what_is_here_of_its_journal(office: Office) -> None:
    unit = Speaker(office)
    first = enrolled_anew(office, unit)
    assert (first["acked"], first["acked_hash"], first["numbers_after"]) == (0, "", 0)
    batch = chain(3)
    unit.delivers(batch)
    again = enrolled_anew(office, unit)
    assert (again["acked"], again["acked_hash"]) == (3, batch[2]["hash"])
    more = chain(1, start=4, before=batch[2]["hash"])
    assert verdicts(unit.delivers(more)) == ["stored"]  # the same disk simply goes on
    fresh = chain(2, origin="f" * 32, number=7)
    enrolled_anew(office, unit)
    assert verdicts(unit.delivers(fresh)) == ["stored", "stored"]
    assert enrolled_anew(office, unit)["acked_hash"] == fresh[1]["hash"]


def test_a_number_on_a_slip_is_taken_though_no_book_has_its_record(office: Office) -> None:
    unit = Speaker(office)
    batch = chain(1)
    for seq, kind in ((2, "ReturnRecorded"), (3, "NewKind")):
        body = f'{{"ret":{{"number":"R-0571-03-{410 + seq:06d}"}}}}'
        batch.append(record(seq, batch[-1]["hash"], kind, body))
    assert verdicts(unit.delivers(batch)) == ["stored", "parked", "parked"]
    assert enrolled_anew(office, unit)["numbers_after"] == 413
    fork = record(3, batch[1]["hash"], "ReturnRecorded", '"R-0571-03-000500"', number=5)
    other = record(4, batch[1]["hash"], "ReturnRecorded", '"R-0571-04-000900"', number=6)
    assert verdicts(unit.delivers([fork, other])) == ["refused"] * 2
    assert enrolled_anew(office, unit)["numbers_after"] == 500
    assert ("numbers", {"after": 500}) in unit.hears()


def test_a_restored_store_hears_of_the_numbers_it_forgot(office: Office) -> None:
    unit = Speaker(office)
    batch = chain(4)
    unit.delivers(batch)
    with office.writing() as tx:
        tx.session.get_one(Terminal, unit.name).numbers_after = 417
    last = office.bell._head()
    unit.delivers([restored(3, batch[1]["hash"], number=1)])
    assert unit.hears(last) == [("numbers", {"after": 417})]


def test_guessing_is_slowed_down(office: Office) -> None:
    unit = Speaker(office, enrolled=False)
    answers = [enrol(unit, short_code(number)) for number in range(12)]
    assert answers == [409] * 10 + [429] * 2


def test_the_certificate_names_the_terminal_whatever_the_request_claims(office: Office) -> None:
    unit = Speaker(office)
    assert unit.certificate is not None
    made = x509.load_pem_x509_certificate(unit.certificate.encode())
    assert made.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value == "0571-03"
    assert not made.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def test_what_is_no_request_or_no_key_is_refused(office: Office) -> None:
    unit = Speaker(office, enrolled=False)
    for wrong in ({"csr": "x"}, {"token_key": "x"}, {"token_key": base64.b64encode(b"x").decode()}):
        assert enrol(unit, code_for(office, unit), **wrong) == 409
    whole = request_of(new_key()).splitlines()
    broken = "\n".join([*whole[:-2], "A" * len(whole[-2]), whole[-1]])
    assert enrol(unit, code_for(office, unit), csr=broken) == 409


def test_a_weak_key_is_refused(office: Office) -> None:
    unit = Speaker(office, enrolled=False)
    weak = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    assert enrol(unit, code_for(office, unit), csr=request_of(weak)) == 409


def test_keys_have_numbers_and_the_same_key_keeps_its_own(office: Office) -> None:
    unit, other = Speaker(office), Speaker(office, "0571-04")
    new = base64.b64encode(bytes(32)).decode()
    first = unit.http.post("/v1/keys", json={"token_key": TOKEN_KEY}).json()["key"]
    second = unit.http.post("/v1/keys", json={"token_key": new}).json()["key"]
    theirs = other.http.post("/v1/keys", json={"token_key": TOKEN_KEY}).json()["key"]
    assert len({first, second, theirs}) == 3
    assert unit.http.post("/v1/keys", json={"token_key": new}).json()["key"] == second


def test_a_key_that_was_revoked_is_never_good_again(office: Office) -> None:
    unit = Speaker(office)
    with office.writing() as tx:
        enrolment.revoke(tx, unit.name, "office")
    unit.certificate = unit.enrolled()  # with the key that it had
    number = unit.http.post("/v1/keys", json={"token_key": TOKEN_KEY}).json()["key"]
    with office.reading() as session:
        assert session.get_one(TerminalKey, number).revoked_at is None


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/v1/keys", {"token_key": TOKEN_KEY}),
        ("/v1/certificate", {"csr": request_of(new_key())}),
    ],
)
def test_one_terminal_asks_for_no_flood_of_keys_or_certificates(
    office: Office, path: str, asked: dict[str, str]
) -> None:
    unit, other = Speaker(office), Speaker(office, "0571-04")
    for _ in range(office.settings.limits.look_ups_per_minute):
        unit.asks(receipt_no="none")
    answer = unit.http.post(path, json=asked)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "1")
    assert other.http.post(path, json=asked).status_code == 200


def test_a_terminal_that_is_shut_out_stays_out(office: Office) -> None:
    unit = Speaker(office)
    with office.writing() as tx:
        enrolment.revoke(tx, unit.name, "li")
    assert unit.http.get("/v1/feed").status_code == 403
    with office.reading() as session:
        assert session.get_one(TerminalKey, 1).revoked_at == office.clock()
    with office.writing() as tx, pytest.raises(Refused):
        enrolment.revoke(tx, "0571-99", "li")


def test_who_is_shut_out_while_it_delivers_has_delivered_nothing(office: Office) -> None:
    """Whoever has a stolen unit may keep a delivery open for as long as it likes."""
    unit = Speaker(office)

    async def slowly(scope: Scope, receive: Receive, send: Send) -> None:
        async def body() -> Message:
            office.write(lambda tx: enrolment.revoke(tx, unit.name, "office"))
            return await receive()

        await unit.app(scope, body, send)

    answer = HttpClient(slowly).post("/v1/records", content=packed(chain(1)), headers=HEADERS)
    assert answer.status_code == 403, answer.text
    with office.reading() as session:
        assert session.scalars(select(Record.id)).all() == []


def test_a_code_made_before_lets_nobody_back_in_who_was_shut_out(office: Office) -> None:
    unit = Speaker(office)
    lost = code_for(office, unit)
    with office.writing() as tx:
        enrolment.revoke(tx, unit.name, "li")
    assert enrol(unit, lost) == 409
    assert enrol(unit, code_for(office, unit)) == 200, "the office lets it in again"


def test_a_renewed_certificate_is_good_beside_the_old_one(office: Office) -> None:
    unit = Speaker(office)
    answer = unit.http.post("/v1/certificate", json={"csr": request_of(new_key())})
    assert unit.http.get("/v1/feed", params={"wait": 0}).status_code == 204
    unit.certificate = answer.json()["certificate"]
    assert unit.http.get("/v1/feed", params={"wait": 0}).status_code == 204


def test_an_expired_certificate_is_no_certificate(office: Office, clock: TestClock) -> None:
    unit = Speaker(office)
    clock.at_ms += 366 * 86_400_000
    assert unit.http.get("/v1/feed").status_code == 401


def test_names_of_terminals(office: Office) -> None:
    unit = Speaker(office)
    for wrong in ("0571", "0571-", "-03", "0571-03-1", "05 71-03", ""):
        with office.writing() as tx, pytest.raises(Refused):
            enrolment.make_code(tx, unit.authority, wrong, "office")


@pytest.mark.parametrize("number", [0, 1, 36, 37, 2**50 - 1, 0x2_5A17_C0DE])
def test_both_sides_write_and_read_the_same_short_codes(number: int) -> None:
    code = of_the_terminal.short_code(number)
    assert short_code(number) == code
    for typed in (code, code.lower(), of_the_terminal.grouped(code)):
        assert read_short_code(typed) == of_the_terminal.read_short_code(typed) == code
    assert read_short_code(code[:-1] + ("0" if code[-1] != "0" else "1")) is None
