"""What the tests' own printer makes of some bytes, and goldens to compare it with."""

import os
from pathlib import Path

from PIL import Image, ImageChops

from printer.escpos import encode
from printer.models import Charset, Model
from printer.slip import Slip
from tests.fakes.escpos_parser import Command
from tests.fakes.printer import Machine

_GOLDEN = Path(__file__).parent / "golden"


def printed(slip: Slip, model: Model) -> Machine:
    """A printer of this model that has printed the slip."""
    charset = "gbk" if model.charset is Charset.NONE else model.charset.value
    machine = Machine(model.width, charset)
    machine.receive(encode(slip, model))
    machine.end_of_job()
    return machine


def counts(machine: Machine, names: frozenset[str] = frozenset()) -> dict[str, int]:
    """How often each command came, `names` left out."""
    found: dict[str, int] = {}
    for event in machine.events:
        name = event.name if isinstance(event, Command) else type(event).__name__
        if name not in names:
            found[name] = found.get(name, 0) + 1
    return found


def same_text(name: str, text: str) -> bool:
    """Whether `text` is the golden; UPDATE_GOLDEN=1 writes it instead."""
    path = _GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, "utf-8")
    return path.read_text("utf-8") == text


def same_picture(name: str, picture: Image.Image) -> bool:
    """Whether it is the golden, one dot in two hundred aside (another FreeType)."""
    path = _GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        picture.save(path, optimize=True)
    with Image.open(path) as golden:
        if golden.size != picture.size:
            return False
        difference = ImageChops.logical_xor(golden.convert("1"), picture.convert("1"))
    return difference.histogram()[-1] * 200 <= difference.width * difference.height
