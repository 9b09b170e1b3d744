"""How much memory an import takes at 10,000 and at 100,000 lines.

    python -m tests.app.import_memory

Each import is a process of its own, through the command line, as a shop runs it.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.app.poslog_files import log, simple
from tests.app.sales_files import line, sale, written

ROOT = Path(__file__).parents[2]

PEAK = """
import sys
from pathlib import Path
from terminal.cli import main
code = main(["--data", sys.argv[1], "import-sales", *sys.argv[2:]])
status = Path("/proc/self/status").read_text()
print(code, next(one.split()[1] for one in status.splitlines() if one.startswith("VmHWM")))
"""


def peak_kib(tmp_path: Path, file: Path) -> int:
    """The most memory an import took, in a process of its own."""
    data = tmp_path / "data"
    data.mkdir(exist_ok=True)
    env = {**os.environ, "RETURNS_CONFIG": str(ROOT / "config")}
    done = subprocess.run(
        [sys.executable, "-c", PEAK, str(data), str(file)],
        cwd=ROOT, env=env, capture_output=True, text=True, check=True,
    )  # fmt: skip
    code, peak = done.stdout.split()
    assert code == "0", done.stderr
    return int(peak)


def file_of(tmp_path: Path, kind: str, lines: int) -> Path:
    """JSON Lines with 50 goods a sale, or CSV whose rows of one receipt stand far apart."""
    path = tmp_path / f"{lines}.{kind}"
    if kind == "jsonl":
        goods = [line(place, "1.00") for place in range(1, 51)]
        paid = [{"kind": "cash", "amount": "50.00"}]
        one = sale(0, lines=goods, reductions=[], tenders=paid, total="50.00")

        def sales() -> Iterator[object]:
            for number in range(lines // 50):
                one["receipt"]["sequence"] = number + lines
                yield one

        return written(path, sales())
    if kind == "xml":
        parts = (simple(number) for number in range(lines // 2))
        with path.open("w", encoding="utf-8") as file:
            head, tail = log("|").split("|")
            file.write(head)
            file.writelines(parts)
            file.write(tail)
        return path
    heading = (ROOT / "config/import/native.toml").read_text("utf-8").split("[columns]")[1]
    names = [row.split(" = ")[0] for row in heading.splitlines() if " = " in row]
    cells = {
        "business_unit": "0571", "workstation": "03", "business_day": "2026-11-20",
        "sold_at": "2026-11-20T14:03:22+08:00", "currency": "CNY", "sku": "1", "name": "矿泉水",
        "quantity": "1", "net_amount": "1.00", "tender": "cash", "total": "10.00",
    }  # fmt: skip
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join(names) + "\n")
        for number in range(lines):
            cells["receipt_no"] = cells["sequence"] = str(lines + number % (lines // 10))
            file.write(",".join(cells.get(name, "") for name in names) + "\n")
    return path


def main() -> None:
    for kind in ("jsonl", "csv", "xml"):
        for lines in (10_000, 100_000):
            with tempfile.TemporaryDirectory() as folder:
                peak = peak_kib(Path(folder), file_of(Path(folder), kind, lines))
            sys.stdout.write(f"{kind:<6} {lines:>7} lines {peak / 1024:>6.1f} MiB\n")


if __name__ == "__main__":
    main()
