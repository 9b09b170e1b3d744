"""Downstream: the feed in order, one piece at a time; look-ups within their time."""

import asyncio
import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from terminal.courier import link, patience, protocol
from terminal.courier.protocol import LookUp, Took
from tests.courier.terminal_end import TERMINAL, courier, enrolled, terminal
from tests.fakes.back_office import Answer, BackOffice, js


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "BASE_S", 0.05)
    monkeypatch.setattr(patience, "CAP_S", 0.2)
    monkeypatch.setattr(link, "SPREAD_S", 0.0)


def page(*cursors: int, after: int) -> Answer:
    items = [{"cursor": one, "what": "numbers", "body": {"after": one}} for one in cursors]
    return js({"items": items, "next": after})


def test_the_feed_comes_in_pieces_and_only_after_the_one_before_was_taken(tmp_path: Path) -> None:
    async def run(office: BackOffice) -> None:
        office.tells(*[("numbers", {"after": at}) for at in range(250)])
        socket = tmp_path / "s"
        async with courier(enrolled(tmp_path / "state", office), socket), terminal(socket) as end:
            await end.hello(cursor=10)
            first = await end.hears(tell="feed")
            assert [one["cursor"] for one in first["items"]] == list(range(11, 111))
            with pytest.raises(TimeoutError):
                await end.hears(0.2, tell="feed")
            await end.says(Took(first["next"]))
            second = await end.hears(tell="feed")
            await end.says(Took(second["next"]))
            third = await end.hears(tell="feed")
            assert (second["next"], third["next"]) == (210, 250)

    with BackOffice(tmp_path) as office:
        asyncio.run(run(office))


def test_it_says_that_it_lives_while_a_terminal_takes_its_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that waits for a cashier to finish stops the feed, and not this."""
    monkeypatch.setattr(protocol, "BEAT_S", 0.02)

    async def run(office: BackOffice) -> None:
        office.tells(("numbers", {"after": 1}))
        socket = tmp_path / "s"
        async with courier(enrolled(tmp_path / "state", office), socket), terminal(socket) as end:
            await end.hello()
            await end.hears(tell="feed")  # and nothing is taken
            for _ in range(5):
                assert (await end.hears(tell="network"))["up"] is True

    with BackOffice(tmp_path) as office:
        asyncio.run(run(office))


def test_large_items_make_small_pieces(tmp_path: Path) -> None:
    async def run(office: BackOffice) -> None:
        office.tells(*[("policy", {"text": "条" * 100_000})] * 4)
        socket = tmp_path / "s"
        async with courier(enrolled(tmp_path / "state", office), socket), terminal(socket) as end:
            await end.hello()
            assert len((await end.hears(tell="feed"))["items"]) == 1

    with BackOffice(tmp_path) as office:
        asyncio.run(run(office))


LIES: dict[str, Callable[[int], Answer | None]] = {
    "a cursor from before": lambda after: page(after, after + 1, after=after + 1),
    "cursors that shrink": lambda after: page(after + 2, after + 1, after=after + 2),
    "next before its items": lambda after: page(after + 5, after=after + 1),
    "next before what was asked": lambda after: page(after=after - 1),
    "cursors as text": lambda after: js({"items": [{"cursor": "7", "what": "x", "body": 1}]}),
    "html": lambda _: (200, {"Content-Type": "text/html"}, b"<html>"),
    "hung up": lambda _: None,
}


@pytest.mark.parametrize("name", LIES)
def test_such_a_page_is_never_handed_on(tmp_path: Path, name: str) -> None:
    async def run(office: BackOffice) -> None:
        lies = iter((LIES[name],) * 2)

        def trouble(path: str, honest: Answer) -> Answer | None:
            lie = next(lies, None) if path == "/v1/feed" else None
            return lie(3) if lie else honest

        office.trouble = trouble
        office.tells(*[("numbers", {"after": at}) for at in range(5)])
        socket = tmp_path / "s"
        async with courier(enrolled(tmp_path / "state", office), socket), terminal(socket) as end:
            await end.hello(cursor=3)
            told = await end.hears(tell="feed")
        assert [one["cursor"] for one in told["items"]] == [4, 5]
        assert office.count("/v1/feed") >= 3

    with BackOffice(tmp_path) as office:
        asyncio.run(run(office))


def test_a_server_that_does_not_wait_is_not_asked_without_end(tmp_path: Path) -> None:
    async def run(office: BackOffice) -> None:
        office.trouble = lambda path, one: (204, {}, b"") if path == "/v1/feed" else one
        socket = tmp_path / "s"
        async with courier(enrolled(tmp_path / "state", office), socket), terminal(socket) as end:
            office.tells(("numbers", {}))
            await end.hello()
            with pytest.raises(TimeoutError):
                await end.hears(2.5, tell="feed")
        assert 2 <= office.count("/v1/feed") <= 4

    with BackOffice(tmp_path) as office:
        asyncio.run(run(office))


def test_a_look_up_asks_what_the_terminal_asks(tmp_path: Path) -> None:
    async def run(office: BackOffice) -> None:
        office.found = [{"sale": {}, "sale_id": "1", "returned": {}}]
        socket = tmp_path / "s"
        async with courier(enrolled(tmp_path / "state", office), socket), terminal(socket) as end:
            await end.hello()
            await end.says(LookUp(5, {"receipt_no": "0571"}, 5000))
            assert (await end.hears(re=5))["sales"] == office.found
        assert office.queries == [{"receipt_no": "0571"}]

    with BackOffice(tmp_path) as office:
        asyncio.run(run(office))


def test_a_slow_office_is_offline_within_the_time(tmp_path: Path) -> None:
    async def run(office: BackOffice) -> None:
        def trouble(path: str, honest: Answer) -> Answer:
            if path == "/v1/look-up":
                time.sleep(1.5)
            return honest

        office.trouble = trouble
        socket = tmp_path / "s"
        async with courier(enrolled(tmp_path / "state", office), socket), terminal(socket) as end:
            await end.hello()
            await end.hears(tell="network", up=True)
            await end.says(LookUp(5, {}, 300))
            assert (await end.hears(1.2, re=5))["fault"] == "offline"

    with BackOffice(tmp_path) as office:
        asyncio.run(run(office))


@pytest.mark.parametrize(
    "lie", [{"sales": [{}] * 21, "return": None}, {"sales": [7], "return": None}, {"sales": {}}, []]
)
def test_a_lying_look_up_is_offline(tmp_path: Path, lie: object) -> None:
    async def run(office: BackOffice) -> None:
        answer = (200, {"Content-Type": "application/json"}, json.dumps(lie).encode())
        office.trouble = lambda path, one: answer if path == "/v1/look-up" else one
        socket = tmp_path / "s"
        async with courier(enrolled(tmp_path / "state", office), socket), terminal(socket) as end:
            await end.hello()
            await end.says(LookUp(5, {}, 3000))
            assert (await end.hears(re=5))["fault"] == "offline"

    with BackOffice(tmp_path) as office:
        asyncio.run(run(office))


def test_a_question_that_is_none_is_no_fault_of_the_network(tmp_path: Path) -> None:
    async def run(office: BackOffice) -> None:
        office.trouble = lambda path, one: js({}, 422) if path == "/v1/look-up" else one
        socket = tmp_path / "s"
        async with courier(enrolled(tmp_path / "state", office), socket), terminal(socket) as end:
            await end.hello()
            await end.hears(tell="network", up=True)
            await end.says(LookUp(5, {"receipt_no": "?"}, 3000))
            assert (await end.hears(re=5))["fault"] == "refused"
            with pytest.raises(TimeoutError):
                await end.hears(0.3, tell="network", up=False)

    with BackOffice(tmp_path) as office:
        asyncio.run(run(office))


def test_no_more_look_ups_than_a_few_at_once(tmp_path: Path) -> None:
    async def run(office: BackOffice) -> None:
        def trouble(path: str, honest: Answer) -> Answer:
            time.sleep(1 if path == "/v1/look-up" else 0)
            return honest

        office.trouble = trouble
        socket = tmp_path / "s"
        async with courier(enrolled(tmp_path / "state", office), socket), terminal(socket) as end:
            assert (await end.hello())["terminal"] == TERMINAL
            await end.hears(tell="network", up=True)
            for at in range(5, 10):
                await end.says(LookUp(at, {}, 3000))
            assert (await end.hears(re=9))["fault"] == "busy"
            assert (await end.hears(re=8)).get("fault", "") == ""

    with BackOffice(tmp_path) as office:
        asyncio.run(run(office))
