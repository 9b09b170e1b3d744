"""The lab's hand inside the unit: plays its USB devices and runs a root shell for the scenarios.

One JSON line asks, one answers. What the printer's plug hears goes to the lab's printer outside,
over a line of its own. Standard library only.
"""

import json
import os
import subprocess
import threading
import time
from pathlib import Path
from typing import Any

from tests.lab.guest.gadgets import Gadget, Reporter, SerialGun, SlipPrinter, Wedge
from tests.lab.guest.printer_line import PrinterLine

PORTS = Path("/dev/virtio-ports")


class Line:
    """A virtio port: it stays when the lab outside goes and comes back."""

    def __init__(self, name: str) -> None:
        path = PORTS / f"lab.{name}"
        while not path.exists():
            time.sleep(0.1)
        self._fd = os.open(path, os.O_RDWR)

    def read(self) -> bytes:
        while not (data := os.read(self._fd, 65536)):
            time.sleep(0.05)  # nobody outside
        return data

    def write(self, data: bytes) -> None:
        while data:
            data = data[os.write(self._fd, data) :]


class Hand:
    """What a scenario may ask for, by name."""

    def __init__(self) -> None:
        self.wedge = Wedge("gun", 0)
        self.serial = SerialGun("cdc", 1)
        self.handheld = SerialGun("handheld", 1, 0x2C7C, 0x0001)  # Quectel's numbers
        self.slips = SlipPrinter("slips", 2)
        self.second = Wedge("second", 3, 0x05E0, 0x1200)
        self.keyboard = Wedge("keyboard", 3, 0x1A2C, 0x0E24)  # of no scanner's maker
        self._relay = Line("printer")
        self._printer: PrinterLine | None = None

    def plug(self, name: str) -> None:
        gadget: Gadget = getattr(self, name)
        gadget.plug()
        if name == "slips":
            self._take_printer()

    def unplug(self, name: str) -> None:
        gadget: Gadget = getattr(self, name)
        if name == "slips" and self._printer is not None:
            self._printer.let_go()
        gadget.unplug()

    def move(self, name: str, socket: int) -> None:
        gadget: Gadget = getattr(self, name)
        gadget.move(socket)

    def make_reporter(self, descriptor: str) -> None:
        """The HID-POS scanner `reporter`; in hexadecimal, as its reports are."""
        self.reporter = Reporter("pos", 1, bytes.fromhex(descriptor))

    def report(self, reports: list[str]) -> None:
        self.reporter.send([bytes.fromhex(one) for one in reports])

    def scan(self, by: str, text: str) -> bool:
        if by == "serial":
            self.serial.send(f"{text}\r".encode())
            return True
        gun: Wedge = getattr(self, by)
        return gun.type(f"{gun.prefix}{text}\r")

    def configure(self, name: str, prefix: str) -> None:
        """By the codes of its manual: it types `prefix` before each scan."""
        gun: Wedge = getattr(self, name)
        gun.prefix = prefix

    def heard(self, name: str) -> str:
        """What a serial scanner was told; in hexadecimal."""
        gun: SerialGun = getattr(self, name)
        return gun.listen().hex()

    def chord(self, by: str, modifiers: int, key: int) -> bool:
        """Keys down together, then up; by their numbers on the USB."""
        keyboard: Wedge = getattr(self, by)
        return keyboard.send([bytes((modifiers, 0, key, 0, 0, 0, 0, 0)), bytes(8)])

    def stall(self, on: bool) -> None:
        if self._printer is not None:
            self._printer.stalled = on

    def stall_after(self, count: int) -> None:
        """The printer takes so many bytes more, and then none."""
        if self._printer is not None:
            self._printer.stalls_at = self._printer.taken + count

    def sh(self, command: str, seconds: float = 170.0) -> dict[str, Any]:
        done = subprocess.run(
            ("/bin/sh", "-c", command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=seconds,
            check=False,
        )
        return {"rc": done.returncode, "out": done.stdout.decode(errors="replace")}

    def _take_printer(self) -> None:
        end = time.monotonic() + 10
        while True:
            try:
                if self._printer is None:
                    self._printer = PrinterLine(self._outside)
                    threading.Thread(target=self._inside, daemon=True).start()
                else:
                    self._printer.take()
            except OSError:  # its node is not there yet
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)
            else:
                return

    def _outside(self, data: bytes) -> bytes:
        self._relay.write(data)
        return b""

    def _inside(self) -> None:
        while True:
            data = self._relay.read()
            if self._printer is not None:
                self._printer.say(data)


def main() -> None:
    hand, line = Hand(), Line("agent")
    for name in ("wedge", "slips"):
        hand.plug(name)
    heard = b""
    while True:
        heard += line.read()
        while b"\n" in heard:
            asked, _, heard = heard.partition(b"\n")
            line.write(json.dumps(_answer(hand, json.loads(asked))).encode() + b"\n")


def _answer(hand: Hand, asked: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"ok": getattr(hand, asked["do"])(*asked["with"])}
    except Exception as fault:  # noqa: BLE001 - it is told outside, where the scenario fails
        return {"fault": repr(fault)}


if __name__ == "__main__":
    main()
