"""Waiting for a missing node: prompt where the folder tells, patient where it does not."""

import threading
import time
from pathlib import Path

import pytest

from drivers import hotplug
from drivers.hotplug import Bell, NodeWatch, wait


def test_node_that_appears_ends_the_wait_at_once(tmp_path: Path) -> None:
    bell = Bell()
    with NodeWatch(tmp_path / "by-id" / "scanner") as watch:  # the folder is not there either
        threading.Timer(0.05, (tmp_path / "by-id").mkdir).start()
        start = time.monotonic()
        assert watch.wait(bell, 5)
        assert time.monotonic() - start < 1
    bell.close()


def test_a_folder_made_just_before_it_was_watched_is_watched_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Udev makes folder and link within a moment: the folder's own news came too early for us."""
    bell, node = Bell(), tmp_path / "by-id" / "scanner"
    watching = hotplug._inotify

    def late(folder: Path) -> int:
        node.parent.mkdir(exist_ok=True)
        return watching(folder)

    monkeypatch.setattr(hotplug, "_inotify", late)
    with NodeWatch(node) as watch:
        node.touch()
        start = time.monotonic()
        assert watch.wait(bell, 5)
        assert time.monotonic() - start < 1
    bell.close()


def test_permissions_that_come_late_end_the_wait(tmp_path: Path) -> None:
    bell, node = Bell(), tmp_path / "event7"
    node.touch()
    with NodeWatch(node) as watch:
        threading.Timer(0.05, node.chmod, (0o640,)).start()
        assert watch.wait(bell, 5)
    bell.close()


def test_bell_ends_the_wait(tmp_path: Path) -> None:
    bell = Bell()
    with NodeWatch(tmp_path / "event7") as watch:
        threading.Timer(0.05, bell.ring).start()
        assert not watch.wait(bell, 5)
        assert not watch.wait(bell, 5)  # once rung, it stays rung
    bell.close()


def test_without_news_it_is_worth_another_try_after_a_while(tmp_path: Path) -> None:
    bell = Bell()
    with NodeWatch(tmp_path / "event7") as watch:
        assert watch.wait(bell, 0.05)
    bell.close()


def test_noisy_folder_does_not_make_it_spin(tmp_path: Path) -> None:
    bell, stop = Bell(), threading.Event()

    def noise() -> None:
        while not stop.wait(0.001):
            (tmp_path / "other").touch()

    thread = threading.Thread(target=noise)
    thread.start()
    tries, end = 0, time.monotonic() + 0.3
    with NodeWatch(tmp_path / "event7") as watch:
        while time.monotonic() < end:
            watch.wait(bell, 5)
            tries += 1
    stop.set()
    thread.join()
    bell.close()
    assert tries <= 7


@pytest.mark.parametrize("seconds", [0.0, 0.02])
def test_silence_is_neither_the_bell_nor_news(seconds: float) -> None:
    bell = Bell()
    assert wait(bell, seconds) == (False, [])
    bell.close()
