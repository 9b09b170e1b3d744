"""What the lab needs of this machine, told in words and all at once before anything is built.

Hardware virtualisation is not among it: QEMU's software emulation does.
"""

import os
import shutil
from collections.abc import Iterator

from tests.lab.kernel import LAB, missing_packages
from tests.lab.slips import readers

ROOM = 8  # GiB: rootfs, disks, memories of machines, pictures


def lacking(*, root: bool = True, room: int = ROOM) -> Iterator[str]:
    """A sentence for each thing that is not there. `root`: whether a unit's disk is to be built."""
    if names := missing_packages():
        yield f"Debian packages: apt-get install {' '.join(names)} (or .ci/setup lab)"
    for name, why in readers.missing().items():
        yield f"the reader {name} (.ci/setup lab): {why}"
    if root and os.geteuid() != 0:
        yield "root: a unit's root file system is built with mmdebstrap and chroot; use sudo"
    LAB.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(LAB).free / 2**30
    if free < room:
        yield f"room: {free:.0f} GiB are free in {LAB}, {room} are needed"


def check(*, root: bool = True) -> None:
    """SystemExit with every sentence."""
    if said := list(lacking(root=root)):
        raise SystemExit("\n  ".join(("the lab cannot run here; it lacks", *said)))
