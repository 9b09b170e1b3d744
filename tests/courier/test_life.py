"""The courier's life: who may connect, keys that end, memory that stays, a clean end."""

import asyncio
import gc
import logging
import os
import signal
import stat
import subprocess
import sys
import time
import tracemalloc
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from terminal.courier import patience, service, session
from terminal.courier.credentials import CLIENT, renewal_due
from terminal.courier.protocol import Deliver, Hello, LookUp, Took
from tests.courier.terminal_end import (
    TERMINAL,
    TerminalEnd,
    courier,
    enrolled,
    records,
    terminal,
    until,
)
from tests.fakes.back_office import Answer, BackOffice

ROOT = Path(__file__).parents[2]


def test_only_our_group_may_connect(tmp_path: Path) -> None:
    async def run(office: BackOffice) -> None:
        async with courier(enrolled(tmp_path / "state", office), tmp_path / "s"):
            assert stat.S_IMODE((tmp_path / "s").stat().st_mode) == 0o660

    with BackOffice(tmp_path) as office:
        asyncio.run(run(office))


@pytest.mark.parametrize(
    "words",
    [b"{}\n", b"no json\n", b"[" * 100_000 + b"\n", b"x" * 3_000_000, b'{"do":"deliver"}\n', b"\n"],
)
def test_nonsense_is_hung_up_on_and_the_next_terminal_served(tmp_path: Path, words: bytes) -> None:
    async def run(office: BackOffice) -> None:
        socket = tmp_path / "s"
        async with courier(enrolled(tmp_path / "state", office), socket):
            async with terminal(socket) as end:
                try:
                    await end.says(words)
                    assert await end.gone()
                except ConnectionError:
                    pass  # it hung up before it had read all
            async with terminal(socket) as end:
                assert (await end.hello())["terminal"] == TERMINAL

    with BackOffice(tmp_path) as office:
        asyncio.run(run(office))


@pytest.mark.parametrize(
    "said",
    [
        (Hello(1, "0571-99", 0),),
        (Deliver(1, ()),),
        (Hello(1, TERMINAL, 0), Hello(2, TERMINAL, 0)),
        (Hello(1, TERMINAL, 0), Took(1), Took(1)),
        (Hello(1, TERMINAL, 0), Deliver(2, ())),
    ],
)
def test_who_does_not_keep_to_the_order_is_hung_up_on(
    tmp_path: Path, said: tuple[Hello | Deliver | Took, ...]
) -> None:
    async def run(office: BackOffice) -> None:
        socket = tmp_path / "s"
        async with courier(enrolled(tmp_path / "state", office), socket), terminal(socket) as end:
            for words in said:
                await end.says(words)
            assert await end.gone()

    with BackOffice(tmp_path) as office:
        asyncio.run(run(office))


def test_a_second_terminal_is_told_that_it_is_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "HANDOVER_S", 0.1)

    async def run(office: BackOffice) -> None:
        socket = tmp_path / "s"
        async with courier(enrolled(tmp_path / "state", office), socket), terminal(socket) as one:
            await one.hello()
            async with terminal(socket) as two:
                assert (await two.hears(re=0))["fault"] == "busy"
                assert await two.gone()

    with BackOffice(tmp_path) as office:
        asyncio.run(run(office))


def test_not_enrolled_is_said_and_enrolment_taken_up_without_a_restart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "ENROLLED_S", 0.05)

    async def run(office: BackOffice) -> None:
        folder, socket = tmp_path / "state", tmp_path / "s"
        folder.mkdir()
        async with courier(folder, socket):
            async with terminal(socket) as end:
                await end.hears(tell="network", up=False, why="not enrolled")
                assert await end.gone()
            enrolled(folder, office)
            await asyncio.sleep(0.3)
            async with terminal(socket) as end:
                await end.hello()
                await end.hears(tell="network", up=True)

    with BackOffice(tmp_path) as office:
        asyncio.run(run(office))


def test_the_certificate_is_renewed_before_it_ends(tmp_path: Path) -> None:
    async def run(office: BackOffice) -> None:
        folder, socket = enrolled(tmp_path / "state", office), tmp_path / "s"
        begin, life = datetime.now(UTC) - timedelta(days=21), timedelta(days=30)
        office.ca.client_file(folder / CLIENT, TERMINAL, begin, life)
        before = (folder / CLIENT).read_bytes()
        assert renewal_due(folder)
        async with courier(folder, socket), terminal(socket) as end:
            await until(lambda: office.count("/v1/certificate") == 1)
            await until(lambda: (folder / CLIENT).read_bytes() != before)
            await end.hello()
            await end.says(Deliver(2, records(1)))
            await end.hears(re=2)
        assert not renewal_due(folder)
        assert len(office.serials) == 2
        assert stat.S_IMODE((folder / CLIENT).stat().st_mode) == 0o600

    with BackOffice(tmp_path) as office:
        asyncio.run(run(office))


def test_a_certificate_that_is_not_ours_never_takes_the_place_of_one_that_works(
    tmp_path: Path,
) -> None:
    async def run(office: BackOffice) -> None:
        folder, socket = enrolled(tmp_path / "state", office), tmp_path / "s"
        begin, life = datetime.now(UTC) - timedelta(days=21), timedelta(days=30)
        office.ca.client_file(folder / CLIENT, TERMINAL, begin, life)
        before = (folder / CLIENT).read_bytes()

        def trouble(path: str, honest: Answer) -> Answer:
            if path != "/v1/certificate":
                return honest
            text = office.ca.pem.replace("\n", "\\n")
            return 200, honest[1], f'{{"certificate": "{text}"}}'.encode()

        office.trouble = trouble
        async with courier(folder, socket), terminal(socket) as end:
            await until(lambda: office.count("/v1/certificate") == 1)
            await end.hello()
            await end.says(Deliver(2, records(1)))
            await end.hears(re=2)
        assert (folder / CLIENT).read_bytes() == before

    with BackOffice(tmp_path) as office:
        asyncio.run(run(office))


def test_weeks_without_an_office_take_no_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some thousand failed rounds, as many as in weeks of five minutes each."""
    for name in ("BASE_S", "CAP_S"):
        monkeypatch.setattr(patience, name, 0.0005)
    rounds = 0
    failed = patience.Patience.failed

    def counting(self: patience.Patience, retry_after_s: float = 0.0) -> float:
        nonlocal rounds
        rounds += 1
        return failed(self, retry_after_s)

    monkeypatch.setattr(patience.Patience, "failed", counting)

    async def run() -> None:
        with BackOffice(tmp_path) as office:
            folder = enrolled(tmp_path / "state", office)
        socket = tmp_path / "s"
        async with courier(folder, socket), terminal(socket) as end:
            await end.hello()
            await end.says(Deliver(2, records(200, size=1000)))
            await until(lambda: rounds > 200, seconds=60)
            tracemalloc.start()
            await until(lambda: rounds > 400, seconds=60)
            gc.collect()
            before, _ = tracemalloc.get_traced_memory()
            tracemalloc.reset_peak()
            await until(lambda: rounds > 1_000, seconds=90)
            _, peak = tracemalloc.get_traced_memory()
            gc.collect()
            now, _ = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        assert now - before < 100_000
        assert peak - before < 6_000_000

    asyncio.run(run())


def test_the_log_says_nothing_of_what_is_carried(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Bodies, personal parts, queries, sales: whether they are delivered or lied about."""
    caplog.set_level(logging.DEBUG)
    secret = "李小明13800138000"

    async def run(office: BackOffice) -> None:
        office.found = [{"sale": secret}]
        office.tells(("sale", secret), (secret, secret))
        socket, (one,) = tmp_path / "s", records(1)
        async with courier(enrolled(tmp_path / "state", office), socket), terminal(socket) as end:
            await end.hello()
            await end.says(LookUp(5, {"tail": secret}, 3000))
            await end.hears(re=5)
            await end.says(Deliver(2, (replace(one, personal=secret, body=secret),)))
            await end.hears(re=2)
            await end.says(b'{"do":"' + secret.encode() + b'"}\n')
            assert await end.gone()

    with BackOffice(tmp_path) as office:
        asyncio.run(run(office))
    ours = [one for one in caplog.records if one.name == "courier"]
    assert len(ours) > 3
    assert not [one for one in ours if secret in one.getMessage() or "138" in one.getMessage()]


def test_a_terminal_that_reads_nothing_is_let_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "UNREAD_MAX", 100_000)

    async def run(office: BackOffice) -> None:
        socket = tmp_path / "s"
        async with courier(enrolled(tmp_path / "state", office), socket), terminal(socket) as end:
            await end.hello()
            with pytest.raises(ConnectionError):
                await _asks_without_end(end)

    with BackOffice(tmp_path) as office:
        asyncio.run(run(office))


async def _asks_without_end(end: TerminalEnd) -> None:
    while True:
        await end.says(Deliver(2, records(1)))
        await end.says(Deliver(3, records(1)))
        await asyncio.sleep(0)


def test_it_ends_cleanly_and_begins_again_where_a_killed_one_lay(tmp_path: Path) -> None:
    """As systemd runs it: a process of its own, ended by SIGTERM, by SIGKILL, begun again."""
    with BackOffice(tmp_path) as office:
        folder, socket = enrolled(tmp_path / "state", office), tmp_path / "s"
        said = b""
        for number, code in ((signal.SIGKILL, -9), (signal.SIGTERM, 0)):
            process = subprocess.Popen(
                [sys.executable, "-m", "terminal.courier", "--socket", socket, "--state", folder],
                cwd=ROOT, stderr=subprocess.PIPE,
            )  # fmt: skip
            try:
                asyncio.run(_greeted(socket))
            finally:
                os.kill(process.pid, number)
            _, said = process.communicate(timeout=20)
            assert process.returncode == code, said
        assert b"stopped" in said
        assert b"Traceback" not in said


async def _greeted(socket: Path) -> None:
    end_s = time.monotonic() + 20
    while True:
        try:
            async with terminal(socket) as end:
                await end.hello()
                await end.hears(tell="network", up=True)
                return
        except (OSError, EOFError):
            assert time.monotonic() < end_s
            await asyncio.sleep(0.05)
