"""A scanner that sends whole reports (HID point of sale, usage page 0x8C) over hidraw.

The kernel keeps 63 reports and drops the newest after them, without a word. So a queue found full
is taken for one that overflowed: what was whole is handed on, what follows is not trusted until it
ends.
"""

import errno
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from drivers.hid_pos import HidPosDecoder, Layout, layouts_of
from drivers.hid_pos_vendors import Maker, maker_of
from drivers.hidraw_nodes import DEV, HidNode, open_hidraw
from drivers.input_nodes import NodeMatch
from drivers.profile import Framing
from drivers.tending import Tended
from drivers.values import DeviceValue, ScanFault

RING = 63  # reports
_REPORT_MAX = 4096


class HidPosScanner(Tended):
    """An InputDevice. `match` says which scanner; None takes the first one that is there."""

    def __init__(
        self,
        name: str,
        match: NodeMatch | None,
        framing: Framing | None = None,
        *,
        open_with: Callable[[NodeMatch | None], HidNode] = open_hidraw,
    ) -> None:
        rule = framing or Framing()
        watched = Path(match.path) if match is not None and match.path else DEV / "hidraw"
        super().__init__(name, lambda: HidPosLink(name, open_with(match), rule), watched)


class HidPosLink:
    """A drivers.tending.Link over a node; closes it. OSError when it brings no codes or is gone."""

    def __init__(self, name: str, node: HidNode, framing: Framing) -> None:
        self._node = node
        self.nodes = (os.path.realpath(node.path),)
        self._gap = framing.gap
        try:
            maker = maker_of(node.vendor)
            self._decoder = HidPosDecoder(name, framing, _layouts(node, maker))
            self.detail = f"{node.path} {maker.name}".rstrip() + self._enable(maker.enable)
        except OSError:
            node.close()
            raise

    @property
    def patience(self) -> float | None:
        return self._gap if self._decoder.waiting else None

    def fileno(self) -> int:
        return self._node.fileno()

    def read(self) -> Sequence[DeviceValue]:
        reports = self._drain()
        out = [value for report in reports for value in self._decoder.feed(report)]
        if len(reports) >= RING:
            out += self._decoder.spoil(ScanFault.OVERRUN)
        return out

    def pause(self) -> Sequence[DeviceValue]:
        return self._decoder.pause()

    def close(self) -> None:
        self._node.close()

    def _drain(self) -> list[bytes]:
        """All reports there are. Those that came before the scanner was pulled still count: the
        kernel gives them first, and its EIO with the next read.
        """
        reports: list[bytes] = []
        while len(reports) <= RING:
            try:
                report = os.read(self._node.fileno(), _REPORT_MAX)
            except BlockingIOError:
                break
            except OSError:
                if reports:
                    break  # said at the next read, which finds nothing else
                raise
            if not report:
                if reports:
                    break
                raise OSError(errno.EIO, "the scanner is gone")
            reports.append(report)
        return reports

    def _enable(self, report: bytes) -> str:
        """Switches the reports on; what could not be done is for the engineer's log."""
        if not report:
            return ""
        try:
            self._node.set_feature(report)
        except OSError as fault:
            return f" (not switched to HID-POS: {fault.strerror})"  # it may be on already
        return ""


def _layouts(node: HidNode, maker: Maker) -> dict[int, Layout]:
    found = layouts_of(node.descriptor, maker.layouts)
    if not found:
        raise OSError(errno.EINVAL, "not a HID-POS scanner of a known kind", node.path)
    return found
