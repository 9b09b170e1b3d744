"""A worker killed (SIGKILL) while WeChat Pay works for it: the next one pays once, or has paid."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Event

import pytest

from backoffice.office import Office
from backoffice.rails.book import LEASE_MS
from backoffice.rails.worker import Worker
from backoffice.returns import find
from backoffice.settings import Settings
from tests.backoffice.conftest import TestClock
from tests.backoffice.made import RETURN_ID
from tests.backoffice.rails.books import REFERENCE, a_refund, a_sale, refund_of, until_due, work
from tests.backoffice.rails.one_step import rails
from tests.fakes.rail_keys import pair
from tests.fakes.wechatpay import Fault, WeChatPayServer


@pytest.fixture
def server(settings: Settings) -> Iterator[WeChatPayServer]:
    settings.state_dir.mkdir(exist_ok=True)
    (settings.state_dir / "shop.key").write_bytes(pair("shop").private_pem)
    (settings.state_dir / "rail.pem").write_bytes(pair("rail").public_pem)
    with WeChatPayServer() as server:
        server.payments[REFERENCE] = (10000, 10000)
        yield server


def _start(office: Office, server: WeChatPayServer) -> subprocess.Popen[bytes]:
    url = office.settings.database_url
    module = "tests.backoffice.rails.one_step"
    return subprocess.Popen(
        [sys.executable, "-m", module, url, office.settings.state_dir, server.url],
        cwd=Path(__file__).parents[3],
    )


@pytest.mark.parametrize("when", ["lost", "heard", "done", "answered"])
def test_a_killed_worker_pays_once(
    office: Office, clock: TestClock, server: WeChatPayServer, when: str
) -> None:
    clock.at_ms = time.time_ns() // 1_000_000
    with office.writing() as tx:
        a_sale(tx)
        a_refund(tx)
    held, holding, worked = ExitStack(), Event(), Event()
    if when == "lost":
        server.faults.append(Fault.HANG_UP)

    def kill() -> None:
        worker.kill()
        worker.wait()

    def hold_the_books() -> None:
        """The answer goes out, and cannot be written down."""
        find(held.enter_context(office.writing()), RETURN_ID)
        holding.set()

    if when == "answered":
        server.when_done = hold_the_books
    elif when == "done":
        server.when_done = kill
    else:
        server.when_heard, server.when_done = kill, worked.set
    worker = _start(office, server)
    if when == "answered":
        assert holding.wait(60)
        time.sleep(0.2)  # wherever it is by now: before the answer, or waiting for the books
        kill()
        held.close()
    assert worker.wait(60) == -9
    assert when != "heard" or worked.wait(60)  # the server goes on without it
    server.when_heard = server.when_done = lambda: None
    assert server.moved() == (0 if when == "lost" else 4155)
    assert refund_of(office).state == "processing"

    again = Worker(office, rails(server.url, office.settings.state_dir))
    assert work(again) == 0
    clock.at_ms = time.time_ns() // 1_000_000 + LEASE_MS
    requests = server.requests
    assert work(again) == 1
    assert server.requests == requests + 1
    if when == "lost":
        assert server.moved() == 0  # it was queried, not repeated blindly
        until_due(office, clock)
        work(again)
    server.finish(f"{RETURN_ID}-0", "SUCCESS")
    until_due(office, clock)
    work(again)
    assert (refund_of(office).state, refund_of(office).actual) == ("success", 4155)
    assert (server.moved(), len(server.refunds), server.bad_requests) == (4155, 1, [])
