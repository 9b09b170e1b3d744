"""Prints files of bytes on emupos, a printer of others; run by its own Python, 3.13 or newer.

    python -P emupos_printer.py WIDTH OUT FILE...

One JSON line a file: its commands by name, what emupos did not know, pictures of its receipts (in
OUT), and how often the drawer opened. Standard library and emupos only.
"""

import importlib.resources
import json
import sys
from pathlib import Path

import yaml
from emupos.config import PrinterProfile
from emupos.events import EventType
from emupos.printer.escpos.tokenizer import Command, Tokenizer, Unknown
from emupos.printer.printer import Printer

NOTHING = b"\x00"  # a printer ignores it in text; sent to fill up a broken picture


def profile(width: int) -> PrinterProfile:
    """The first of emupos's printers, on paper of `width` dots."""
    home = importlib.resources.files("emupos").joinpath("profiles", "printers")
    first = min(home.iterdir(), key=lambda one: one.name)
    known = PrinterProfile.model_validate(yaml.safe_load(first.read_text("utf-8")))
    return known.model_copy(update={"width_dots": width})


def commands(raw: bytes) -> tuple[list[str], list[str]]:
    """Names in order, and the bytes that are none; a command cut short at the end among them."""
    tokenizer = Tokenizer()
    tokens = [*tokenizer.feed(raw), tokenizer.close()]
    named = [_name(one) for one in tokens if isinstance(one, Command)]
    return named, [
        one.raw.hex(" ") for one in tokens if isinstance(one, Unknown) and one.raw != NOTHING
    ]


def _name(one: Command) -> str:
    return f"GS ( {chr(one.params[0])}" if one.name == "GS (" else one.name


def printed(file: Path, width: int, out: Path) -> dict[str, object]:
    raw = file.read_bytes()
    named, strange = commands(raw)
    kind = profile(width)
    printer = Printer(
        "lab", kind, sensor_open_level=kind.drawer_sensor_open_level, job_idle_timeout_ms=1000
    )
    printer.open_connection("lab", 0.0)
    done = printer.receive("lab", raw, 0.0) + printer.close_connection("lab", 0.0)
    pictures = []
    for number, receipt in enumerate(done.receipts, 1):
        pictures.append(out / f"{file.stem}-{number:02d}.png")
        pictures[-1].write_bytes(receipt.png)
    return {
        "file": str(file),
        "commands": named,
        "strange": strange,
        "pictures": [str(one) for one in pictures],
        "opened": sum(one.type is EventType.DRAWER_OPENED for one in done.events),
    }


def main(width: str, out: str, *files: str) -> None:
    for file in files:
        sys.stdout.write(json.dumps(printed(Path(file), int(width), Path(out))) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
