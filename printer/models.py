"""What a printer can do, read from config/printers/*.toml: a model is data, never a branch by name.

A profile of python-escpos, when named, gives the dots, columns and cutter it knows; our file says
the rest and has the last word. Every fault of a file is reported at once.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any

from msgspec import Struct


class Charset(Enum):
    """Which Chinese characters the firmware can print as text; NONE prints the slip as pictures."""

    GB2312 = "gb2312"
    GBK = "gbk"
    GB18030 = "gb18030"
    NONE = "none"


class Ability(Enum):
    """Ways in which a printer tells how it is; see hardware notes on each in status.py."""

    DLE_EOT = "dle_eot"  # real-time status
    GS_R = "gs_r"  # status in the order of printing: what came before it is processed
    GS_PAREN_H = "gs_paren_h"  # the printer says when a slip is printed
    LPGETSTATUS = "lpgetstatus"  # the USB port's own paper-out line


class CutKind(Enum):
    PARTIAL = "partial"
    FULL = "full"
    NONE = "none"  # a tear bar


class Recovery(Enum):
    """How to get a printer out of a half-received command after a broken transfer."""

    ZEROS = "zeros"  # fill up the longest picture, then reset: works on all
    DLE_DC4 = "dle_dc4"  # clear the buffers in real time (Epson)


class Model(Struct, frozen=True):
    """One kind of printer. Widths in dots, times in milliseconds or seconds as named."""

    name: str
    width: int  # dots across: 576 (80 mm), 512, 384 (58 mm)
    columns: int  # narrow characters a line; a Chinese one takes two
    charset: Charset = Charset.GBK
    native_qr: bool = False  # clones print `GS ( k` as text, so only where it is known to work
    abilities: frozenset[Ability] = frozenset()
    cut: CutKind = CutKind.PARTIAL
    feed_to_cut: int = 5  # lines from the print head to the cutter or tear bar
    qr_dots_min: int = 4  # below 4 dots a module phones fail (DENSO's own floor)
    qr_dots_max: int = 8
    raster_rows: int = 255  # rows of one GS v 0
    drawer_pin: int = 2
    drawer_on_ms: int = 100
    drawer_off_ms: int = 100
    drawer_realtime: bool = False  # DLE DC4 1: opens even when paper is out
    recovery: Recovery = Recovery.ZEROS
    answer_seconds: float = 0.5  # a status answer
    stall_seconds: float = 5.0  # no byte taken for so long is a fault
    finish_seconds: float = 15.0  # from the last byte to the printer's "printed"

    def can(self, ability: Ability) -> bool:
        return ability in self.abilities


class ModelProblem(Struct, frozen=True):
    """One fault of a printer file: `wanted` says what must be, a sentence with its values."""

    source: str
    key: str
    value: str
    wanted: str
    values: Mapping[str, object]

    def __str__(self) -> str:
        what = f"{self.key} = {self.value}: " if self.value else f"{self.key}: " * bool(self.key)
        wanted = self.wanted.format(**self.values) if self.values else self.wanted
        return f"{self.source}: {what}{wanted}"


class ModelError(ValueError):
    """All faults of one printer file, each with the key and the cure."""

    def __init__(self, faults: tuple[ModelProblem, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


class Wrong(ValueError):  # noqa: N818 - named for what it is
    """A key's value is not what it must be."""

    def __init__(self, wanted: str, **values: object) -> None:
        super().__init__(wanted)
        self.wanted, self.values = wanted, values

    def at(self, source: str, key: str, value: str) -> ModelProblem:
        return ModelProblem(source, key, value, self.wanted, self.values)


_NUMBERS: Mapping[str, tuple[float, float]] = {
    "width": (200, 1200),
    "columns": (16, 96),
    "feed_to_cut": (0, 20),
    "qr_dots_min": (4, 8),
    "qr_dots_max": (4, 8),
    "raster_rows": (8, 4095),
    "drawer_on_ms": (2, 510),
    "drawer_off_ms": (2, 510),
    "answer_seconds": (0.05, 10),
    "stall_seconds": (0.1, 120),
    "finish_seconds": (0.1, 300),
}
_CHOICES: Mapping[str, type[Enum]] = {"charset": Charset, "cut": CutKind, "recovery": Recovery}
_SWITCHES = ("native_qr", "drawer_realtime")
_WHOLE = {name for name, kind in Model.__annotations__.items() if kind is int}


def load_model(path: Path) -> Model:
    """The printer described by one TOML file, named after it.

    Raises ModelError (every fault at once) and OSError (no such file).
    """
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        wrong = Wrong("is not valid TOML: {fault}", fault=fault)
        raise ModelError((wrong.at(str(path), "", ""),)) from fault
    return model_from(raw, path.stem, str(path))


def load_models(folder: Path) -> dict[str, Model]:
    """All printers of a folder by name, in the order of their names."""
    return {path.stem: load_model(path) for path in sorted(folder.glob("*.toml"))}


def model_from(raw: Mapping[str, object], name: str, source: str) -> Model:
    """A model from the keys of a file; `source` is what a fault is reported against."""
    faults: list[ModelProblem] = []
    values: dict[str, Any] = {"name": name}
    if "profile" in raw:
        try:
            values.update(escpos_profile(str(raw["profile"])))
        except Wrong as wrong:
            faults.append(wrong.at(source, "profile", repr(raw["profile"])))
    for key, value in raw.items():
        if key in ("profile", "title"):
            continue
        try:
            values[key] = _reader(key)(key, value)
        except Wrong as wrong:
            faults.append(wrong.at(source, key, repr(value)))
    if not faults:
        faults = [wrong.at(source, key, value) for key, value, wrong in _contradictions(values)]
    if faults:
        raise ModelError(tuple(faults))
    return Model(**values)


def _contradictions(values: Mapping[str, Any]) -> Iterator[tuple[str, str, Wrong]]:
    """What is wrong between keys that are right one by one: key, its value, and why."""
    for key in ("width", "columns"):
        if key not in values:
            low, high = _NUMBERS[key]
            wrong = Wrong(
                "is missing and no profile gives it: must be a whole number from {low} to {high}",
                low=low,
                high=high,
            )
            yield key, "", wrong
    width = values.get("width", 0)
    if width % 8:
        yield "width", str(width), Wrong("must be a multiple of 8 dots")
    if values.get("qr_dots_min", 4) > values.get("qr_dots_max", 8):
        yield "qr_dots_min", str(values["qr_dots_min"]), Wrong("is above qr_dots_max")


def _reader(key: str) -> Callable[[str, object], object]:
    if key in _NUMBERS:
        return _number
    if key in _CHOICES:
        return _choice
    if key in _SWITCHES:
        return _switch
    return {"drawer_pin": _pin, "abilities": _abilities}.get(key, _unknown)


def _number(key: str, value: object) -> float:
    low, high = _NUMBERS[key]
    allowed = (int,) if key in _WHOLE else (int, float)
    if isinstance(value, bool) or not isinstance(value, allowed) or not low <= value <= high:
        if key in _WHOLE:
            raise Wrong("must be a whole number from {low} to {high}", low=low, high=high)
        raise Wrong("must be a number from {low} to {high}", low=low, high=high)
    return value


def _choice(key: str, value: object) -> Enum:
    kinds = _CHOICES[key]
    for member in kinds:
        if member.value == value:
            return member
    listed = ", ".join(str(member.value) for member in kinds)
    raise Wrong("must be one of {listed}", listed=listed)


def _switch(_key: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise Wrong("must be true or false")
    return value


def _pin(_key: str, value: object) -> int:
    if value == 2:
        return 2
    if value == 5:
        return 5
    raise Wrong("must be 2 or 5")


def _abilities(_key: str, value: object) -> frozenset[Ability]:
    known = {ability.value: ability for ability in Ability}
    if not isinstance(value, list) or any(item not in known for item in value):
        raise Wrong("must be a list out of {listed}", listed=", ".join(known))
    return frozenset(known[item] for item in value)


def _unknown(_key: str, _value: object) -> object:
    allowed = sorted({"profile", "title"} | set(Model.__struct_fields__) - {"name"})
    raise Wrong("is not known; known here: {known}", known=", ".join(allowed))


@lru_cache(maxsize=1)
def _capabilities() -> Any:
    import json  # noqa: PLC0415  (only files that name a profile need these two)
    from importlib.resources import files  # noqa: PLC0415

    # The data file only: importing escpos.capabilities costs 0.15 s (it reads this JSON as YAML),
    # calls logging.basicConfig and leaves a temporary folder behind at every start.
    return json.loads((files("escpos") / "capabilities.json").read_text("utf-8"))


def escpos_profile(name: str) -> dict[str, Any]:
    """What python-escpos knows of a printer, as keys of Model: width, columns, cut, name apart.

    Its "supports QR code" is not taken over: it is claimed for clones that print `GS ( k` as text.
    """
    profiles = _capabilities()["profiles"]
    if name not in profiles:
        listed = ", ".join(profiles)
        raise Wrong("is no profile of python-escpos; it knows {listed}", listed=listed)
    profile = profiles[name]
    features = profile["features"]
    cut = CutKind.PARTIAL if features.get("paperPartCut") else CutKind.FULL
    found: dict[str, Any] = {
        "columns": profile["fonts"]["0"]["columns"],
        "cut": cut
        if features.get("paperFullCut") or features.get("paperPartCut")
        else CutKind.NONE,
    }
    width = profile["media"]["width"].get("pixels")
    if isinstance(width, int):
        found["width"] = width
    return found
