"""`make lab-slips-emupos`: the lab's slips, and hostile ones, on a printer of others.

    python -m tests.lab.slips.emupos_job FOLDER...

Each slip must be the same commands for emupos as for the tests' own parser, none unknown to it, and
its QR code must be read from the picture that emupos drew. A slip of hostile data must be the same
commands as one of harmless data. Needs Python 3.13 (PYTHON313, or in PATH); keeps its environment
and pictures in var/lab/emupos.
"""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from printer.models import Model
from tests.lab.slips.harmless import RETURN, every_wire, with_words
from tests.lab.slips.hostile import RAW, SHOP
from tests.lab.slips.looks import MODELS, wires
from tests.lab.slips.readers import Disagree, read
from tests.lab.slips.roll import LAYOUT, WIRE, names, pieces, sheets

HERE = Path(__file__).parent
HOME = HERE.parents[2] / "var" / "lab" / "emupos"


@dataclass(frozen=True)
class Print:
    """What emupos made of one file."""

    file: Path
    commands: list[str]
    strange: list[str]
    pictures: list[str]
    opened: int

    @property
    def governing(self) -> Counter[str]:
        return Counter(one for one in self.commands if one not in WIRE | LAYOUT)


def python() -> Path:
    """An environment for emupos alone, made when it is missing. SystemExit says what is lacking."""
    made = HOME / "venv" / "bin" / "python"
    wanted = HERE / "requirements-emupos.txt"
    kept = HOME / "venv" / "requirements.txt"
    if kept.exists() and kept.read_bytes() == wanted.read_bytes():
        return made
    found = next(filter(_new_enough, _pythons()), None)
    if found is None:
        raise SystemExit("emupos needs Python 3.13: put it into PATH, or its path into PYTHON313")
    shutil.rmtree(HOME / "venv", ignore_errors=True)
    subprocess.run((found, "-m", "venv", str(HOME / "venv")), check=True)
    pip = (str(made), "-m", "pip", "install", "-q", "--disable-pip-version-check")
    subprocess.run((*pip, "--require-hashes", "--no-deps", "-r", str(wanted)), check=True)
    shutil.copy2(wanted, kept)
    return made


def _pythons() -> Iterator[str]:
    yield from filter(None, (os.environ.get("PYTHON313"), shutil.which("python3.13")))
    yield from map(str, sorted(Path.home().glob(".pyenv/versions/3.13*/bin/python")))


def _new_enough(python: str) -> bool:
    """A name in PATH may be a shim that starts nothing."""
    asks = "import sys, venv; sys.exit(sys.version_info < (3, 13))"
    return not subprocess.run((python, "-c", asks), capture_output=True, check=False).returncode


def prints(jobs: dict[str, bytes], model: Model) -> dict[str, Print]:
    """Each job on a printer of its own, by name."""
    for name in ("in", "out"):
        shutil.rmtree(HOME / name, ignore_errors=True)
        (HOME / name).mkdir(parents=True)
    files = {str(HOME / "in" / f"{at:03d}.bin"): name for at, name in enumerate(jobs)}
    for file, name in files.items():
        Path(file).write_bytes(jobs[name])
    command = (str(python()), "-P", str(HERE / "emupos_printer.py"), str(model.width))
    said = subprocess.run(
        (*command, str(HOME / "out"), *files), check=True, capture_output=True, text=True
    ).stdout
    lines = [json.loads(line) for line in said.splitlines()]
    return {files[one["file"]]: Print(**one) for one in lines}


def faults(raw: bytes, other: Print, model: Model, *, torn: bool) -> Iterator[str]:
    """Where emupos and the tests' own parser and readers differ."""
    ours = names(raw, model)
    if other.commands != ours:
        yield f"emupos heard {len(other.commands)} commands, the tests' parser {len(ours)}"
    if other.strange and not (torn and len(other.strange) == 1):
        yield f"unknown to emupos: {other.strange}"
    try:
        theirs = [read(Image.open(one)) for one in other.pictures]
        codes = sorted(code for found in theirs for code in found)
        wanted = sorted(code for one in sheets(raw, model) for code in read(one.picture))
        if codes != wanted:
            yield f"the codes of emupos's pictures are {codes}, not {wanted}"
    except Disagree as fault:
        yield str(fault)


def kept(folders: list[Path], model: Model) -> dict[str, bytes]:
    """The slips of the folders, parted where a printer was lost; all but the last of them torn."""
    jobs: dict[str, bytes] = {}
    for path in [path for one in folders for path in wires(one)]:
        parts = pieces(path.read_bytes(), model)
        for number, part in enumerate(parts, 1):
            torn = " torn" if number < len(parts) else ""
            jobs[f"{path.parent.name}/{path.stem} {number}{torn}"] = part
    return jobs


def main(folders: list[Path], model: Model = MODELS["generic-80mm"]) -> int:
    """0 when emupos agrees with everything."""
    jobs = kept(folders, model)
    hostile = {
        f"hostile {name} {text!a}": raw
        for text in (*SHOP, *RAW, "".join((*SHOP, *RAW)))
        for name, raw in every_wire(with_words(text), model).items()
    }
    harmless = every_wire(RETURN, model)
    done = prints(jobs | hostile | harmless, model)
    wrong = 0
    for name, raw in (jobs | hostile).items():
        found = list(faults(raw, done[name], model, torn=name.endswith(" torn")))
        if name in hostile and done[name].governing != done[name.split()[1]].governing:
            found.append(f"commands of data: {done[name].governing}")
        if name in hostile and done[name].opened:
            found.append("the drawer opened")
        wrong += bool(found)
        if found or name in jobs:
            sheets_ = f"{len(done[name].commands)} commands, {len(done[name].pictures)} sheets"
            sys.stdout.write(f"{'✗' if found else '✓'} {name}: {sheets_} {'; '.join(found)}\n")
    sys.stdout.write(f"{len(jobs)} pieces of the lab, {len(hostile)} hostile, {wrong} wrong\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main([Path(one) for one in sys.argv[1:]]))
