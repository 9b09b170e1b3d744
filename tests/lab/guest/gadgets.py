"""USB devices that this machine plays to itself: configfs gadgets on dummy_hcd's sockets.

Each has a socket of its own, so each can be pulled out alone. Written for the guest: Python's
standard library only.
"""

import contextlib
import os
import select
import time
import tty
from pathlib import Path

CONFIGFS = Path("/sys/kernel/config/usb_gadget")
KEYBOARD = bytes.fromhex(
    "05010906a101050719e029e71500250175019508810295017508810395057501050819012905910295017503"
    "910395067508150025650507190029658100c0"
)
_NO_ROOM = 5.0  # s; nobody fetches what the gadget says
_PLAIN = dict(zip("abcdefghijklmnopqrstuvwxyz1234567890", range(4, 40), strict=True)) | {
    **dict(zip("\r\x1b\b\t -=[]\\", range(40, 50), strict=True)),
    **dict(zip(";'`,./", range(51, 57), strict=True)),
}
_SHIFTED = dict(zip('!@#$%^&*()_+{}|:"~<>?', "1234567890-=[]\\;'`,./", strict=True))
_CTRL, _SHIFT = 0x01, 0x02


class Gadget:
    """One USB device. `socket` is the number of dummy_hcd's socket it is put into."""

    def __init__(self, name: str, socket: int, vendor: int, product: int, function: str) -> None:
        self.name = name
        self._udc = f"dummy_udc.{socket}"
        self._home = CONFIGFS / name
        self.function = self._home / "functions" / function
        self._home.mkdir()
        self.function.mkdir(parents=True)
        (self._home / "configs" / "c.1").mkdir(exist_ok=True)
        self._say(self._home / "idVendor", f"{vendor:#06x}")
        self._say(self._home / "idProduct", f"{product:#06x}")
        words = self._home / "strings" / "0x409"
        words.mkdir(exist_ok=True)
        self._say(words / "manufacturer", "LAB")
        self._say(words / "product", f"LAB {name}")
        self._say(words / "serialnumber", name.upper())

    @staticmethod
    def _say(path: Path, words: str | bytes) -> None:
        path.write_bytes(words if isinstance(words, bytes) else words.encode())

    def plug(self) -> None:
        link = self._home / "configs" / "c.1" / self.function.name
        if not link.exists():
            link.symlink_to(self.function)
        self._say(self._home / "UDC", self._udc)

    def unplug(self) -> None:
        with contextlib.suppress(OSError):  # it was not in
            self._say(self._home / "UDC", "\n")

    def move(self, socket: int) -> None:
        """Into another socket; plug it in afterwards."""
        self.unplug()
        self._udc = f"dummy_udc.{socket}"

    def close(self) -> None:
        self.unplug()
        c1 = self._home / "configs" / "c.1"
        (c1 / self.function.name).unlink(missing_ok=True)
        c1.rmdir()
        self.function.rmdir()
        (self._home / "strings" / "0x409").rmdir()
        self._home.rmdir()


class Wedge(Gadget):
    """A scanner (or keypad) that types: a boot keyboard."""

    def __init__(self, name: str, socket: int, vendor: int = 0x0C2E, product: int = 0x0901) -> None:
        super().__init__(name, socket, vendor, product, f"hid.{name}")
        self.prefix = ""  # it is set to send before each code
        self._say(self.function / "protocol", "1")
        self._say(self.function / "subclass", "1")
        self._say(self.function / "report_length", "8")
        self._say(self.function / "report_desc", KEYBOARD)

    def type(self, text: str, *, gap: float = 0.0) -> bool:
        """Whether somebody has fetched it. ESC and backspace are keys, too."""
        return self.send(reports(text), gap=gap)

    def send(self, sequence: list[bytes], *, gap: float = 0.0) -> bool:
        minor = int((self.function / "dev").read_text().split(":")[1])
        fd = os.open(f"/dev/hidg{minor}", os.O_RDWR | os.O_NONBLOCK)
        try:
            return all(self._send(fd, report, gap) for report in sequence)
        finally:
            os.close(fd)

    @staticmethod
    def _send(fd: int, report: bytes, gap: float) -> bool:
        poll = select.poll()
        poll.register(fd, select.POLLOUT)
        if not poll.poll(_NO_ROOM * 1000):
            return False
        try:
            os.write(fd, report)
        except OSError:  # pulled out, or nobody listens
            return False
        if gap:
            time.sleep(gap)
        return True


def reports(text: str) -> list[bytes]:
    """Each character as a report with the key down and one with it up."""
    out = []
    for char in text:
        if char == "\x1d":
            modifier, key = _CTRL, _PLAIN["]"]
        elif char in _PLAIN:
            modifier, key = 0, _PLAIN[char]
        elif char in _SHIFTED:
            modifier, key = _SHIFT, _PLAIN[_SHIFTED[char]]
        else:
            modifier, key = _SHIFT, _PLAIN[char.lower()]
        out += [bytes((modifier, 0, key, 0, 0, 0, 0, 0)), bytes(8)]
    return out


class Reporter(Gadget):
    """A scanner that sends whole reports of 64 bytes, as its descriptor says."""

    def __init__(
        self, name: str, socket: int, descriptor: bytes, vendor: int = 0x0C2E, product: int = 0x0B8F
    ) -> None:
        super().__init__(name, socket, vendor, product, f"hid.{name}")
        for key, value in (("protocol", "0"), ("subclass", "0"), ("report_length", "64")):
            self._say(self.function / key, value)
        self._say(self.function / "report_desc", descriptor)

    def send(self, sequence: list[bytes]) -> None:
        """Lost when nobody has it open."""
        minor = int((self.function / "dev").read_text().split(":")[1])
        fd = os.open(f"/dev/hidg{minor}", os.O_RDWR | os.O_NONBLOCK)
        poll = select.poll()
        poll.register(fd, select.POLLOUT)
        try:
            for report in sequence:
                if not poll.poll(_NO_ROOM * 1000):
                    return
                with contextlib.suppress(OSError):
                    os.write(fd, report)
            poll.poll(_NO_ROOM * 1000)  # the last one is on its way
        finally:
            os.close(fd)


class SerialGun(Gadget):
    """A CDC-ACM scanner. It listens all the time: what it is told while nobody does is lost."""

    def __init__(self, name: str, socket: int, vendor: int = 0x1EAB, product: int = 0x0006) -> None:
        super().__init__(name, socket, vendor, product, f"acm.{name}")
        self.heard = b""  # what the computer has sent to it: no scanner wants any
        self._fd = -1

    def plug(self) -> None:
        super().plug()
        number = (self.function / "port_num").read_text().strip()
        self._fd = os.open(f"/dev/ttyGS{number}", os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        tty.setraw(self._fd)

    def unplug(self) -> None:
        if self._fd >= 0:
            self.listen()
            os.close(self._fd)
            self._fd = -1
        super().unplug()

    def send(self, data: bytes) -> None:
        if self._fd >= 0:
            os.write(self._fd, data)

    def listen(self) -> bytes:
        """All it has heard until now."""
        with contextlib.suppress(BlockingIOError):
            self.heard += os.read(self._fd, 65536)
        return self.heard


class SlipPrinter(Gadget):
    """The printer's plug; its mind reads and writes `node`, by one opener only."""

    node = "/dev/g_printer0"
    holds = 1  # blocks of 8 KB: a small printer's buffer

    def __init__(self, name: str, socket: int, vendor: int = 0x04B8, product: int = 0x0E15) -> None:
        super().__init__(name, socket, vendor, product, f"printer.{name}")
        known = "MFG:EPSON;CMD:ESC/POS;MDL:TM-LAB;CLS:PRINTER;"
        self._say(self.function / "pnp_string", known)
        self._say(self.function / "q_len", str(self.holds))
