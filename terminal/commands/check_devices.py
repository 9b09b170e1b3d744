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
from terminal.core.words import Worded
from terminal.scans import Badge, recognise
from terminal.settings import KeypadKind, ScannerKind, ScreenKind, Settings

ANSWER_SECONDS = 10.0  # a printer that is off needs its time-outs to say so

_SCANNER, _KEYPAD = Worded("扫码枪", "scanner"), Worded("键盘", "keypad")
_SCREEN, _PRINTER = Worded("屏幕", "screen"), Worded("打印机", "printer")
_FAULTS = {
    PrinterFault.PAPER_OUT: Worded("缺纸，请装纸", "the paper is out: put in a roll"),
    PrinterFault.COVER_OPEN: Worded("机盖打开，请合上", "the cover is open: close it"),
    PrinterFault.OFFLINE: Worded(
        "无应答，请查看电源与联机键", "it does not answer: look at its power and its on-line key"
    ),
    PrinterFault.UNREACHABLE: Worded(
        "无法连接，请检查电源、电缆与 terminal.toml 的 [printer]",
        "it cannot be reached: check power, cable and [printer] in terminal.toml",
    ),
    PrinterFault.BUSY: Worded(
        "被其他程序占用，请停止该程序", "another program holds it: stop that program"
    ),
    PrinterFault.ERROR: Worded(
        "打印机报错，请看指示灯或重新上电",
        "it reports an error: see its lamp, switch it off and on",
    ),
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
            return Finding(_SCANNER, Worded("未配置，手工输入", "none set: codes are typed"))
        case ScannerKind.HID:
            return _input(_SCANNER, settings.scanner.match, settings)
        case ScannerKind.HID_POS:
            return _hid_pos(settings)
        case ScannerKind.SERIAL:
            return _serial(settings)


def keypad(settings: Settings) -> Finding:
    if settings.keypad.kind is KeypadKind.NONE:
        return Finding(_KEYPAD, Worded("未配置，用控制台按键", "none set: the console's keys"))
    return _input(_KEYPAD, settings.keypad.match, settings)


def screen(settings: Settings) -> Finding:
    if settings.screen.kind is not ScreenKind.FRAMEBUFFER:
        kind = settings.screen.kind.value
        return Finding(_SCREEN, Worded(f"文字界面（{kind}）", f"text ({kind})"))
    from drivers.framebuffer import Framebuffer  # noqa: PLC0415 - only where used
    from drivers.pixel_format import UnusableFramebuffer  # noqa: PLC0415 - likewise

    path = settings.screen.path
    try:
        with closing(Framebuffer(path=path)) as target:
            words = target.open().words
    except UnusableFramebuffer as fault:
        todo = Worded("请改用 32、24 或 16 位色深", "set the console to 32, 24 or 16 bits")
        return Finding(_SCREEN, Worded(f"{path}：{fault}", f"{path}: {fault}"), todo)
    except OSError as fault:
        return _cannot_open(_SCREEN, str(path), fault, "video", running=False)
    return Finding(_SCREEN, Worded(f"{path}：{words}", f"{path}: {words}"))


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
        detail = f" ({status.detail})" if status.detail else ""
        what = Worded(f"{address}{detail}", f"{address}{detail}")
        return Finding(_PRINTER, what, _FAULTS[status.fault])
    if not status.known:
        return Finding(
            _PRINTER,
            Worded(
                f"{address} 可写，但不报告状态；用 --print-test-slip 确认",
                f"{address} takes data but tells nothing; be sure with --print-test-slip",
            ),
        )
    low = status.paper is Paper.LOW
    return Finding(
        _PRINTER,
        Worded(
            f"{address} 就绪{'，纸将尽' if low else ''}",
            f"{address} is ready{', the paper is low' if low else ''}",
        ),
    )


DEVICE_CHECKS: tuple[Check, ...] = (scanner, keypad, screen, printer)


def scan(settings: Settings, seconds: float) -> Finding:
    """Waits for one scan and says what the terminal takes it for."""
    device = devices.open_scanner(settings.scanner)
    if device is None:
        return scanner(settings)
    heard: SimpleQueue[DeviceValue] = SimpleQueue()
    again = Worded("请检查电缆与扫码枪配置", "check its cable and its profile (config/scanners)")
    device.start(heard.put)
    try:
        while True:
            match heard.get(timeout=seconds):
                case Scan() as found:
                    code = recognise(found, settings.patterns)
                    text = "***" if isinstance(code, Badge) else masked(found.text)  # opens tills
                    said = f"{found.aim}{text} = {type(code).__name__}"
                    return Finding(_SCANNER, Worded(f"扫到 {said}", f"scanned {said}"))
                case ScanRejected(fault=why):
                    what = Worded(f"扫码被丢弃：{why.name}", f"a scan was rejected: {why.name}")
                    return Finding(_SCANNER, what, again)
                case DeviceLost(detail=why_not):
                    what = Worded(f"无法打开：{why_not}", f"cannot be opened: {why_not}")
                    return Finding(_SCANNER, what, again)
                case _:
                    continue
    except Empty:
        return Finding(
            _SCANNER, Worded(f"{seconds:g} 秒内没有扫码", f"no scan within {seconds:g} s"), again
        )
    finally:
        device.close()


def _input(name: Worded, match: NodeMatch | None, settings: Settings) -> Finding:
    assert match is not None, "settings with a device known by nothing"
    try:
        nodes = open_nodes(match)
    except OSError as fault:
        return _cannot_open(name, _said(match), fault, "input", running=terminal_runs(settings))
    paths = ", ".join(node.path for node in nodes)
    for node in nodes:
        node.close()
    return Finding(name, Worded(f"可用：{paths}", f"opens: {paths}"))


def _hid_pos(settings: Settings) -> Finding:
    match = settings.scanner.match
    try:
        with closing(open_hidraw(match)) as node:
            path, fits = node.path, is_scanner(node.descriptor)
    except OSError as fault:
        said = _said(match) if match else "HID-POS"
        return _cannot_open(_SCANNER, said, fault, "returns", running=terminal_runs(settings))
    if not fits:
        what = Worded(f"{path} 不是 HID-POS 扫码枪", f"{path} is no HID-POS scanner")
        todo = Worded(
            "请扫描手册中的 USB HID-POS 设置码", "scan its manual's setting code for USB HID-POS"
        )
        return Finding(_SCANNER, what, todo)
    return Finding(_SCANNER, Worded(f"可用：{path}", f"opens: {path}"))


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
    return Finding(_SCANNER, Worded(f"可用：{path}", f"opens: {path}"))


def _held_by_terminal(what: str) -> Worded:
    return Worded(f"{what} 由运行中的终端使用", f"{what}: in use by the running terminal")


def _cannot_open(name: Worded, what: str, fault: OSError, group: str, *, running: bool) -> Finding:
    said = Worded(f"{what}：{fault.strerror}", f"{what}: {fault.strerror}")
    match fault.errno:
        case errno.EBUSY if running:
            return Finding(name, _held_by_terminal(what))
        case errno.EBUSY:
            todo = _FAULTS[PrinterFault.BUSY]
        case errno.EACCES | errno.EPERM:
            todo = Worded(
                f"请将用户加入 {group} 组：usermod -aG {group} 用户",
                f"add the user to group {group}: usermod -aG {group} USER",
            )
        case _:
            todo = Worded(
                "请插好设备，或在 terminal.toml 中改正",
                "plug it in, or correct it in terminal.toml",
            )
    return Finding(name, said, todo)
