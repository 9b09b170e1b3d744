"""Nothing personal reaches the log, whatever is sent: cards, phones, codes, tokens, names."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.testclient import TestClient

from backoffice.cards import luhn
from backoffice.office import Office
from backoffice.ops.logs import log_to, scrubbed
from backoffice.wire.short_code import short_code
from tests.backoffice.chains import genesis, record
from tests.backoffice.client import HEADERS, Speaker
from tests.backoffice.front import front
from tests.backoffice.till_rows import packed

CARD, PHONE, NAME = "4111111111111111", "13812345678", "王小明"
CODE, TOKEN = short_code(0x2_5A17_C0DE), "T/" + "MFRGGZDFMZTWQ2LK" * 9
SECRETS = (CARD, "4111 1111 1111 1111", PHONE, "138-1234-5678", NAME, CODE, TOKEN)


@st.composite
def cards(draw: st.DrawFn) -> str:
    digits = draw(st.text("0123456789", min_size=12, max_size=18))
    check = next(one for one in "0123456789" if luhn(digits + one))
    between = draw(st.sampled_from(["", " ", "-", "."]))
    whole = digits + check
    return between.join(whole[at : at + 4] for at in range(0, len(whole), 4))


@st.composite
def phones(draw: st.DrawFn) -> str:
    rest = draw(st.text("0123456789", min_size=8, max_size=8))
    prefix = draw(st.sampled_from(["", "+86", "86 "]))
    second = draw(st.sampled_from("3456789"))
    return f"{prefix}1{second}{draw(st.sampled_from('0123456789'))}{rest}"


codes = st.integers(0, 2**50 - 1).map(short_code).filter(lambda one: any(map(str.isdigit, one)))
around = st.sampled_from(["", " ", "：", "“", "(", "=", "顾客"])


@given(st.one_of(cards(), phones(), codes), around, around)
def test_what_looks_like_a_persons_is_struck_out(secret: str, before: str, after: str) -> None:
    text = scrubbed(f"the till sent {before}{secret}{after} today")
    assert secret not in text
    assert text.startswith("the till sent")


@pytest.mark.parametrize(
    "text",
    ["R-0571-03-000417", "0571-03", "a record broke the books", "Application startup complete."],
)
def test_what_the_shop_needs_stays(text: str) -> None:
    assert scrubbed(text) == text


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    log_to(stream, logging.DEBUG)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.getLogger("uvicorn.access").disabled = False


def _hostile() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for secret in SECRETS:
        personal = json.dumps([secret], ensure_ascii=False)
        body = json.dumps({"$": "ReturnVoided", "ret": {"id": secret, "short_code": {"~": 0}}})
        one = record(1, genesis(), "ReturnVoided", body, personal)
        yield "POST", "/v1/records", {"content": packed([one]), "headers": HEADERS}
        odd = one | {"seq": secret}
        yield "POST", "/v1/records", {"content": packed([odd]), "headers": HEADERS}
        yield "POST", "/v1/look-up", {"json": {"return": secret}}
        yield "POST", "/v1/look-up", {"json": {"tail": secret}}
        yield "POST", "/v1/enrol", {"json": {"code": secret, "terminal": secret}}
        yield "POST", "/v1/keys", {"json": {"token_key": secret}}
        yield "GET", f"/v1/{secret}", {}
        yield "GET", f"/v1/feed?after={secret}", {}


def test_whatever_is_sent_the_log_holds_none_of_it(office: Office, log: io.StringIO) -> None:
    unit = Speaker(office)
    public = TestClient(front(office), raise_server_exceptions=False)
    for method, path, more in _hostile():
        unit.http.request(method, path, **more)
        public.request(method, path, **more)
    for secret in SECRETS:
        for path in (f"/{secret}", f"/R/R-0571-03-000001/{secret}", f"/R/{secret}/{secret}"):
            public.get(path)
            public.post(path, data={"code": secret})
        public.post("/desk/sign-in", data={"name": secret, "password": secret})
        public.post("/pos/v1/sales", content=secret.encode(), headers={"Authorization": CODE})
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert sum(one["says"] == "request" for one in lines) > 100
    assert any(one["says"] == "parked" for one in lines)
    for secret in SECRETS:
        assert secret not in log.getvalue(), secret


def _fails(words: str) -> None:
    raise ValueError(words)


def test_a_fault_tells_its_place_and_none_of_its_words(log: io.StringIO) -> None:
    try:
        _fails(f"the customer {NAME} with {CARD}")
    except ValueError:
        logging.getLogger("backoffice").exception("it broke")
    (line,) = [json.loads(one) for one in log.getvalue().splitlines()]
    assert (line["says"], line["fault"]) == ("it broke", "ValueError")
    assert "test_logs.py" in line["where"][-1]
    assert NAME not in log.getvalue()


def test_a_database_fault_shows_no_value(office: Office) -> None:
    statement = text("INSERT INTO nothing VALUES (:it)")
    with pytest.raises(SQLAlchemyError) as raised, office.writing() as tx:
        tx.session.execute(statement, {"it": CARD})
    assert CARD not in str(raised.value)
