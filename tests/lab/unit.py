"""One unit at work: its power, the cashier's hands and eyes, its printer, the engineer's shell.

Law of the file: what a scenario does goes in through the kernel's devices and comes out as pixels
and printed bytes; the shell is for faults, for looking, and never for the return itself.
"""

import json
import shutil
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.fakes.hid_pos_scanner import USUAL, reports
from tests.fakes.printer import Machine as SlipMachine
from tests.lab.emulator import Machine
from tests.lab.eye import Picture
from tests.lab.host_printer import HostPrinter
from tests.lab.kernel import LAB, kernel

PATIENCE = 240.0  # s; an emulated CPU under load is far slower than a till
_TURN = 0.2  # s between two looks
_READING = 1.2  # s before a Confirm; an emulated unit draws slowly, and counts from then
_KEYS = {".": "dot", "\r": "ret", "\x1b": "esc", "\b": "backspace"}


class Missed(AssertionError):  # noqa: N818 - named for what happened
    """What the scenario waited for did not come."""


class Unit:
    """A running unit. `folder` keeps the evidence; pictures are numbered in order."""

    def __init__(
        self,
        folder: Path,
        disk: Path,
        *,
        restore: str = "",
        rtc: str = "utc",
        paper: bool = True,
        append: str = "",
        network: Sequence[str] = ("-nic", "none"),
    ) -> None:
        self.folder = folder
        self.disk = disk
        extra = ["-drive", f"file={disk},format=qcow2,if=virtio,cache=writeback,discard=unmap"]
        extra += [*network, "-rtc", f"base={rtc}"]
        saved = bool(restore) and memory_of(disk).exists()
        if restore:
            how = ["-incoming", f"exec:cat {memory_of(disk)}"] if saved else ["-loadvm", restore]
            extra += how
        line = f"root=/dev/vda rw quiet systemd.show_status=0 {append}"
        self.machine = Machine(
            folder / "lines", kernel(), line, ports=("agent", "printer"), extra=extra, memory=640
        )
        if saved:
            self.machine.go_on()
        self.slips = SlipMachine()
        self.slips.paper_out = not paper
        self.printer = HostPrinter(self.machine.connect("printer"), self.slips)
        self._agent = self.machine.connect("agent")
        self._agent.settimeout(240)  # longer than the agent gives a command
        self._words = self._agent.makefile("r", encoding="utf-8")
        self._shots = len(list(folder.glob("screen-*.png")))
        self._dots = b""
        self.seen: Picture | None = None  # the last that somebody looked at
        self._cable: socket.socket | None = None

    # The cashier.

    def press(self, *keys: str) -> None:
        """Characters, or QEMU's names of keys: `ret`, `esc`, `f2`."""
        for key in keys:
            if _KEYS.get(key, key) == "ret":
                time.sleep(_READING)
            self.machine.qmp.press(_KEYS.get(key, key))

    def chord(self, *keys: str) -> None:
        """Several keys down together, then up again."""
        self.machine.qmp.human(f"sendkey {'-'.join(keys)}")
        time.sleep(1)

    def type(self, text: str) -> None:
        """Digits, then confirm."""
        self.press(*text, "ret")

    def scan(self, code: str, *, by: str = "wedge") -> None:
        """By the scanner of that name; `reporter` and `ftdi` must have been plugged in here."""
        if by == "ftdi":
            assert self._cable is not None
            self._cable.sendall(f"{code}\r".encode())
        elif by == "reporter":
            self.ask("report", [one.hex() for one in reports(code)])
        elif not self.ask("scan", by, code):
            raise Missed(f"nobody fetched what {by} scanned")

    def plug(self, name: str) -> None:
        """A device of the agent's, or `ftdi`, which is the emulator's own."""
        if name == "reporter":
            self.ask("make_reporter", USUAL.hex())
        if name != "ftdi":
            self.ask("plug", name)
            return
        line = self.machine.sockets / "ftdi.sock"
        qmp, address = self.machine.qmp, {"type": "unix", "data": {"path": str(line)}}
        if self._cable is None:
            backend = {"addr": address, "server": True, "wait": False}
            qmp.run("chardev-add", id="ftdi", backend={"type": "socket", "data": backend})
        how = {"driver": "usb-serial", "chardev": "ftdi", "bus": "usb.0", "serial": "FT232LAB"}
        qmp.run("device_add", id="ftdi", **how)
        self._cable = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._cable.connect(str(line))

    def unplug(self, name: str) -> None:
        if name != "ftdi":
            self.ask("unplug", name)
            return
        assert self._cable is not None
        self.machine.qmp.run("device_del", id="ftdi")
        self._cable.close()

    def look(self, name: str = "") -> Picture:
        """A picture of the screen now; kept when it is given a name."""
        path = self.machine.qmp.picture(self.folder / "now.ppm")
        dots = path.read_bytes()
        if self.seen is None or dots != self._dots:
            self._dots, self.seen = dots, Picture(path)
        return self._kept(self.seen, name) if name else self.seen

    def _kept(self, picture: Picture, name: str) -> Picture:
        self._shots += 1
        picture.keep(self.folder / f"screen-{self._shots:02d}-{name}.png")
        return picture

    def see(self, *sentences: str, seconds: float = PATIENCE) -> Picture:
        """Wait until all of them are on the screen. Missed, with the picture kept."""
        end = time.monotonic() + seconds
        while True:
            picture = self.look()
            missing = [one for one in sentences if not picture.says(one)]
            if not missing:
                return self._kept(picture, "-".join(sentences)[:40].replace("/", " "))
            if time.monotonic() > end:
                kept = self.look("MISSED")
                raise Missed(f"not on the screen: {missing}; see {kept.path}")
            time.sleep(_TURN)

    def see_one(self, *sentences: str, seconds: float = PATIENCE) -> str:
        """Wait for any of them: the first that is on the screen. Missed, with the picture kept."""
        if found := self.saw(*sentences, seconds=seconds):
            return found
        kept = self.look("MISSED")
        raise Missed(f"none on the screen: {sentences}; see {kept.path}")

    def saw(self, *sentences: str, seconds: float) -> str:
        """The same; empty when none has come in time."""
        end = time.monotonic() + seconds
        while True:
            picture = self.look()
            for one in sentences:
                if picture.says(one):
                    return one
            if time.monotonic() > end:
                return ""
            time.sleep(_TURN)

    def see_no_more(self, sentence: str, seconds: float = PATIENCE) -> None:
        """Wait until it is gone from the screen."""
        end = time.monotonic() + seconds
        while self.look().says(sentence):
            if time.monotonic() > end:
                raise Missed(f"still on the screen: {sentence}; see {self.look('MISSED').path}")
            time.sleep(_TURN)

    # The engineer.

    def ask(self, what: str, *arguments: Any) -> Any:
        self._agent.sendall(json.dumps({"do": what, "with": arguments}).encode() + b"\n")
        said = json.loads(self._words.readline())
        if "fault" in said:
            raise Missed(f"{what}{arguments}: {said['fault']}")
        return said["ok"]

    def sh(self, command: str, *, fails: bool = False) -> str:
        """A root shell's output; Missed when it failed and `fails` does not allow it."""
        done = self.ask("sh", command)
        if done["rc"] and not fails:
            raise Missed(f"$ {command}\n{done['out']}")
        return str(done["out"])

    def until(self, what: str, command: str, seconds: float = PATIENCE) -> str:
        """Wait until the command succeeds; its output."""
        end = time.monotonic() + seconds
        while True:
            done = self.ask("sh", command)
            if not done["rc"]:
                return str(done["out"])
            if time.monotonic() > end:
                raise Missed(f"{what}: not within {seconds:g} s\n$ {command}\n{done['out']}")
            time.sleep(0.2)

    def listens(self) -> None:
        """Wait until the running program has its keypad and its scanner: an emulated CPU needs
        seconds for it after the first screen, and keys pressed before are nobody's.
        """
        log = "journalctl -b -o cat _PID=$(systemctl show -p MainPID --value returns-terminal)"
        for device in ("keypad", "scanner"):
            self.until(f"the {device} is open", f"{log} | grep -q '{device}: GOOD'")

    def rests(self) -> None:
        """Wait until the program has nothing more to do: a second in which it uses no CPU."""
        used = "cut -d' ' -f14,15 /proc/$(systemctl show -p MainPID --value returns-terminal)/stat"
        self.until("it rests", f'a="$({used})"; sleep 1; test "$a" = "$({used})"')

    def take_file(self, path: str, to: Path) -> Path:
        """A file of the unit's, copied out."""
        import base64

        to.write_bytes(base64.b64decode(self.sh(f"base64 -w0 {path}")))
        return to

    def evidence(self) -> None:
        """Journal, unit log and slips, into the folder."""
        log = self.sh("journalctl -u returns-terminal -o short-monotonic --no-pager", fails=True)
        (self.folder / "unit.log").write_text(log)
        whole = self.sh("journalctl -b -o short-monotonic --no-pager | tail -n 3000", fails=True)
        (self.folder / "journal.log").write_text(whole)
        (self.folder / "slips.bin").write_bytes(bytes(self.slips.raw))
        self.slips.save(self.folder)

    def close(self) -> None:
        self.machine.close()
        self._words.close()
        self._agent.close()
        self.printer.close()


def fresh(scenario: str) -> Path:
    """The scenario's empty folder."""
    folder = LAB / scenario
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def memory_of(disk: Path) -> Path:
    """Where the memory of a machine that was saved with this disk is."""
    return disk.with_suffix(".memory")


@dataclass(frozen=True, slots=True)
class Bench:
    """Disks over the installed one, put into a scenario's folder; with `ready` a start with
    `restore` is at once a signed-on unit at work. `keep` is told when a unit has come that far.
    """

    disk: Path
    ready: Callable[[Path], Path]
    copy: Callable[[Path], Path]
    keep: Callable[[Unit], None] = lambda _: None


@contextmanager
def powered_on(folder: Path, disk: Path, **how: Any) -> Iterator[Unit]:
    """A unit whose evidence is kept however the scenario ends."""
    unit = Unit(folder, disk, **how)
    try:
        yield unit
    finally:
        try:
            if unit.machine.running:
                unit.evidence()
        except (Missed, OSError) as fault:
            (folder / "no-evidence.txt").write_text(repr(fault))
        unit.close()
