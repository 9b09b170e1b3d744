"""Checks of what is plugged in: scanner, keypad, screen, printer.

Law of the file: a check takes a device only for a moment and prints nothing unless it is asked to.
A device that the running terminal holds is as it should be.
"""

import errno
import fcntl
import os
from contextlib import closing
from queue import Empty, SimpleQueue

from drivers.hid_pos import is_scanner
from drivers.hidraw_nodes import open_hidraw
from drivers.input_nodes import NodeMatch, open_nodes
from drivers.values import DeviceLost, DeviceValue, Scan, ScanRejected
from printer.open_link import link_opener
from printer.spool import Spool
from printer.status import Paper, PrinterFault, PrinterStatus
from printer.values import PrinterValue
from storage.lock import lock_file
from terminal import devices
from terminal.app import database_of
from terminal.cards import masked
from terminal.commands.finding import Check, Finding
from terminal.core.words import NOTHING, Told, row, sentence
from terminal.scans import Badge, recognise
from terminal.settings import KeypadKind, ScannerKind, ScreenKind, Settings
from terminal.spoken.system_words import foreign, system

ANSWER_SECONDS = 10.0  # a printer that is off needs its time-outs to say so

_SCANNER, _KEYPAD = sentence("scanner"), sentence("keypad")
_OTHERS = sentence("other scanners")
_SCREEN, _PRINTER = sentence("screen"), sentence("printer")
FAULTS = {
    PrinterFault.PAPER_OUT: sentence("the paper is out: put in a roll"),
    PrinterFault.COVER_OPEN: sentence("the cover is open: close it"),
    PrinterFault.OFFLINE: sentence("it does not answer: look at its power and its on-line key"),
    PrinterFault.UNREACHABLE: sentence(
        "it cannot be reached: check power, cable and [printer] in terminal.toml"
    ),
    PrinterFault.BUSY: sentence("another program holds it: stop that program"),
    PrinterFault.ERROR: sentence("it reports an error: see its lamp, switch it off and on"),
}


def terminal_runs(settings: Settings) -> bool:
    """Whether the unit's terminal is at work: it holds the writer's lock. Nothing is made."""
    try:
        fd = os.open(lock_file(database_of(settings)), os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(fd)
    return False


def scanner(settings: Settings) -> Finding:
    match settings.scanner.kind:
        case ScannerKind.NONE:
            return Finding(_SCANNER, sentence("none set: codes are typed"))
        case ScannerKind.HID:
            return _input(_SCANNER, settings.scanner.match, settings)
        case ScannerKind.HID_POS:
            return _hid_pos(settings)
        case ScannerKind.SERIAL:
            return _serial(settings)


def other_scanners(settings: Settings) -> Finding:
    """What is read beside the scanner that is named, or left unread."""
    links = devices.other_links(settings)
    if not links:
        return Finding(_OTHERS, sentence("none is plugged in"))
    names = ", ".join(one.name for one in links)
    if settings.scanner.kind is ScannerKind.NONE:
        return Finding(_OTHERS, sentence("{names}: not read", names=names))
    if not settings.scanner.others:
        todo = sentence("[scanner] others = true in terminal.toml reads them as well")
        return Finding(_OTHERS, sentence("{names}: not read", names=names), todo)
    return Finding(_OTHERS, sentence("{names}: read as well", names=names))


def keypad(settings: Settings) -> Finding:
    if settings.keypad.kind is KeypadKind.NONE:
        return Finding(_KEYPAD, sentence("none set: the console's keys"))
    return _input(_KEYPAD, settings.keypad.match, settings)


def screen(settings: Settings) -> Finding:
    if settings.screen.kind is not ScreenKind.FRAMEBUFFER:
        kind = settings.screen.kind.value
        return Finding(_SCREEN, sentence("text ({kind})", kind=kind))
    from drivers.framebuffer import Framebuffer  # noqa: PLC0415 - only where used
    from drivers.pixel_format import UnusableFramebuffer  # noqa: PLC0415 - likewise

    path = settings.screen.path
    try:
        with closing(Framebuffer(path=path)) as target:
            words = target.open().words
    except UnusableFramebuffer as fault:
        todo = sentence("set the console to 32, 24 or 16 bits")
        return Finding(_SCREEN, sentence("{path}: {mode}", path=path, mode=fault.mode), todo)
    except OSError as fault:
        return _cannot_open(_SCREEN, str(path), fault, "video", running=False)
    return Finding(_SCREEN, sentence("{path}: {words}", path=path, words=words))


def printer(settings: Settings) -> Finding:
    """Asks the printer how it is. Nothing is printed."""
    heard: SimpleQueue[PrinterValue] = SimpleQueue()
    address = devices.printer_address(settings.printer)
    spool = Spool(link_opener(address), settings.printer.model, heard.put)
    try:
        spool.check()
        status = heard.get(timeout=ANSWER_SECONDS)
    except Empty:
        status = PrinterStatus(known=True, online=False)
    finally:
        spool.close(1.0)
    assert isinstance(status, PrinterStatus), status
    return _printer_finding(address, status, settings)


def _printer_finding(address: str, status: PrinterStatus, settings: Settings) -> Finding:
    if status.fault is PrinterFault.BUSY and terminal_runs(settings):
        return Finding(_PRINTER, _held_by_terminal(address))
    if status.fault is not None:
        what: Told = address
        if status.detail:
            what = row((address, " (", foreign(status.detail), ")"), NOTHING)
        return Finding(_PRINTER, what, FAULTS[status.fault])
    if not status.known:
        return Finding(
            _PRINTER,
            sentence(
                "{address} takes data but tells nothing; be sure with --print-test-slip",
                address=address,
            ),
        )
    low = status.paper is Paper.LOW
    return Finding(
        _PRINTER,
        sentence("{address} is ready, the paper is low", address=address)
        if low
        else sentence("{address} is ready", address=address),
    )


DEVICE_CHECKS: tuple[Check, ...] = (scanner, other_scanners, keypad, screen, printer)


def scan(settings: Settings, seconds: float) -> Finding:
    """Waits for one scan and says what the terminal takes it for."""
    device = devices.open_scanners(settings)
    if device is None:
        return scanner(settings)
    heard: SimpleQueue[DeviceValue] = SimpleQueue()
    again = sentence("check its cable and its profile (config/scanners)")
    device.start(heard.put)
    try:
        while True:
            match heard.get(timeout=seconds):
                case Scan() as found:
                    code = recognise(found, settings.patterns)
                    text = "***" if isinstance(code, Badge) else masked(found.text)  # opens tills
                    said = f"{found.aim}{text} = {type(code).__name__}"
                    return Finding(_SCANNER, sentence("scanned {said}", said=said))
                case ScanRejected(fault=why):
                    what = sentence("a scan was rejected: {name}", name=why.name)
                    return Finding(_SCANNER, what, again)
                case DeviceLost(detail=why_not):
                    what = sentence("cannot be opened: {why_not}", why_not=foreign(why_not))
                    return Finding(_SCANNER, what, again)
                case _:
                    continue
    except Empty:
        return Finding(_SCANNER, sentence("no scan within {seconds:g} s", seconds=seconds), again)
    finally:
        device.close()


def _input(name: Told, match: NodeMatch | None, settings: Settings) -> Finding:
    assert match is not None, "settings with a device known by nothing"
    try:
        nodes = open_nodes(match)
    except OSError as fault:
        return _cannot_open(name, _said(match), fault, "input", running=terminal_runs(settings))
    paths = ", ".join(node.path for node in nodes)
    for node in nodes:
        node.close()
    return Finding(name, sentence("opens: {paths}", paths=paths))


def _hid_pos(settings: Settings) -> Finding:
    match = settings.scanner.match
    try:
        with closing(open_hidraw(match)) as node:
            path, fits = node.path, is_scanner(node.descriptor)
    except OSError as fault:
        said = _said(match) if match else "HID-POS"
        return _cannot_open(_SCANNER, said, fault, "returns", running=terminal_runs(settings))
    if not fits:
        what = sentence("{path} is no HID-POS scanner", path=path)
        todo = sentence("scan its manual's setting code for USB HID-POS")
        return Finding(_SCANNER, what, todo)
    return Finding(_SCANNER, sentence("opens: {path}", path=path))


def _said(match: NodeMatch) -> str:
    """The device as terminal.toml names it."""
    usb = f"USB {match.vendor:04x}:{match.product:04x}" if match.vendor or match.product else ""
    return match.path or " ".join(one for one in (usb, match.name) if one) or "any"


def _serial(settings: Settings) -> Finding:
    path = settings.scanner.path
    try:
        os.close(os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK))
    except OSError as fault:
        return _cannot_open(_SCANNER, path, fault, "dialout", running=terminal_runs(settings))
    return Finding(_SCANNER, sentence("opens: {path}", path=path))


def _held_by_terminal(what: str) -> Told:
    return sentence("{what}: in use by the running terminal", what=what)


def _cannot_open(name: Told, what: str, fault: OSError, group: str, *, running: bool) -> Finding:
    said = sentence("{what}: {why}", what=what, why=system(fault))
    match fault.errno:
        case errno.EBUSY if running:
            return Finding(name, _held_by_terminal(what))
        case errno.EBUSY:
            todo = FAULTS[PrinterFault.BUSY]
        case errno.EACCES | errno.EPERM:
            todo = sentence("add the user to group {group}: usermod -aG {group} USER", group=group)
        case _:
            todo = sentence("plug it in, or correct it in terminal.toml")
    return Finding(name, said, todo)
