"""Upstream: whatever the way and the office do, each record arrives once, and nothing is believed
that was not said of it.
"""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from terminal.courier import link, patience
from terminal.courier.protocol import Deliver
from tests.courier.terminal_end import courier, enrolled, records, terminal, until
from tests.fakes.back_office import Answer, BackOffice, js

HTML = (200, {"Content-Type": "text/html"}, b"<html>Sign in to the hotel's network</html>")


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "BASE_S", 0.05)
    monkeypatch.setattr(patience, "CAP_S", 0.2)
    monkeypatch.setattr(link, "SPREAD_S", 0.0)


def changed(answer: Answer, **members: object) -> Answer:
    return js(json.loads(answer[2]) | members)


def other_ids(answer: Answer) -> Answer:
    said = json.loads(answer[2])
    for one in said["verdicts"]:
        one["id"] = "somebody else's"
    return js(said)


def unverdicted(answer: Answer) -> Answer:
    return changed(answer, verdicts=[])


def all_ahead(answer: Answer) -> Answer:
    said = json.loads(answer[2])
    for one in said["verdicts"]:
        one["verdict"] = "ahead"
    return js(said)


LIES: dict[str, Callable[[Answer], Answer | None]] = {
    "html": lambda _: HTML,
    "status 500": lambda _: js({}, 500),
    "a redirect": lambda _: (302, {"Location": "https://localhost:1/"}, b""),
    "hung up before it answered": lambda _: None,
    "no json": lambda _: (200, {"Content-Type": "application/json"}, b'{"acked": 1'),
    "deeply nested": lambda _: (200, {"Content-Type": "application/json"}, b"[" * 500_000),
    "endless": lambda _: (200, {"Content-Type": "application/json"}, b" " * 2_000_000),
    "packed": lambda one: (200, {**one[1], "Content-Encoding": "gzip"}, one[2]),
    "acked as text": lambda one: changed(one, acked="3"),
    "acked below zero": lambda one: changed(one, acked=-1, verdicts=[]),
    "acked without verdicts": unverdicted,
    "verdicts of other records": other_ids,
    "acked, but none was kept": all_ahead,
    "a spread of years": lambda one: changed(one, spread_s=10**9),
}


@pytest.mark.parametrize("name", LIES)
def test_no_such_answer_is_believed_and_the_batch_arrives_all_the_same(
    tmp_path: Path, name: str
) -> None:
    async def run(office: BackOffice) -> None:
        lies = iter((LIES[name],) * 3)

        def trouble(path: str, honest: Answer) -> Answer | None:
            lie = next(lies, None) if path == "/v1/records" else None
            return lie(honest) if lie else honest

        office.trouble = trouble
        socket = tmp_path / "s"
        async with courier(enrolled(tmp_path / "state", office), socket), terminal(socket) as end:
            await end.hello()
            await end.says(Deliver(2, records(3)))
            answer = await end.hears(re=2)
        assert answer["acked"] == 3
        assert [one["verdict"] for one in answer["verdicts"]] == ["known"] * 3
        assert (office.book.acked, office.book.twice) == (3, 9)

    with BackOffice(tmp_path) as office:
        asyncio.run(run(office))


def test_acked_beyond_what_was_sent_is_believed_no_further(tmp_path: Path) -> None:
    async def run(office: BackOffice) -> None:
        office.trouble = lambda path, one: changed(one, acked=99) if "records" in path else one
        socket = tmp_path / "s"
        async with courier(enrolled(tmp_path / "state", office), socket), terminal(socket) as end:
            await end.hello()
            await end.says(Deliver(2, records(3)))
            assert (await end.hears(re=2))["acked"] == 3

    with BackOffice(tmp_path) as office:
        asyncio.run(run(office))


def test_another_ca_s_certificate_is_nobody(tmp_path: Path) -> None:
    """A stranger who answers in the office's place hears not one byte of a record."""

    async def run(office: BackOffice, stranger: BackOffice) -> None:
        socket = tmp_path / "s"
        folder = enrolled(tmp_path / "state", office, url=stranger.url)
        async with courier(folder, socket), terminal(socket) as end:
            await end.hello()
            await end.says(Deliver(2, records(1)))
            light = await end.hears(tell="network", up=False)
            assert light["why"].startswith("wrong certificate")
        assert stranger.requests == []

    (tmp_path / "other").mkdir()
    with BackOffice(tmp_path) as office, BackOffice(tmp_path / "other") as stranger:
        asyncio.run(run(office, stranger))


def test_a_batch_that_is_too_large_goes_in_parts(tmp_path: Path) -> None:
    async def run(office: BackOffice) -> None:
        def trouble(path: str, honest: Answer) -> Answer:
            said = json.loads(honest[2] or b"{}")
            return js({}, 413) if len(said.get("verdicts", ())) > 2 else honest

        office.trouble = trouble
        socket = tmp_path / "s"
        async with courier(enrolled(tmp_path / "state", office), socket), terminal(socket) as end:
            await end.hello()
            await end.says(Deliver(2, records(9)))
            assert len((await end.hears(re=2))["verdicts"]) == 2

    with BackOffice(tmp_path) as office:
        asyncio.run(run(office))


def test_a_batch_of_large_records_stays_below_a_mebibyte(tmp_path: Path) -> None:
    async def run(office: BackOffice) -> None:
        socket = tmp_path / "s"
        async with courier(enrolled(tmp_path / "state", office), socket), terminal(socket) as end:
            await end.hello()
            await end.says(Deliver(2, records(12, size=150_000)))
            answer = await end.hears(re=2)
        assert answer["acked"] == len(answer["verdicts"]) == 6

    with BackOffice(tmp_path) as office:
        asyncio.run(run(office))


def test_busy_is_waited_for_as_long_as_the_office_says(tmp_path: Path) -> None:
    async def run(office: BackOffice) -> None:
        office.busy["/v1/records"] = 1
        socket = tmp_path / "s"
        async with courier(enrolled(tmp_path / "state", office), socket), terminal(socket) as end:
            await end.hello()
            await end.says(Deliver(2, records(1)))
            await end.hears(tell="network", up=False, why="busy")
            del office.busy["/v1/records"]
            await end.hears(re=2)
            await end.hears(tell="network", up=True)
        first, second = (at for at, path in office.requests if path == "/v1/records")
        assert second - first >= 1.0

    with BackOffice(tmp_path) as office:
        asyncio.run(run(office))


def test_after_an_outage_the_first_try_is_spread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The feed's poll finds the office again; the batch waits its share of the spread."""
    monkeypatch.setattr(patience.Patience, "spread", lambda _, seconds: seconds)

    async def run() -> None:
        socket, folder = tmp_path / "s", tmp_path / "state"
        with BackOffice(tmp_path) as office:
            office.spread_s = 2
            port = office.port
            enrolled(folder, office)
            async with courier(folder, socket), terminal(socket) as end:
                await end.hello()
                await end.says(Deliver(2, records(1)))
                await end.hears(re=2)
                await asyncio.to_thread(office.goes_away)
                await end.says(Deliver(3, records(2)[1:]))
                await end.hears(tell="network", up=False)
                with BackOffice(tmp_path, office.ca, port) as again:
                    again.book = office.book
                    await end.hears(re=3)
                    polled = next(at for at, path in again.requests if path == "/v1/feed")
                    sent = next(at for at, path in again.requests if path == "/v1/records")
                    assert sent - polled >= 1.9

    asyncio.run(run())


def test_a_terminal_that_goes_and_comes_delivers_the_same_again(tmp_path: Path) -> None:
    async def run(office: BackOffice) -> None:
        office.trouble = lambda path, one: None if "records" in path else one
        socket = tmp_path / "s"
        async with courier(enrolled(tmp_path / "state", office), socket):
            async with terminal(socket) as end:
                await end.hello()
                await end.says(Deliver(2, records(2)))
                await until(lambda: office.book.acked == 2)
            office.trouble = lambda _, one: one
            async with terminal(socket) as end:
                await asyncio.sleep(0.1)
                await end.hello()
                await end.says(Deliver(9, records(2)))
                answer = await end.hears(re=9)
        assert [one["verdict"] for one in answer["verdicts"]] == ["known", "known"]
        assert office.book.acked == 2

    with BackOffice(tmp_path) as office:
        asyncio.run(run(office))
