"""The one thread that decides: in order, woken by values and timers, asleep for the rest."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from terminal.loop import Loop, Mailbox
from terminal.notify import feed_watchdog

SOON = 0.02


class Heard:
    """What a loop was given, in order; the value "end" stops it."""

    def __init__(self) -> None:
        self.values: list[str] = []
        self.loop: Loop[str] = Loop(self.hear)

    def hear(self, value: str) -> None:
        self.values.append(value)
        if value == "end":
            self.loop.stop()

    def run(self) -> None:
        """Not for ever: a loop that does not end ends the test, not the suite."""
        self.loop.at("too long", time.monotonic() + 5, self._too_long)
        self.loop.run()

    def _too_long(self) -> None:
        self.loop.stop()
        self.values.append("did not end")


@pytest.fixture(name="heard")
def _heard() -> Iterator[Heard]:
    heard = Heard()
    yield heard
    heard.loop.mailbox.close()


@contextmanager
def _signals_as_before() -> Iterator[None]:
    before = {one: signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def test_a_mailbox_gives_what_came_in_order_and_once() -> None:
    mailbox: Mailbox[int] = Mailbox()
    for one in range(100):
        mailbox.post(one)
    assert mailbox.drain() == list(range(100))
    assert mailbox.drain() == []
    mailbox.close()


def test_a_mailbox_loses_nothing_of_several_threads_and_keeps_each_ones_order() -> None:
    mailbox: Mailbox[tuple[int, int]] = Mailbox()

    def work(number: int) -> None:
        for one in range(200):
            mailbox.post((number, one))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for one in threads:
        one.start()
    found: list[tuple[int, int]] = []
    while len(found) < 800 and any(one.is_alive() for one in threads):
        found += mailbox.drain()
    for one in threads:
        one.join()
    found += mailbox.drain()
    for number in range(4):
        assert [at for who, at in found if who == number] == list(range(200))
    mailbox.close()


def test_values_are_handled_in_the_order_in_which_they_came(heard: Heard) -> None:
    for one in ("a", "b", "c", "end"):
        heard.loop.mailbox.post(one)
    heard.run()
    assert heard.values == ["a", "b", "c", "end"]


def test_nothing_is_handled_after_the_stop(heard: Heard) -> None:
    for one in ("a", "end", "b"):
        heard.loop.mailbox.post(one)
    heard.run()
    assert heard.values == ["a", "end"]


def test_a_value_posted_by_another_thread_wakes_the_loop(heard: Heard) -> None:
    later = threading.Timer(SOON, heard.loop.mailbox.post, ["end"])
    later.start()
    heard.run()
    later.join()
    assert heard.values == ["end"]


def test_a_value_posted_while_one_is_handled_comes_next() -> None:
    said: list[int] = []

    def handle(value: int) -> None:
        said.append(value)
        if value < 3:
            loop.mailbox.post(value + 1)
        else:
            loop.stop()

    loop: Loop[int] = Loop(handle)
    loop.mailbox.post(0)
    loop.run()
    loop.mailbox.close()
    assert said == [0, 1, 2, 3]


def test_a_timer_comes_when_due_and_again_when_it_says(heard: Heard) -> None:
    fired: list[float] = []

    def tick() -> float:
        fired.append(time.monotonic())
        if len(fired) == 3:
            heard.loop.stop()
        return fired[-1] + SOON

    start = time.monotonic()
    heard.loop.at("tick", start + SOON, tick)
    heard.run()
    assert len(fired) == 3
    assert all(one >= start + SOON * at for at, one in enumerate(fired, start=1)), "never early"


def test_a_timer_that_names_no_next_time_ends(heard: Heard) -> None:
    fired: list[str] = []

    def once() -> None:
        fired.append("once")

    heard.loop.at("once", time.monotonic(), once)
    heard.loop.at("end", time.monotonic() + 3 * SOON, heard.loop.stop)
    heard.run()
    assert fired == ["once"]


def test_a_timer_set_again_under_its_name_is_moved_not_doubled(heard: Heard) -> None:
    fired: list[str] = []
    heard.loop.at("one", time.monotonic(), lambda: fired.append("early"))
    heard.loop.at("one", time.monotonic() + SOON, lambda: fired.append("late"))
    heard.loop.at("end", time.monotonic() + 3 * SOON, heard.loop.stop)
    heard.run()
    assert fired == ["late"]


def test_timers_that_are_due_do_not_starve_values(heard: Heard) -> None:
    heard.loop.at("always", 0.0, lambda: 0.0)
    heard.loop.mailbox.post("a")
    later = threading.Timer(SOON, heard.loop.mailbox.post, ["end"])
    later.start()
    heard.run()
    later.join()
    assert heard.values == ["a", "end"]


def test_values_do_not_starve_timers() -> None:
    fired: list[str] = []

    def again(value: str) -> None:
        if not fired:
            loop.mailbox.post(value)
        else:
            loop.stop()

    def fire() -> None:
        fired.append("timer")

    loop: Loop[str] = Loop(again)
    loop.mailbox.post("busy")
    loop.at("one", time.monotonic() + SOON, fire)
    loop.run()
    loop.mailbox.close()
    assert fired == ["timer"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_loop_in_order(heard: Heard, number: signal.Signals) -> None:
    with _signals_as_before():
        heard.loop.stop_on_signals()
        later = threading.Timer(SOON, os.kill, [os.getpid(), number])
        later.start()
        start = time.monotonic()
        heard.run()
        later.join()
    assert heard.values == []
    assert time.monotonic() - start < 1


def test_a_signal_before_the_loop_runs_is_not_lost(heard: Heard) -> None:
    with _signals_as_before():
        heard.loop.stop_on_signals()
        os.kill(os.getpid(), signal.SIGTERM)
        heard.run()
    assert heard.values == []


def test_another_thread_ends_the_loop(heard: Heard) -> None:
    later = threading.Timer(SOON, heard.loop.stop)
    later.start()
    start = time.monotonic()
    heard.run()
    later.join()
    assert heard.values == []
    assert time.monotonic() - start < 1


def test_an_idle_loop_does_not_wake(heard: Heard) -> None:
    """One wake-up, and that is the timer which ends it."""
    heard.loop.at("clock", time.monotonic() + 60, lambda: None)
    heard.loop.at("end", time.monotonic() + 0.3, heard.loop.stop)
    before = time.process_time()
    heard.run()
    assert heard.loop.wakeups <= 2, "epoll may round a timer down once"
    assert time.process_time() - before < 0.1


def test_many_values_at_once_are_one_wake_up(heard: Heard) -> None:
    for _ in range(50):
        heard.loop.mailbox.post("a")
    heard.loop.mailbox.post("end")
    heard.run()
    assert heard.loop.wakeups == 1


def test_a_service_manager_that_hears_nothing_stops_no_till(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "nobody"))
    before = time.monotonic()
    assert feed_watchdog(3.0) >= before + 3.0
