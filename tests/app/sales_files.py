"""Small sales files for the tests: the example of the interchange format, and changes of it."""

import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from terminal.core.sale import Sale
from terminal.interchange.jsonlines import found_in
from terminal.interchange.source import Line
from terminal.interchange.values import Offered

CONFIG = Path(__file__).parents[2] / "config"
MAPS = CONFIG / "import"
REAL = Path(__file__).parents[1] / "data" / "online-retail-2010-12-01-to-06.csv.gz"
REAL_ROWS = 14_022


def sale(sequence: int = 1234, **changes: Any) -> dict[str, Any]:
    """Three bottles for 5.40, less 1.00 and 0.04; keys with __ change what lies deeper."""
    found: dict[str, Any] = {
        "receipt": {
            "business_unit": "0571",
            "workstation": "03",
            "business_day": "2026-11-20",
            "sequence": sequence,
        },
        "receipt_no": f"057103261120{sequence:05d}",
        "sold_at": "2026-11-20T14:03:22+08:00",
        "cashier": "1007",
        "currency": "CNY",
        "lines": [line()],
        "reductions": [
            {"kind": "basket", "amount": "1.00"},
            {"kind": "rounding", "amount": "0.04"},
        ],
        "tenders": [
            {"kind": "wechat", "amount": "4.36", "reference": "4200002026", "masked": "零钱"}
        ],
        "total": "4.36",
    }
    for dotted, value in changes.items():
        put(found, dotted, value)
    return found


def taken(said: dict[str, Any]) -> Sale:
    """The sale, taken in as a line of a file would be."""
    found = found_in(Line(1, json.dumps(said).encode()))
    assert isinstance(found, Offered), found
    return found.sale


def line(number: int = 1, net: str = "5.40", **changes: Any) -> dict[str, Any]:
    return {
        "line": number,
        "sku": "100234",
        "gtin": "6901234567892",
        "name": "矿泉水 550ml",
        "unit": "each",
        "quantity": "3",
        "list_price": "2.00",
        "net_amount": net,
        "tax_rate": "0.13",
        "category": "beverage",
        **changes,
    }


GONE = object()


def put(found: dict[str, Any], dotted: str, value: object) -> None:
    """Put `value` at `lines__0__sku`; GONE takes the field away."""
    *way, leaf = dotted.split("__")
    here: Any = found
    for step in way:
        here = here[int(step)] if step.isdigit() else here[step]
    if value is GONE:
        del here[leaf]
    else:
        here[int(leaf) if leaf.isdigit() else leaf] = value


def written(path: Path, lines: Iterable[object]) -> Path:
    """JSON Lines of objects; bytes go in as they are."""
    with path.open("wb") as file:
        for one in lines:
            data = one if isinstance(one, bytes) else json.dumps(one, ensure_ascii=False).encode()
            file.write(data + b"\n")
    return path


def copied_maps(tmp_path: Path, old: str, new: str) -> Path:
    """The maps, with one change in that of the real set."""
    folder = Path(shutil.copytree(MAPS, tmp_path / "import"))
    path = folder / "online-retail.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    return folder
