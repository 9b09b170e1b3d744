"""Everything that must hold of the slips of a folder: bytes, words, codes, and where they agree.

Law of the file: the code on paper is compared with the words beside it, with the code that the
screen showed and with the record, and all four must be one.
"""

import base64
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image

from printer.models import CutKind, Model, load_models
from storage.store import open_reader
from terminal.ledger import apart
from terminal.ui.words import Words
from tests.lab.slips.harmless import TRIAL_MARK, settings, strange
from tests.lab.slips.readers import READERS, Disagree, Readers, alike, read
from tests.lab.slips.roll import Sheet, names, sheets

Token = tuple[str, int]
TOKEN_BYTES = 97
MODELS = load_models(Path(__file__).parents[3] / "config" / "printers")
_W = Words("zh_CN")
_NUMBER = re.compile(r"R-[0-9]{4}-[0-9]{2}-[0-9]{6}")
_SHORT = re.compile(re.escape(_W("Short code {code}", code="@")).replace("@", r"(\S{5}-\S{5}-\S)"))


@dataclass
class Look:
    """One sheet, looked at: its codes with their readers, and what is wrong."""

    slip: str
    sheet: Sheet
    codes: dict[str, list[str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        kind = "torn off, " if self.sheet.torn else ""
        code = "; ".join(f"{code} read by {', '.join(by)}" for code, by in self.codes.items())
        said = f"{kind}{len(self.sheet.page.lines)} lines, {code or 'no code'}"
        if self.faults:
            return f"✗ {self.slip}: {said}: {'; '.join(self.faults)}"
        return f"✓ {self.slip}: {said}; commands as of harmless data"


@dataclass(frozen=True)
class Known:
    """Codes that the screen showed and that the records have; None where neither was kept. `signed`
    are the recorded returns by what a signed code (docs/WIRE.md) says of them.
    """

    shown: frozenset[str] | None = None
    recorded: frozenset[str] | None = None
    signed: Mapping[Token, str] = field(default_factory=dict)


UNKNOWN = Known()


def folder(
    home: Path, model: Model = MODELS["generic-80mm"], by: Readers = READERS
) -> Iterator[Look]:
    """Every sheet of what was kept there; each scenario's wire is one file."""
    for path in wires(home):
        raw, database = path.read_bytes(), path.parent / "data" / "returns.db"
        rows = _journal(database) if database.exists() else None
        signed = _signed(rows or [])
        known = Known(_shown(path.parent, by, signed), _recorded(rows), signed)
        seen = [
            look(f"{path.parent.name}/{path.stem} {number}", sheet, model, known, by)
            for number, sheet in enumerate(sheets(raw, model), 1)
        ]
        if seen and rows is not None:
            seen[-1].faults += _pulses(raw, model, rows)
        yield from seen


class Wrong(ValueError):  # noqa: N818 - named for what happened
    """A sheet does not hold; the text is its line."""


def held(home: Path, model: Model = MODELS["generic-80mm"], by: Readers = READERS) -> str:
    """Of one scenario: how many sheets hold. Raises Wrong with the lines of those that do not."""
    seen = list(folder(home, model, by))
    if wrong := [str(one) for one in seen if one.faults]:
        raise Wrong("\n".join(wrong))
    codes = {code: by for one in seen for code, by in one.codes.items()}
    read = f", {len(codes)} codes read by {min(map(len, codes.values()))} readers" if codes else ""
    return f"{len(seen)} sheets, no command from data{read}"


def wires(home: Path) -> list[Path]:
    """`home` is one scenario's folder, or holds some; a scenario may have parts."""
    found = (home.glob(one) for one in ("*.bin", "*/slips.bin", "*/*/slips.bin"))
    return sorted(path for paths in found for path in paths)


def look(
    name: str, sheet: Sheet, model: Model, known: Known = UNKNOWN, by: Readers = READERS
) -> Look:
    """Never raises Disagree: what is wrong is said in `faults`."""
    seen = Look(name, sheet)
    try:
        seen.codes = read(sheet.picture, by)
    except Disagree as fault:
        seen.faults.append(str(fault))
    seen.faults += wrong(sheet, model)
    seen.faults += _elsewhere(sheet, seen.codes, known)
    return seen


def wrong(sheet: Sheet, model: Model) -> Iterator[str]:
    """What is wrong with its bytes, whatever its code says."""
    yield from sheet.faults
    if odd := strange(sheet, model):
        yield odd
    if inside := sheet.asked_inside_a_line:
        yield f"inside a line: {inside}"
    if not sheet.whole and not sheet.torn and model.cut is not CutKind.NONE:
        yield "not cut off"


def _elsewhere(sheet: Sheet, codes: dict[str, list[str]], known: Known) -> Iterator[str]:
    """Where the codes differ from the words beside them, from the screen and from the records."""
    if TRIAL_MARK in sheet.text:
        if set(codes) != {settings().slip_url}:
            yield f"the code of a test slip is the shop's address, not {sorted(codes)}"
        return
    numbers, shorts = set(_NUMBER.findall(sheet.text)), set(_SHORT.findall(sheet.text))
    said = {f"{number}/{short.replace('-', '')}" for number in numbers for short in shorts}
    read = _ends(codes, known.signed)
    if said != read and not (sheet.torn and said < read):
        yield f"the words say {sorted(said)}, the code says {sorted(read)}"
    for where, there in (("screen", known.shown), ("record", known.recorded)):
        if there is not None and not read <= there:
            yield f"the {where} has {sorted(there)}, the code says {sorted(read)}"


def _ends(codes: Iterable[str], signed: Mapping[Token, str]) -> frozenset[str]:
    """`number/short code` of each code's address; of a signed one, of the return that it names."""
    return frozenset(
        signed.get(token(code), f"no return on file: {token(code)}")
        if "/T/" in code
        else code.split("/R/")[-1]
        for code in codes
    )


def token(code: str) -> Token:
    """What a signed code says: the return's id in hexadecimal, and its amount in minor units."""
    text = code.rsplit("/T/", maxsplit=1)[-1]
    said = base64.b32decode(text + "=" * (-len(text) % 8))
    if len(said) != TOKEN_BYTES or said[0] != 1:
        raise ValueError(f"{code}: not the bytes of docs/WIRE.md")
    return said[4:20].hex(), int.from_bytes(said[26:31], "big")


def _pulses(raw: bytes, model: Model, rows: list[tuple[str, Any]]) -> Iterator[str]:
    """No data opened the drawer: one pulse for a payment in cash, at the most."""
    opened = sum(name in ("ESC p", "DLE DC4") for name in names(raw, model))
    paid = sum(kind == "CashPaid" for kind, _ in rows)
    if opened > paid:
        yield f"the drawer opened {opened} times for {paid} payments in cash"


def _shown(home: Path, by: Readers, signed: Mapping[Token, str]) -> frozenset[str] | None:
    """The codes of the waiting screens of a scenario."""
    pictures = sorted(home.glob(f"screen-*{_W('Waiting for the customer')}*.png"))
    if not pictures:
        return None
    codes = [code for path in pictures for code in alike(Image.open(path), by)]
    return _ends(codes, signed)


def _journal(file: Path) -> list[tuple[str, Any]]:
    with open_reader(file) as reader:
        rows = [(row.kind, apart.whole(row.body, row.personal)) for row in reader.journal()]
    return [(kind, json.loads(text)) for kind, text in rows]


def _recorded(rows: list[tuple[str, Any]] | None) -> frozenset[str] | None:
    """Number and short code of every return in the unit's own file."""
    return None if rows is None else frozenset(_signed(rows).values())


def _signed(rows: list[tuple[str, Any]]) -> dict[Token, str]:
    kept = [body["ret"] for kind, body in rows if kind == "ReturnRecorded"]
    return {
        (one["id"].replace("-", ""), sum(it["amount"] for it in one["settlement"]["refunds"])): (
            f"{one['number']}/{one['short_code'][apart.SIGN]}"
        )
        for one in kept
    }
