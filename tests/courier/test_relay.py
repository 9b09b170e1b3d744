"""The relay does what its ways say, seen from a client that asks an honest office."""

import socket
import ssl
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import IncompleteRead, RemoteDisconnected
from pathlib import Path

import pytest

from tests.fakes.back_office import BackOffice
from tests.fakes.relay import Relay, Way

GONE = (OSError, IncompleteRead, RemoteDisconnected, urllib.error.URLError)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[BackOffice]:
    with BackOffice(tmp_path) as found:
        yield found


@pytest.fixture
def relay(office: BackOffice) -> Iterator[Relay]:
    with Relay(office.port) as found:
        yield found


def asks(relay: Relay, office: BackOffice, seconds: float = 30.0) -> bytes:
    context = ssl.create_default_context(cadata=office.ca.pem)
    with urllib.request.urlopen(f"{relay.url}/v1/ca", timeout=seconds, context=context) as answer:
        return bytes(answer.read())


def test_open_it_changes_nothing(relay: Relay, office: BackOffice) -> None:
    assert asks(relay, office) == office.ca.pem.encode()


@pytest.mark.parametrize("after", [0, 1, 200])
def test_a_question_that_is_cut_is_never_asked(
    relay: Relay, office: BackOffice, after: int
) -> None:
    relay.goes(Way.CUT_QUESTIONS, after)
    with pytest.raises(GONE):
        asks(relay, office)
    assert office.requests == []


def test_an_answer_that_is_cut_was_asked_for(relay: Relay, office: BackOffice) -> None:
    relay.goes(Way.CUT_ANSWERS, 1)
    with pytest.raises(GONE):
        asks(relay, office)
    deadline = time.monotonic() + 30
    while not office.requests:
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.parametrize("way", [Way.SLOW, Way.SILENT])
def test_slow_and_silent_outlast_whoever_waits(relay: Relay, office: BackOffice, way: Way) -> None:
    relay.goes(way)
    with pytest.raises(GONE):
        asks(relay, office, seconds=0.5)
    assert len(office.requests) == (1 if way is Way.SLOW else 0)


def test_a_held_answer_comes_after_a_newer_one(relay: Relay, office: BackOffice) -> None:
    relay.goes(Way.HELD)
    came: list[str] = []

    def old() -> None:
        asks(relay, office, seconds=30)
        came.append("old")

    thread = threading.Thread(target=old)
    thread.start()
    deadline = time.monotonic() + 30
    while not office.requests:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    relay.goes(Way.OPEN)
    asks(relay, office)
    came.append("new")
    relay.let_go()
    thread.join()
    assert came == ["new", "old"]


def test_closed_nobody_is_there_and_who_was_is_cut_off(relay: Relay, office: BackOffice) -> None:
    relay.goes(Way.CLOSED)
    with pytest.raises(GONE):
        asks(relay, office)
    relay.goes(Way.OPEN)
    assert asks(relay, office) == office.ca.pem.encode()
    with socket.create_connection(("127.0.0.1", relay.port)) as there:
        there.sendall(b"hello?")
        relay.cut()
        there.settimeout(30)
        assert there.recv(1) == b""
