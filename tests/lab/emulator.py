"""QEMU with the unit's devices, in software only; a machine is one process and one folder.

Hardware acceleration is never asked for: where it is offered and does not work, it hangs.
"""

import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.lab.kernel import Kernel
from tests.lab.qmp import Qmp

_SCREEN = ("-vga", "none", "-device", "bochs-display,xres=1024,yres=600", "-display", "none")
_START_SECONDS = 240.0
_CLOCK = "no_timer_check"  # on a busy machine the kernel finds that its timer ticks too seldom


class Machine:
    """Powered on when made. `folder` keeps its console's words and QEMU's own; `sockets` are
    elsewhere, for a socket's path may have 107 characters.
    """

    def __init__(
        self,
        folder: Path,
        kernel: Kernel,
        append: str,
        *,
        memory: int = 1024,
        ports: Sequence[str] = ("agent",),
        extra: Sequence[str] = (),
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.sockets = Path(tempfile.mkdtemp(prefix="lab-"))
        command = [
            *("setpriv", "--pdeathsig", "KILL"),  # it goes with the lab, however that ends
            *("nice", "-n", "5", "qemu-system-x86_64", "-accel", "tcg,thread=multi"),
            *("-smp", "2", "-m", str(memory), "-no-reboot", "-nodefaults"),
            *("-kernel", str(kernel.image), "-initrd", str(kernel.initrd)),
            *("-append", f"console=tty0 console=ttyS0 panic=-1 consoleblank=0 {_CLOCK} {append}"),
            *_SCREEN,
            *("-device", "qemu-xhci,id=usb", "-device", "usb-kbd,id=keypad,bus=usb.0"),
            *("-device", "virtio-rng-pci", "-device", "virtio-serial-pci"),
            *("-serial", f"file:{folder / 'console.log'}"),
            *("-qmp", f"unix:{self._line_of('qmp')},server=on,wait=off"),
            *(part for port in ports for part in self._port(port)),
            *extra,
        ]
        with (folder / "qemu.log").open("wb") as log:
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        try:
            self.qmp = Qmp(self.connect("qmp"))
        except BaseException:
            self._process.kill()
            raise

    def _line_of(self, port: str) -> Path:
        return self.sockets / f"{port}.sock"

    def _port(self, name: str) -> tuple[str, ...]:
        where = f"socket,id={name},path={self._line_of(name)},server=on,wait=off"
        return "-chardev", where, "-device", f"virtserialport,chardev={name},name=lab.{name}"

    def connect(self, port: str) -> socket.socket:
        """A line to `qmp` or to one of `ports`: what is written there is read in the guest."""
        path, end = self._line_of(port), time.monotonic() + _START_SECONDS
        while True:
            line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                line.connect(str(path))
            except (FileNotFoundError, ConnectionRefusedError):  # not made, or not listened to yet
                line.close()
                if not self.running or time.monotonic() > end:
                    said = (self.folder / "qemu.log").read_text(errors="replace")
                    raise RuntimeError(f"QEMU did not start: {said}") from None
                time.sleep(0.02)
            else:
                return line

    @property
    def running(self) -> bool:
        return self._process.poll() is None

    def save(self, path: Path) -> None:
        """Its memory, into a file. It stands still from now on, and so does its disk."""
        qmp = self.qmp
        qmp.run("stop")
        qmp.run("migrate-set-parameters", **{"max-bandwidth": 1 << 33})
        qmp.run("migrate", uri=f"exec:cat >{path}")
        while (state := qmp.run("query-migrate")["status"]) != "completed":
            if state in ("failed", "cancelled"):
                raise RuntimeError(f"the machine could not be saved: {state}")
            time.sleep(0.1)

    def go_on(self) -> None:
        """After a start from a saved memory: as soon as all of it is there."""
        while self.qmp.run("query-status")["status"] == "inmigrate":
            time.sleep(0.05)
        self.qmp.run("cont")

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nothing moves in there: what its disk holds now is what a power cut would leave."""
        self._process.send_signal(signal.SIGSTOP)
        try:
            while not all(
                _stands(task) for task in Path(f"/proc/{self._process.pid}/task").iterdir()
            ):
                time.sleep(0.001)
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def cut_power(self) -> None:
        """At once: what the guest had not written to its disk is gone."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        self._clean()

    def close(self) -> None:
        if self.running:
            self.cut_power()
        else:
            self._clean()

    def wait(self, seconds: float) -> int:
        """Until the guest has switched itself off. TimeoutExpired."""
        return self._process.wait(seconds)

    def _clean(self) -> None:
        self.qmp.close()
        shutil.rmtree(self.sockets, ignore_errors=True)


def _stands(thread: Path) -> bool:
    return (thread / "stat").read_text().rpartition(")")[2].split()[0] == "T"
