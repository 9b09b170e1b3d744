"""The back office as its own process: TLS, a real courier's end, signals, log, health."""

import asyncio
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from backoffice.db.tables import RefusedRecord
from backoffice.office import Office
from backoffice.settings import Settings
from terminal.courier.keys import client_file, client_key, request_for, token_key
from terminal.courier.office import Office as CourierEnd
from terminal.courier.office import OfficeFault
from terminal.courier.protocol import Record
from tests.backoffice.chains import chain
from tests.backoffice.ports import free_port

TERMINAL = "0571-03"


@dataclass
class Served:
    """A process that serves, and its command line."""

    config: Path
    environment: dict[str, str]
    port: int
    public: int
    ops: int
    process: subprocess.Popen[str]

    def runs(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "backoffice", "--config", str(self.config), *arguments],
            env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def ends(self) -> list[dict[str, Any]]:
        """Its log, once it has ended by SIGTERM."""
        self.process.send_signal(signal.SIGTERM)
        _, log = self.process.communicate(timeout=60)
        assert self.process.returncode == 0, log
        return [json.loads(line) for line in log.splitlines()]

    def get(self, path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.ops}{path}", timeout=20) as answer:
            text: str = answer.read().decode()
            return text


def starts(settings: Settings, folder: Path, said: str = "") -> Served:
    """`serve` on ports of its own."""
    config = folder / "backoffice.toml"
    port, public, ops = free_port(), free_port(), free_port()
    config.write_text(
        f'state_dir = "{settings.state_dir}"\n'
        f'[terminals]\nlisten = "127.0.0.1:{port}"\n'
        f'[public]\nlisten = "127.0.0.1:{public}"\n{said}'
        f'[operations]\nlisten = "127.0.0.1:{ops}"\n'
    )
    environment = os.environ | {"DATABASE_URL": settings.database_url}
    process = subprocess.Popen(
        [sys.executable, "-m", "backoffice", "--config", str(config), "serve"],
        env=environment, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    return Served(config, environment, port, public, ops, process)


@pytest.fixture
def served(settings: Settings, tmp_path: Path) -> Iterator[Served]:
    with serving(settings, tmp_path) as unit:
        yield unit


@contextmanager
def serving(settings: Settings, folder: Path, said: str = "") -> Iterator[Served]:
    """It answers; `said` stands in the settings of the public side."""
    unit = starts(settings, folder, said)
    try:
        wait_for(unit)
        yield unit
    finally:
        if unit.process.poll() is None:
            unit.process.kill()
            unit.process.communicate()


def wait_for(unit: Served) -> None:
    for _ in range(600):
        try:
            unit.get("/healthz")
        except OSError:
            if unit.process.poll() is not None:
                pytest.fail(unit.process.communicate()[1])
            unit.process.poll()
            asyncio.run(asyncio.sleep(0.1))
        else:
            return
    pytest.fail("it does not answer")


@pytest.mark.parametrize(
    ("said", "told"), [('url = "https://r.example.cn/"\n', ["max-age=31536000"]), ("", [])]
)
def test_a_browser_is_told_of_tls_where_people_have_it(
    settings: Settings, tmp_path: Path, said: str, told: list[str]
) -> None:
    with serving(settings, tmp_path, said) as unit:
        for path in ("", "desk", "desk/sign-in", "none", "pos/v1/sales"):
            answer = httpx.get(f"http://127.0.0.1:{unit.public}/{path}")
            assert answer.headers.get_list("Strict-Transport-Security") == told, path
        own = httpx.get(f"http://127.0.0.1:{unit.ops}/healthz")
        assert "Strict-Transport-Security" not in own.headers


@pytest.mark.parametrize(("said", "elsewhere"), [("", 404), ("proxies = []\n", 429)])
def test_who_asks_is_whom_a_proxy_of_ours_names(
    settings: Settings, tmp_path: Path, said: str, elsewhere: int
) -> None:
    """And never whom somebody names before it: wrong codes and passwords are counted by this."""
    with serving(settings, tmp_path, said) as unit:

        def guess(forwarded: str) -> int:
            url, wrong = f"http://127.0.0.1:{unit.public}/", {"code": "00000000000"}
            return httpx.post(url, data=wrong, headers={"X-Forwarded-For": forwarded}).status_code

        most = settings.limits.tries_per_minute
        assert [guess("203.0.113.9") for _ in range(most + 1)] == [404] * most + [429]
        assert guess("198.51.100.1, 203.0.113.9") == 429, "the last is the proxy's own word"
        assert guess("198.51.100.1") == elsewhere


@pytest.mark.parametrize("endless", [b"GET /", b"GET / HTTP/1.1\r\nCookie: "])
@pytest.mark.parametrize("side", ["operations", "terminals"])
def test_a_head_without_end_is_cut_off(served: Served, side: str, endless: bytes) -> None:
    stranger = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    stranger.check_hostname, stranger.verify_mode = False, ssl.CERT_NONE
    port = served.ops if side == "operations" else served.port
    plain = socket.create_connection(("127.0.0.1", port), timeout=60)
    line = plain if side == "operations" else stranger.wrap_socket(plain)
    with line, pytest.raises(OSError):  # noqa: PT011 - reset, broken or closed by TLS
        line.sendall(endless + b"a" * 2**25)


def test_a_body_is_no_head(served: Served) -> None:
    """Neither at once nor in pieces, and the connection serves on."""
    with httpx.Client(base_url=f"http://127.0.0.1:{served.ops}") as client:
        for content in (bytes(900_000), iter([bytes(4000)] * 200)):
            assert client.post("/healthz", content=content).status_code == 405
        assert client.get("/healthz").status_code == 200


def enrolled(unit: Served, folder: Path) -> ssl.SSLContext:
    """As `returns-terminal enrol` does it: the CA is fetched without trust, and compared."""
    code = unit.runs("enrol-code", TERMINAL).splitlines()[0]
    url = f"https://127.0.0.1:{unit.port}"
    with httpx.Client(verify=False) as stranger:
        ca = stranger.get(f"{url}/v1/ca").json()["ca"]
    from backoffice.terminals.authority import Authority

    state_dir = Path(json.loads(unit.config.read_text().split("=")[1].split("\n")[0]))
    assert code.endswith(Authority(state_dir).mark)
    context = ssl.create_default_context(cadata=ca)
    key = client_key()
    with httpx.Client(verify=context) as client:
        asked = {
            "code": code,
            "terminal": TERMINAL,
            "csr": request_for(key, TERMINAL),
            "token_key": token_key()[1],
        }
        answer = client.post(f"{url}/v1/enrol", json=asked)
        assert answer.status_code == 200, answer.text
        assert client.post(f"{url}/v1/enrol", json=asked).status_code == 409
        assert client.get(f"{url}/v1/feed").status_code == 401
    found = answer.json()
    assert (found["key"], found["acked"], found["numbers_after"]) == (1, 0, 0)
    pem = folder / "client.pem"
    pem.write_bytes(client_file(key, found["certificate"], found["ca"].encode()))
    context.load_cert_chain(pem)
    return context


def _records(count: int) -> list[Record]:
    return [
        Record(
            one["seq"], one["id"], one["type"].removeprefix("returns."), one["atms"], one["boot"],
            one["uptimems"], one["origin"], one["prevhash"], one["hash"], one["promise"],
            one["data"]["body"],
        )
        for one in chain(count)
    ]  # fmt: skip


def test_a_courier_delivers_and_hears_over_tls(served: Served, tmp_path: Path) -> None:
    context = enrolled(served, tmp_path)

    async def life() -> None:
        end = CourierEnd(f"https://127.0.0.1:{served.port}", TERMINAL, context)
        acked = await end.deliver(_records(3))
        assert acked.acked == 3
        assert await end.feed(0, 0) is None
        waiting = asyncio.create_task(end.feed(0, 50))
        await asyncio.sleep(0.5)
        recall = tmp_path / "recalls.json"
        recall.write_text('{"skus": ["1"], "batches": [], "words": {"zh": "召回", "en": "Recall"}}')
        await asyncio.to_thread(served.runs, "send-recalls", str(recall))  # another process
        page = await asyncio.wait_for(waiting, 30)
        assert page is not None
        assert [one.what for one in page.items] == ["recall"]
        found = await end.look_up({"receipt_no": "05710326112000001"}, 20)
        assert (list(found.sales), found.ret) == ([], None)
        renewed = await end.renewed(request_for(client_key(), TERMINAL))
        assert "BEGIN CERTIFICATE" in renewed
        await asyncio.to_thread(served.runs, "revoke", TERMINAL)
        with pytest.raises(OfficeFault, match="revoked"):
            await end.deliver(_records(3))
        await end.close()

    asyncio.run(life())
    assert json.loads(served.get("/readyz")) == {"status": "ready"}
    figures = served.get("/metrics")
    assert 'returns_records_total{verdict="stored"} 3.0' in figures
    assert 'route="/v1/look-up",side="terminals",status="200"' in figures
    log = served.ends()
    asked = [(one["route"], one["status"]) for one in log if one["says"] == "request"]
    assert ("/v1/records", 200) in asked
    assert ("/v1/records", 403) in asked


@pytest.fixture
def old_row(settings: Settings) -> None:
    """Something of long ago, before it serves."""
    with Office(settings) as office, office.writing() as tx:
        tx.session.add(
            RefusedRecord(
                record_id=chain(1)[0]["id"], terminal=TERMINAL, seq=1, why="", digest="",
                event="{}", refused_at=0,
            )
        )  # fmt: skip


@pytest.mark.usefixtures("old_row")
def test_what_is_old_is_erased_while_it_serves(served: Served, settings: Settings) -> None:
    with Office(settings) as office:
        left = "?"
        for _ in range(600):
            with office.reading() as session:
                left = session.scalars(select(RefusedRecord.event)).one()
            if not left:
                break
            asyncio.run(asyncio.sleep(0.1))
        assert left == ""
    served.ends()


def test_it_ends_while_a_terminal_waits_for_the_feed(served: Served, tmp_path: Path) -> None:
    context = enrolled(served, tmp_path)

    async def life() -> None:
        end = CourierEnd(f"https://127.0.0.1:{served.port}", TERMINAL, context)
        waiting = asyncio.create_task(end.feed(0, 50))
        await asyncio.sleep(0.5)
        log = await asyncio.to_thread(served.ends)
        assert await waiting is None  # answered: nothing new
        asked = [one["status"] for one in log if one.get("route") == "/v1/feed"]
        assert asked == [401, 204]
        await end.close()

    asyncio.run(life())
