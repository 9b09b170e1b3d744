"""A real unit as a process of its own: keys come over a socket, each screen is told over it.

The law: what is told is what a cashier has seen, and it is told when it is shown, not earlier. The
store is opened here, after the fork; nothing of it comes from the parent.
"""

import json
import logging
import socket
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from drivers.device import Post
from drivers.values import DeviceReady, Key, KeyPress
from storage.office import CameDown, OfficeState
from terminal import devices
from terminal.app import Unit
from terminal.core.print_jobs import PrintJob, SlipKind
from terminal.core.rules import Rules
from terminal.core.sale import Sale
from terminal.core.shop import RailState, ShopRefund, ShopState, Standing
from terminal.facing import Value
from terminal.ledger.codec import Codec, Reference
from terminal.paper import slips
from terminal.settings import Settings, load_settings
from terminal.slip_code import UNSIGNED
from terminal.ui.screen import Screen
from terminal.ui.words import Words
from terminal.uplink.values import Told
from tests.system.clerk import SHOP

SETTLED = "SETTLED"
CONFIG = Path(__file__).parents[2] / "config"


@dataclass(frozen=True, slots=True)
class Order:
    """What a unit needs to know: its data folder, its printer's port, its scanner's node."""

    folder: str
    port: int
    scanner: str


def settings_of(order: Order) -> Settings:
    return load_settings(
        CONFIG,
        {
            "terminal.data": order.folder,
            "terminal.language": "en",
            "scanner.kind": "serial" if order.scanner else "none",
            **({"scanner.path": order.scanner} if order.scanner else {}),
            "keypad.kind": "none",
            "screen.kind": "none",
            "printer.link": "tcp",
            "printer.host": "127.0.0.1",
            "printer.port": order.port,
        },
    )


class Keys:
    """A keypad whose keys come as lines: `CONFIRM`, or `CHARACTER 7`.

    `SHOP ...` is what the shop says of a return. `SETTLED 5` is no key: it is told back once the
    loop has handled all keys before it.
    """

    name = devices.KEYPAD

    def __init__(self, line: socket.socket, unit: Unit) -> None:
        self._line = line
        self._unit = unit

    def start(self, post: Post) -> None:
        post(DeviceReady(self.name))
        threading.Thread(target=self._read, args=(post,), daemon=True).start()

    def close(self) -> None:
        """The line is the parent's."""

    def _read(self, post: Post) -> None:
        with self._line.makefile("r", encoding="ascii") as lines:
            for line in lines:
                name, _, rest = line.strip().partition(" ")
                if name in (SETTLED, SHOP):
                    post(DeviceReady(name, rest))
                else:
                    post(KeyPress(self.name, Key[name], rest))
        self._unit.loop.stop()


class UnitOfShop(Unit):
    """A unit whose shop speaks over the keypad's line; `SHOP ID STANDING VERSION`."""

    def _handle(self, value: Value) -> None:
        if isinstance(value, DeviceReady) and value.device == SHOP:
            return_id, standing, version = value.detail.split()
            arrived = (ShopRefund(0, "card", 1, RailState.SUCCESS),)
            said = ShopState(
                *(return_id, "", "", int(version), Standing(standing)), refunds=arrived
            )
            body = msgspec.json.encode(said).decode()
            kept = OfficeState(said.id, said.version, body)
            self.store.take_down(CameDown("2026-11-23", states=(kept,)))
            value = Told(said)
        super()._handle(value)


class Teller:
    """A display that tells the state behind each screen, and the journal's head, as one line."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self.unit: Unit | None = None
        self._codec = Codec(
            {
                Sale: Reference(lambda sale: str(sale.id), _never),
                Rules: Reference(lambda rules: str(rules.policy.version), _never),
            }
        )

    def show(self, _: Screen) -> None:
        assert self.unit is not None
        frame = {
            "state": self._codec.encode(self.unit.counter.state),
            "head": self.unit.store.journal_head(),
        }
        self._line.sendall(json.dumps(frame).encode() + b"\n")

    def beep(self) -> None:
        """Nobody listens."""


class Settled(logging.Handler):
    """The loop logs each device it hears of: the moment at which ours is heard is told."""

    def __init__(self, line: socket.socket) -> None:
        super().__init__()
        self._line = line

    def emit(self, record: logging.LogRecord) -> None:
        words = record.getMessage().split()
        if words[0] == f"{SETTLED}:":
            self._line.sendall(json.dumps({"settled": int(words[-1])}).encode() + b"\n")


def _never(name: str) -> Any:
    raise AssertionError(f"{name}: states are only told here")


def run_unit(order: Order, line: socket.socket) -> None:
    """Serve until killed, or until the line is closed."""
    settings = settings_of(order)
    log = logging.getLogger("terminal")
    log.setLevel(logging.INFO)
    log.addHandler(Settled(line))
    teller = Teller(line)
    unit = UnitOfShop(settings, teller)
    teller.unit = unit
    unit._moments.watched = False  # nobody reads: more kills for the same time
    scanner = devices.open_scanner(settings.scanner)
    unit.run([*([scanner] if scanner else []), Keys(line, unit)])
    unit.close()


def warm_up() -> None:
    """Import what a unit imports late, so that a fork finds it there."""
    from printer.escpos import encode

    order = Order("/nowhere", 9, "/dev/none")
    settings = settings_of(order)
    notice = slips.build(PrintJob("", SlipKind.NOTICE), None, settings, Words("en"), UNSIGNED)
    encode(notice, settings.printer.model)
    devices.open_scanner(settings.scanner)
