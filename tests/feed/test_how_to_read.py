"""How a dropped file is read: by its sign, by the usual maps, within bounds, and not half."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from terminal.feed import values
from terminal.feed.feed import Pace
from terminal.feed.reading import MEMORY_MAX
from tests.app.sales_files import CONFIG, REAL
from tests.app.unit import Unit
from tests.fakes.small_disk import full_disk
from tests.feed.shelf import Shelf

PRICE_LIST = (
    "sku,gtin,name,unit,price,currency,tax_rate,category,valid_from\n"
    "100234,6901234567892,矿泉水,each,2.50,CNY,0.13,,2026-11-01\n"
)


def unit_beside(shelf: Shelf, folder: Path) -> Unit:
    """Commands typed while the terminal of `shelf` runs."""
    config = Path(shutil.copytree(CONFIG, folder / "config"))
    text = (config / "terminal.toml").read_text("utf-8")
    text = text.replace('watch = ""', f'watch = "{shelf.watch}"')
    (config / "terminal.toml").write_text(text, "utf-8")
    return Unit(folder, config)


def test_the_map_that_the_sign_names_reads_a_file_of_any_ending(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.drop("retail.txt.gz", REAL.read_bytes(), done='map = "online-retail"\n')
    shelf.serve()
    assert [(one["taken"], one["added"]) for one in shelf.records()] == [(True, 526)]
    shelf.close()


def test_the_usual_map_of_sales_reads_no_price_list(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, map="online-retail")
    shelf.drop("list.csv", PRICE_LIST, done='what = "prices"\n')
    shelf.serve()
    assert [(one["what"], one["added"]) for one in shelf.records()] == [("prices", 1)]
    shelf.close()


def test_a_hand_over_that_failed_leaves_nothing_in_the_way_of_the_next(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    unit = unit_beside(shelf, tmp_path)
    path = tmp_path / "list.csv"
    path.write_text(PRICE_LIST, "utf-8")
    with full_disk(past=path.stat().st_size):  # the file fits, what its sign says does not
        said = unit.does("import-prices", path, "--map", "m" * 500)
    assert (said.code, "Nothing was handed over" in said.err) == (2, True)
    assert list(shelf.watch.iterdir()) == []
    assert "The terminal is running" in unit.does("import-prices", path).err
    shelf.serve()
    assert [(one["what"], one["added"]) for one in shelf.records()] == [("prices", 1)]
    shelf.close()


def test_nothing_of_a_file_goes_in_that_was_written_on_after_it_was_found(tmp_path: Path) -> None:
    """Its first rows look like a whole receipt; on file, they would refuse the whole one."""
    shelf = Shelf(tmp_path)
    heading = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
    row = "536365,85123{},LANTERN,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom\n"
    path = shelf.drop("day.csv", heading + row.format("A"), done='map = "online-retail"\n')
    reading = shelf.settings.data / "import"
    shelf.serve(until=lambda: any(reading.iterdir()))
    with path.open("a") as file:
        file.write(row.format("B"))
    shelf.serve(until=lambda: any(reading.glob("*/verdict.json")))
    with path.open("a") as file:
        file.write(row.format("C"))
    shelf.serve()
    (sale,) = shelf.store.heads_by_receipt_no("536365")
    stored = shelf.store.sale(sale.id)
    assert stored is not None
    assert len(stored.lines) == 3
    assert [one["taken"] for one in shelf.records()] == [True]
    shelf.close()


def test_the_reading_process_has_its_bound_of_memory_before_it_opens_the_file(
    tmp_path: Path,
) -> None:
    os.mkfifo(tmp_path / "day.csv")  # it waits there for a writer, and can be looked at
    place = str(tmp_path)
    order = values.Order(
        values.as_text(tmp_path / "day.csv"), "", place, place, "", "", "sales", "", "", False, ""
    )
    values.to_file(tmp_path / "order.json", order)
    line = [sys.executable, "-m", "terminal.feed.reading", str(tmp_path / "order.json")]
    with subprocess.Popen(line, cwd=Path(__file__).parents[2]) as child:
        try:
            limits, end = Path(f"/proc/{child.pid}/limits"), time.monotonic() + 60
            while f" {MEMORY_MAX} " not in limits.read_text("utf-8"):
                assert time.monotonic() < end, limits.read_text("utf-8")
                time.sleep(0.05)
        finally:
            child.kill()


def test_reading_that_takes_too_long_is_ended_and_the_file_refused(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, pace=Pace(child=0.01, read=0.0))
    shelf.drop("list.csv", PRICE_LIST)
    shelf.serve()
    assert "reading it failed (code -9)" in shelf.report("refused/list.csv")[0][3]
    shelf.close()
