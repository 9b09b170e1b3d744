"""`make lab-quick`: the drivers on real kernel devices, on this machine's root shared read only.

Boots in seconds and needs nothing installed in the guest: the repository's own virtual environment
is seen through 9p. Prints one line a check; the whole output is kept in var/lab/quick/.
"""

import shutil
import sys
import time
from pathlib import Path

from tests.lab.emulator import Machine
from tests.lab.eye import Picture
from tests.lab.kernel import LAB, ROOT, kernel

_LONGEST = 240.0  # s


def main(names: list[str]) -> int:
    """0 when every check held. `names` picks some of tests/lab/bench."""
    began = time.monotonic()
    folder = LAB / "quick"
    shutil.rmtree(folder, ignore_errors=True)
    append = f"quiet lab.bench=tests.lab.bench lab.repo={ROOT} lab.only={','.join(names)}"
    share = "local,id=host,path=/,security_model=none,readonly=on,multidevs=remap"
    extra = ("-fsdev", share, "-device", "virtio-9p-pci,fsdev=host,mount_tag=host")
    machine = Machine(folder, kernel(), append, extra=(*extra, *_cable(folder / "ftdi.sock")))
    heard = bytearray()
    try:
        with machine.connect("agent") as line:
            line.settimeout(_LONGEST)
            while data := line.recv(65536):
                heard += data
                sys.stdout.write(data.decode(errors="replace"))
                sys.stdout.flush()
                if b"lab: screen" in data:
                    Picture(machine.qmp.picture(folder / "now.ppm")).keep(folder / "screen.png")
                    line.sendall(b"seen\n")
        machine.wait(30)
    except (OSError, TimeoutError) as fault:
        sys.stdout.write(f"✗ the bench did not end: {fault!r}; see {folder}/console.log\n")
    finally:
        machine.close()
    (folder / "bench.log").write_bytes(heard)
    held = b"lab: bench ended with 0" in heard
    sys.stdout.write(f"{'✓' if held else '✗'} {time.monotonic() - began:.1f} s; {folder}\n")
    return 0 if held else 1


def _cable(line: Path) -> tuple[str, ...]:
    """A serial adapter whose other end is a port in the same machine."""
    adapter = f"socket,id=adapter,path={line},server=on,wait=off"
    port = f"socket,id=cable,path={line}"
    return (
        *("-chardev", adapter, "-chardev", port),
        *("-device", "usb-serial,chardev=adapter,bus=usb.0,always-plugged=on"),
        *("-device", "virtserialport,chardev=cable,name=lab.ftdi"),
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
