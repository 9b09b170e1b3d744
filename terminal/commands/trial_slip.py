"""A slip that shows whether this printer does what slips need: Chinese, columns, QR, cut."""

from queue import Empty, SimpleQueue

from printer.escpos import encode
from printer.open_link import link_opener
from printer.slip import Align, Columns, Cut, Qr, Rule, Size, Slip, Text
from printer.spool import Spool
from printer.values import (
    PrinterNotReady,
    PrinterReady,
    PrinterValue,
    SlipNotSent,
    SlipPrinted,
    SlipUncertain,
)
from terminal import devices
from terminal.commands.check_devices import FAULTS
from terminal.commands.finding import Finding
from terminal.core.words import Told, sentence
from terminal.settings import Settings

NAME = sentence("test slip")
_JOB = "test-slip"


def slip(settings: Settings) -> Slip:
    shop = settings.shop.name
    return Slip(
        (
            Text(shop.zh, Align.CENTRE, Size.LARGE, bold=True),
            Text(shop.en, Align.CENTRE),
            Text("打印测试 TEST SLIP", Align.CENTRE, bold=True),
            Rule(),
            Columns("左 left", "右 right"),
            Columns("合计 total", "¥ 1234.56", Size.LARGE, bold=True),
            Text("两端文字应对齐，汉字应清晰，二维码应可扫。", size=Size.SMALL),
            Text("Both edges in line, Chinese clear, the code readable.", size=Size.SMALL),
            Qr(settings.slip_url),
            Rule(),
            Cut(),
        )
    )


def print_slip(settings: Settings, wanted: Slip, name: Told = NAME) -> Finding:
    """Prints it once; says whether the printer confirmed it. Raises SlipError (the font)."""
    model = settings.printer.model
    data = encode(wanted, model)
    heard: SimpleQueue[PrinterValue] = SimpleQueue()
    patience = model.stall_seconds + model.finish_seconds + 10
    spool = Spool(link_opener(devices.printer_address(settings.printer)), model, heard.put)
    try:
        spool.prepare(_JOB)
        answer = heard.get(timeout=patience)
        if isinstance(answer, PrinterReady):
            spool.send(_JOB, data)
            answer = heard.get(timeout=patience)
    except Empty:
        return Finding(name, sentence("no answer"), sentence("look at the printer"))
    finally:
        spool.close(1.0)
    return _finding(answer, name)


def _finding(answer: PrinterValue, name: Told) -> Finding:
    match answer:
        case SlipPrinted(confirmed=True):
            return Finding(name, sentence("printed, the printer confirms it"))
        case SlipPrinted():
            return Finding(name, sentence("sent: look whether it came out"))
        case SlipUncertain(fault=fault):
            return Finding(name, sentence("perhaps not printed whole"), FAULTS[fault])
        case PrinterNotReady(fault=fault) | SlipNotSent(fault=fault):
            return Finding(name, sentence("not printed"), FAULTS[fault])
        case other:
            raise AssertionError(other)
