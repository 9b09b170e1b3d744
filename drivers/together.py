"""Several devices that do the same, as one: the one that was named, and whatever joins it.

udev gives each device of the kind a link in one folder; what appears there is opened beside the
first. Nothing is compared: each has its own decoder, and two scans are two acts of a hand.
"""

import contextlib
import os
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from drivers.device import InputDevice, Post
from drivers.hotplug import RESCAN, Bell, NodeWatch, wait
from drivers.values import DeviceLost, DeviceReady, DeviceValue

Make = Callable[[Path], InputDevice | None]


class Together:
    """An InputDevice with the first one's name. `make` makes a device of the folder's link, or None
    where the link is none of ours; the nodes that `leave` leads to belong to something else.

    DeviceReady: all that have been seen are read. DeviceLost with `left`: so many are, and at least
    one is not.
    """

    def __init__(
        self, first: InputDevice, folder: Path, make: Make, leave: Iterable[str] = ()
    ) -> None:
        self._first, self._folder, self._make = first, folder, make
        self._leave = {os.path.realpath(one) for one in leave if one}
        self._bell = Bell()  # to end
        self._word, self._gone = Bell(), Bell()  # somebody came or went; one that was read went
        self._lock = threading.Lock()  # members speak from threads of their own
        self._heard: dict[InputDevice, DeviceReady | DeviceLost] = {}  # each one's last word
        self._members: dict[str, InputDevice] = {}  # by node, those beside the first
        self._failed: set[str] = set()  # nodes, at the last look
        self._unread: dict[str, str] = {}  # nodes that are there and cannot be opened, and why
        self._most = 0  # that were read at once
        self._why = ""  # the last one went
        self._looked = False  # before the first look nothing is missed
        self._said: DeviceReady | DeviceLost | None = None
        self._thread: threading.Thread | None = None
        self._closed = False

    @property
    def name(self) -> str:
        return self._first.name

    def start(self, post: Post) -> None:
        self._thread = threading.Thread(
            target=self._tend, args=(post,), name=f"device-{self.name}", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        self._bell.ring()
        if self._thread is not None:
            self._thread.join()
        for one in (self._first, *self._members.values()):
            one.close()
        for bell in (self._bell, self._word, self._gone):
            bell.close()

    def _tend(self, post: Post) -> None:
        going_on = self._begin(self._first, post)  # it has the first choice of nodes
        while going_on:
            with NodeWatch(self._folder / "link") as watch:
                unread = self._look(post)
                going_on = watch.wait(self._bell, RESCAN if unread else None, self._gone)

    def _look(self, post: Post) -> bool:
        """Let go of what went, open what came; whether something there could not be opened."""
        self._gone.hush()
        self._let_go()
        unread: dict[str, str] = {}
        for link in self._links():
            node = os.path.realpath(link)
            if node in self._leave or node in self._read_already():
                continue
            device = self._make(link)
            if device is None:
                continue
            self._members[node] = device
            if not self._begin(device, post):
                return False
            word = self._heard[device]
            if isinstance(word, DeviceLost):
                unread[node] = word.detail
        with self._lock:
            # the first one may be opening it just now: told where it cannot be opened twice running
            self._unread = {node: why for node, why in unread.items() if node in self._failed}
            self._failed, self._looked = set(unread), True
            self._tell(post)
        return bool(unread)

    def _links(self) -> list[Path]:
        with contextlib.suppress(OSError):  # without a device there is no folder
            return sorted(self._folder.iterdir())
        return []

    def _read_already(self) -> set[str]:
        with self._lock:
            return {node for one in self._ready() for node in one.nodes}

    def _ready(self) -> list[DeviceReady]:
        return [one for one in self._heard.values() if isinstance(one, DeviceReady)]

    def _let_go(self) -> None:
        """Of those that are gone or could not be opened: their nodes may be others' by now."""
        for node, one in tuple(self._members.items()):
            with self._lock:
                lost = isinstance(self._heard[one], DeviceLost)
                if lost:  # should it come back this very moment, nobody is told before it is ours
                    del self._members[node], self._heard[one]
            if lost:
                one.close()

    def _begin(self, device: InputDevice, post: Post) -> bool:
        """Until it has said whether it could be opened; False where we are to end instead."""
        device.start(lambda value: self._hear(device, value, post))
        while device not in self._heard:
            if wait(self._bell, None, self._word.fileno())[0]:
                return False
            self._word.hush()
        return True

    def _hear(self, device: InputDevice, value: DeviceValue, post: Post) -> None:
        if not isinstance(value, DeviceReady | DeviceLost):
            post(value)
            return
        with self._lock:
            if device not in (self._first, *self._members.values()):
                return
            before = self._heard.get(device)
            self._heard[device] = value
            if isinstance(value, DeviceLost):
                self._why = value.detail
            else:
                self._unread = {k: v for k, v in self._unread.items() if k not in value.nodes}
            self._tell(post)
        self._word.ring()
        if isinstance(before, DeviceReady):
            self._gone.ring()

    def _tell(self, post: Post) -> None:
        """How all of them are, where that is news. Under the lock: words keep their order."""
        ready = self._ready()
        self._most = max(self._most, len(ready))
        said: DeviceReady | DeviceLost
        if not ready or self._unread or len(ready) < self._most:
            why = "; ".join(self._unread.values()) or self._why
            said = DeviceLost(self.name, why, len(ready))
        else:
            nodes = tuple(node for one in ready for node in one.nodes)
            said = DeviceReady(self.name, " + ".join(one.detail for one in ready), nodes)
        if said != self._said and (self._looked or isinstance(said, DeviceReady)):
            self._said = said
            post(said)
