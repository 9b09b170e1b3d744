"""The open nodes of one keyboard-like unit: a reader that only drains.

The kernel keeps 64 events a node, ten characters of a fast scanner, and drops all of them when they
are not fetched in time. So everything is fetched first and decoded afterwards.
"""

import errno
import os
import select
from collections.abc import Callable, Sequence

from drivers.input_events import EVENT, KeyDecoder, unpack
from drivers.input_nodes import Node
from drivers.values import DeviceValue

_RING = 64 * EVENT.size
_MOST_READS = 64  # of one node in a row: a device gone mad must not keep us from being closed


class InputLink:
    """A drivers.tending.Link over nodes; each has its own decoder. Closes the nodes."""

    def __init__(self, nodes: Sequence[Node], decoder_for: Callable[[Node], KeyDecoder]) -> None:
        self._nodes = nodes
        self._epoll = select.epoll()
        self.nodes = tuple(os.path.realpath(node.path) for node in nodes)
        self.detail = " ".join(node.path for node in nodes)
        try:
            self._decoders = {node.fileno(): decoder_for(node) for node in nodes}
            for node in nodes:
                self._epoll.register(node.fileno(), select.EPOLLIN)
        except OSError:
            self.close()
            raise

    @property
    def patience(self) -> float | None:
        waits = [decoder.patience for decoder in self._decoders.values()]
        return min((wait for wait in waits if wait is not None), default=None)

    def fileno(self) -> int:
        return self._epoll.fileno()

    def read(self) -> Sequence[DeviceValue]:
        fetched = [(fd, _drain(fd)) for fd, _ in self._epoll.poll(0)]
        return [value for fd, data in fetched for value in self._decoders[fd].feed(unpack(data))]

    def pause(self) -> Sequence[DeviceValue]:
        return [value for decoder in self._decoders.values() for value in decoder.pause()]

    def close(self) -> None:
        self._epoll.close()
        for node in self._nodes:
            node.close()


def _drain(fd: int) -> bytes:
    """All events there are. OSError when the device is gone (ENODEV from the kernel)."""
    data = b""
    for _ in range(_MOST_READS):
        try:
            more = os.read(fd, _RING)
        except BlockingIOError:
            break
        if not more:
            raise OSError(errno.ENODEV, "the input device is gone")
        data += more
    return data
