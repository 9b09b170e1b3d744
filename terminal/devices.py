"""From settings to devices: which scanner, keypad, screen and printer this unit has.

Law of the file: nothing here decides what a device's word means; it opens and names them.
"""

import logging
import os
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from drivers.device import InputDevice, Post
from drivers.input_nodes import NodeMatch
from drivers.profile import ScannerProfile
from drivers.values import KeyPress, Scan, ScanRejected
from terminal.displays import Displays, PixelDisplay, TextDisplay
from terminal.facing import Display, Value
from terminal.settings.values import (
    KeypadKind,
    KeypadSettings,
    LinkKind,
    PrinterSettings,
    ScannerKind,
    ScannerSettings,
    ScreenKind,
    Settings,
)
from terminal.ui.theme import theme_for

if TYPE_CHECKING:
    from drivers.keypad import Keypad

log = logging.getLogger("terminal")
SCANNER = "scanner"
TTY = Path("/dev/tty1")  # the console that systemd gives the unit; ExecStopPost restores the same
KEYPAD = "keypad"
SCANNERS = Path("/dev/returns/scanners")  # config/udev: a link for each, named as the kernel does


def from_operator(value: Value) -> bool:
    """Whether a person did this: a key or a scan keeps the session awake."""
    return isinstance(value, KeyPress | Scan | ScanRejected)


def printer_address(printer: PrinterSettings) -> str:
    """The printer's address as printer.open_link reads it."""
    match printer.link:
        case LinkKind.USBLP:
            return f"usb://{printer.path}"
        case LinkKind.SERIAL:
            return f"serial://{printer.path}?baud={printer.baud}"
        case LinkKind.TCP:
            host = f"[{printer.host}]" if ":" in printer.host else printer.host
            return f"tcp://{host}:{printer.port}"
        case LinkKind.FILE:
            return f"file://{printer.path}"


def open_scanner(scanner: ScannerSettings) -> InputDevice | None:
    """The scanner, not started yet; None where codes are typed."""
    match scanner.kind:
        case ScannerKind.NONE:
            return None
        case ScannerKind.SERIAL:
            from drivers.serial_scanner import SerialScanner  # noqa: PLC0415 - only where used

            assert scanner.match is not None, "settings with a serial scanner known by nothing"
            profile = scanner.profile
            return SerialScanner(
                SCANNER, Path(scanner.match.path), baud=profile.baud, framing=profile.framing
            )
        case ScannerKind.HID_POS:
            from drivers.hid_pos_scanner import HidPosScanner  # noqa: PLC0415 - only where used

            return HidPosScanner(SCANNER, scanner.match, scanner.profile.framing)
        case ScannerKind.HID:
            from drivers.hid_scanner import HidScanner  # noqa: PLC0415 - only where used

            assert scanner.match is not None, "settings with a scanner known by nothing"
            return HidScanner(SCANNER, scanner.match, scanner.profile)


def open_scanners(settings: Settings, folder: Path = SCANNERS) -> InputDevice | None:
    """The scanner of the settings and, unless they say no, each other one that is plugged in."""
    named = settings.scanner
    first = open_scanner(named)
    if first is None or not named.others:
        return first
    from drivers.together import Together  # noqa: PLC0415 - only where used

    keys = settings.keypad.match.path if settings.keypad.match else ""
    leave = (keys, settings.printer.path)
    return Together(first, folder, lambda link: open_scanner(joining(link, named)), leave)


def other_links(settings: Settings) -> list[Path]:
    """Every scanner that is plugged in, but the one that the settings name by its path."""
    named = os.path.realpath(settings.scanner.path) if settings.scanner.path else ""
    there = sorted(SCANNERS.iterdir()) if SCANNERS.is_dir() else []
    return [one for one in there if os.path.realpath(one) != named]


def joining(link: Path, named: ScannerSettings) -> ScannerSettings:
    """One that nobody named: what it is, its node's name tells. It frames its codes as the named
    one does if it is of its kind, else as most do.
    """
    nodes = {"hidraw": ScannerKind.HID_POS, "event": ScannerKind.HID, "tty": ScannerKind.SERIAL}
    kind = next((one for name, one in nodes.items() if link.name.startswith(name)), None)
    if kind is None:
        return replace(named, kind=ScannerKind.NONE)
    profile = named.profile if kind is named.kind else ScannerProfile()
    match = NodeMatch(path=str(link))
    return replace(named, kind=kind, path=match.path, match=match, profile=profile)


def open_keypad(keypad: KeypadSettings) -> "Keypad | None":
    """The keypad, not started yet; None where the console has the keys."""
    if keypad.kind is KeypadKind.NONE:
        return None
    from drivers.keypad import Keypad  # noqa: PLC0415 - only where used

    assert keypad.keymap is not None, "settings with a faulty key map"
    assert keypad.match is not None, "settings with a keypad known by nothing"
    return Keypad(KEYPAD, keypad.match, keypad.keymap)


def open_all(
    settings: Settings, opened: ExitStack, report: Post
) -> tuple[Display, list[InputDevice]]:
    """The display, open, and the input devices, not started; `opened` closes what is open.

    `report` hears when the screen is lost and when it is back. Raises OSError or
    drivers.pixel_format.UnusableFramebuffer where the screen cannot be opened.
    """
    inputs = [one for one in (open_scanners(settings), open_keypad(settings.keypad)) if one]
    screen = settings.screen
    match screen.kind:
        case ScreenKind.NONE:
            return Displays(), inputs
        case ScreenKind.CONSOLE:
            from drivers.console import Console  # noqa: PLC0415 - only where used

            console = Console(on_typing=lambda code: display.typing(code))  # noqa: PLW0108 - not yet made
            display = TextDisplay(console)
            return display, [*inputs, console]
        case ScreenKind.FRAMEBUFFER:
            from drivers.framebuffer import Framebuffer  # noqa: PLC0415 - only where used

            target = Framebuffer(screen.path, report=report)
            opened.callback(target.close)
            _hide_text_console(opened)
            return PixelDisplay(target, theme_for(*target.size)), inputs


def _hide_text_console(opened: ExitStack) -> None:
    """A unit without a virtual console (a screen of its own) has nothing to hide."""
    from drivers.vt import take_graphics  # noqa: PLC0415 - only with a framebuffer

    try:
        opened.callback(take_graphics(TTY))
    except OSError as fault:
        log.warning("the text console stays: %s", fault)
