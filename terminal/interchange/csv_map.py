"""A column map: which column of a shop's CSV is which field of a sale or of a price.

Sales have theirs in config/import/, price lists in config/prices/.

Law of the file: a map is data. What a shop's system writes differently is said in its map, and
every fault of a map is told at once; no importer knows any shop by name.
"""

from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct

from terminal.core.words import sentence
from terminal.settings.files import Findings
from terminal.settings.problems import SettingsFault
from terminal.settings.reading import Table, open_table

FIELDS = (
    *("business_unit", "workstation", "business_day", "sequence", "receipt_no", "sold_at"),
    *("cashier", "currency", "line", "sku", "gtin", "name", "unit", "quantity", "list_price"),
    *(
        "net_amount",
        "tax_rate",
        "category",
        "reduction",
        "tender",
        "reference",
        "masked",
        "phone",
        "total",
        "bundle",
        "whole",
        "gift_of",
        "gift_threshold",
        "coupon",
        "serials",
        "batch",
    ),
)
REQUIRED = (
    *("business_unit", "workstation", "receipt_no", "sold_at", "currency"),
    *("sku", "name", "quantity", "tender"),
)
ENCODINGS = ("utf-8", "gb18030", "cp1252", "iso-8859-1")


class Kind(Struct, frozen=True):
    """What a map is for: its fields, those it must give, and of `either` one at least."""

    fields: tuple[str, ...]
    required: tuple[str, ...]
    either: tuple[str, ...] = ()


SALES = Kind(FIELDS, REQUIRED, ("net_amount", "list_price"))
PRICES = Kind(
    ("sku", "gtin", "name", "unit", "price", "currency", "tax_rate", "category", "valid_from"),
    ("sku", "name", "price", "currency"),
)


class LeaveOut(Struct, frozen=True):
    """Rows that are no sold goods by the shop's own habit: reported, and no fault."""

    receipt_prefixes: tuple[str, ...] = ()  # receipts that are returns of earlier sales
    skus: tuple[str, ...] = ()  # postage, fees, manual corrections
    reduction_skus: tuple[str, ...] = ()  # below zero on a sale: what was taken off it
    below_zero: bool = False  # quantity or price: stock corrections
    unnamed: bool = False
    unpaid: bool = False  # receipts on which nothing was paid


class ColumnMap(Struct, frozen=True):
    """`columns` and `constants` give each field its column's heading, or its text in every row."""

    name: str
    encoding: str
    delimiter: str
    columns: Mapping[str, str]
    constants: Mapping[str, str]
    time_format: str  # of strptime; empty: ISO 8601
    zone: ZoneInfo | None  # None: the times bear their own offset
    leave_out: LeaveOut

    def has(self, field: str) -> bool:
        return field in self.columns or field in self.constants


def maps_in(folder: Path) -> tuple[str, ...]:
    """The names of the maps there are."""
    return tuple(sorted(one.stem for one in folder.glob("*.toml")))


def load_map(folder: Path, name: str, kind: Kind = SALES) -> ColumnMap:
    """The map <folder>/<name>.toml. Raises SettingsFault with every fault of it."""
    findings = Findings()
    path = folder / f"{name}.toml"
    if name not in maps_in(folder):
        there = ", ".join(maps_in(folder)) or "-"
        findings.of_file(str(path), sentence("there is no such map; {there}", there=there))
        raise SettingsFault(tuple(findings.problems))
    top = open_table(path, findings, f"{folder.name}/{name}.toml")
    top.text("title", "")
    columns = _texts(top.table("columns"), kind)
    constants = _texts(top.table("constants"), kind)
    _check_fields(top, columns, constants, kind)
    file, time = top.table("file"), top.table("time")
    found = ColumnMap(
        name=name,
        encoding=file.choice("encoding", {one: one for one in ENCODINGS}, "utf-8"),
        delimiter=file.choice("delimiter", {",": ",", ";": ";", "|": "|", "\t": "\t"}, ","),
        columns=columns,
        constants=constants,
        time_format=time.text("format", ""),
        zone=_zone(time),
        leave_out=_leave_out(top.table("leave_out")),
    )
    for table in (file, time, top):
        table.close()
    if findings.problems:
        raise SettingsFault(tuple(findings.problems))
    return found


def _texts(table: Table, kind: Kind) -> dict[str, str]:
    found = {}
    for name in table.names():
        if name in kind.fields:
            found[name] = table.text(name)
        else:
            listed = ", ".join(kind.fields)
            table.problem(name, sentence("is no field; there are {listed}", listed=listed))
    return found


def _check_fields(
    top: Table, columns: Mapping[str, str], constants: Mapping[str, str], kind: Kind
) -> None:
    known = {*columns, *constants}
    missing = [one for one in kind.required if one not in known]
    if kind.either and known.isdisjoint(kind.either):
        missing.append(" or ".join(kind.either))
    if missing:
        names = ", ".join(missing)
        top.problem("columns", sentence("lacks {names}: name a column or a constant", names=names))
    both = ", ".join(sorted({*columns} & {*constants}))
    if both:
        top.problem("constants", sentence("has {both}, which is a column too", both=both))


def _zone(table: Table) -> ZoneInfo | None:
    name = table.text("zone", "")
    try:
        return ZoneInfo(name) if name else None
    except (OSError, ValueError, KeyError):  # unknown, or no name of a zone at all
        table.problem("zone", sentence("must be a zone like Asia/Shanghai"))
        return None


def _leave_out(table: Table) -> LeaveOut:
    found = LeaveOut(
        receipt_prefixes=table.texts("receipt_prefixes"),
        skus=table.texts("skus"),
        reduction_skus=table.texts("reduction_skus"),
        below_zero=table.flag("below_zero", default=False),
        unnamed=table.flag("unnamed", default=False),
        unpaid=table.flag("unpaid", default=False),
    )
    table.close()
    return found
