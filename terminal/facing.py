"""What faces the counter: the values that reach it, and a screen of whatever kind."""

from typing import Protocol

from drivers.values import DeviceLost, DeviceReady, KeyPress, Scan, ScanRejected
from printer.values import PrinterValue
from terminal.ui.screen import Screen
from terminal.uplink.values import ClockOff, LookedUp, NetworkChanged, RulesStand, Told

ShopValue = Told | LookedUp | NetworkChanged | ClockOff | RulesStand
Value = KeyPress | Scan | ScanRejected | DeviceLost | DeviceReady | PrinterValue | ShopValue


class Display(Protocol):
    """A screen of whatever kind."""

    def show(self, screen: Screen) -> None: ...

    def beep(self) -> None: ...
