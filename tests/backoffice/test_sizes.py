"""What a stranger may send: a little, whatever its headers say of it."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

import pytest
from starlette.testclient import TestClient

from backoffice.app import BODY_MAX
from backoffice.office import Office
from backoffice.wire.batch import BATCH_TYPE
from tests.backoffice.client import Speaker
from tests.backoffice.front import browser

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
FILE = {"Content-Type": "multipart/form-data; boundary=b"}
JSON = {"Content-Type": "application/json"}
PLAIN = {"Content-Type": BATCH_TYPE}
HEAD = b'--b\r\nContent-Disposition: form-data; name="x"; filename="x"\r\n\r\n'
PUBLIC = [
    ("/", FORM, b"code="),
    ("/", FILE, HEAD),  # a file that nobody asked for would go to the disk
    ("/T/AAAA", FORM, b"seen="),
    ("/desk/sign-in", FORM, b"name=li&password="),
    ("/rails/wechatpay", JSON, b"{"),
]
TERMINALS = [("/v1/enrol", JSON, b"["), ("/v1/look-up", JSON, b"["), ("/v1/keys", JSON, b"[")]


def pieces(begin: bytes) -> Iterator[bytes]:
    """No length is said: it ends when it ends."""
    yield begin
    for _ in range(2 * BODY_MAX // 4096):
        yield b"a" * 4096


def status(client: TestClient, path: str, headers: dict[str, str], begin: bytes) -> set[int]:
    whole = b"".join(pieces(begin))
    return {
        client.post(path, headers=headers, content=whole).status_code,
        client.post(path, headers=headers, content=pieces(begin)).status_code,
    }


@pytest.mark.parametrize(("path", "headers", "begin"), PUBLIC)
def test_nobody_fills_the_public_sides_memory_or_disk(
    office: Office, path: str, headers: dict[str, str], begin: bytes
) -> None:
    with browser(office) as phone:
        assert status(phone, path, headers, begin) == {413}


@pytest.mark.parametrize(("path", "headers", "begin"), TERMINALS)
def test_nor_that_of_the_terminals_side(
    office: Office, path: str, headers: dict[str, str], begin: bytes
) -> None:
    stranger = Speaker(office, enrolled=False)
    assert status(stranger.http, path, headers, begin) == {413}


def test_a_batch_of_records_may_be_larger(office: Office) -> None:
    """No record is in it, and that is all that is said against it."""
    large = b"".join(pieces(b"[]"))
    unit = Speaker(office).http
    assert unit.post("/v1/records", headers=PLAIN, content=large).status_code == 422
    assert unit.post("/v1/records", headers=PLAIN, content=16 * large).status_code == 413


def test_so_may_a_file_of_the_pos(office: Office) -> None:
    token = "of the POS"
    digest = sha256(token.encode()).hexdigest()
    office.settings = replace(office.settings, pos_tokens=(digest,))
    ours = {"Authorization": f"Bearer {token}"}
    with browser(office) as pos:
        for path in ("/pos/v1/sales", "/pos/v1/prices"):
            assert status(pos, path, ours, b"x") == {422}
            assert status(pos, path, {}, b"x") <= {401, 413}
