"""Every device of this unit that may be its scanner: what types, what reports codes, what has a
serial line. Looked up in sysfs and /dev without opening anything.
"""

import os
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from drivers.hidraw_nodes import hidraw_scanners
from drivers.input_nodes import keyboards
from drivers.scanner_verdict import Source


class Tree(Struct, frozen=True):
    """Where the kernel and udev tell of devices."""

    sys: Path = Path("/sys/class")
    dev: Path = Path("/dev")


def candidates(
    tree: Tree | None = None, *, lines: Iterable[str] = (), leave: Iterable[str] = ()
) -> list[Source]:
    """All of them, each once. `lines` are more serial lines to listen to (a built-in port has no
    lasting name), `leave` those that belong to something else, such as the printer.
    """
    place = tree or Tree()
    inputs, dev = place.dev / "input", place.dev
    typing = keyboards(sys=place.sys / "input", dev=inputs)
    numbers = [(one.vendor, one.product) for one in typing]
    found = [
        Source(
            kind="hid",
            node=str(one.node),
            path=lasting(one.node, _folders(inputs, numbers.count((one.vendor, one.product)))),
            vendor=one.vendor,
            product=one.product,
            name=one.name,
        )
        for one in typing
    ]
    found += [
        Source(
            kind="hid-pos",
            node=str(one.node),
            path=lasting(one.node, (dev / "returns",)),
            vendor=one.vendor,
            product=one.product,
            name=one.name,
        )
        for one in hidraw_scanners(sys=place.sys / "hidraw", dev=dev)
    ]
    return found + _lines(dev, lines, {os.path.realpath(one) for one in leave if one})


def lasting(node: Path, folders: Sequence[Path]) -> str:
    """The first link in these folders that leads to `node`; empty where none does."""
    wanted = os.path.realpath(node)
    links = (one for folder in folders for one in _links(folder))
    return next((str(one) for one in links if os.path.realpath(one) == wanted), "")


def _folders(inputs: Path, alike: int) -> tuple[Path, ...]:
    """Two of a kind share their by-id name: only the socket tells them apart."""
    order = (inputs / "by-id", inputs / "by-path")
    return order if alike == 1 else (order[1],)


def _links(folder: Path) -> list[Path]:
    """By name; those that udev gives keyboards first."""
    there = folder.iterdir() if folder.is_dir() else ()
    return sorted(there, key=lambda one: (not one.name.endswith("-kbd"), one.name))


def _lines(dev: Path, more: Iterable[str], leave: Collection[str]) -> list[Source]:
    named = [*_links(dev / "serial/by-id"), *_links(dev / "serial/by-path"), *map(Path, more)]
    found: dict[str, Source] = {}
    for path in named:
        node = os.path.realpath(path)
        if node not in leave and Path(node).exists():
            found.setdefault(node, Source(kind="serial", node=node, path=str(path)))
    return list(found.values())
