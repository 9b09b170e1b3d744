"""QEMU's own control line: keys of the keypad, pictures of the screen, the end of the power."""

import json
import socket
import time
from pathlib import Path
from typing import Any


class QmpFault(RuntimeError):  # noqa: N818 - the house says Fault for what is caught
    """QEMU refused a command; the text is its own."""


class Qmp:
    """One connection; commands one after the other."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._line.settimeout(240)
        self._file = self._line.makefile("r", encoding="utf-8")
        self._file.readline()  # its greeting
        self.run("qmp_capabilities")

    def run(self, command: str, **arguments: Any) -> Any:
        """The command's answer. QmpFault, or OSError when the machine is gone."""
        asked = {"execute": command, "arguments": arguments}
        self._line.sendall(json.dumps(asked).encode())
        for text in self._file:
            said = json.loads(text)
            if "return" in said:
                return said["return"]
            if "error" in said:
                raise QmpFault(f"{command}: {said['error']['desc']}")
        raise ConnectionResetError(f"{command}: the machine is gone")

    def human(self, line: str) -> str:
        """A command of the human monitor, which says its faults as text."""
        return str(self.run("human-monitor-command", **{"command-line": line}))

    def press(self, key: str, *, hold: float = 0.06) -> None:
        """One key of the keypad, by QEMU's name: `1`, `ret`, `esc`, `f2`, `kp_5`."""
        for down in (True, False):
            event = {"down": down, "key": {"type": "qcode", "data": key}}
            self.run("input-send-event", events=[{"type": "key", "data": event}])
            time.sleep(hold)

    def picture(self, path: Path) -> Path:
        """What the screen shows now, as a PPM: to pack it would cost the machine its time."""
        self.run("screendump", filename=str(path), format="ppm")
        return path

    def close(self) -> None:
        self._file.close()
        self._line.close()
