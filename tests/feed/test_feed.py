"""What a POS drops is taken in while the terminal runs: whole, once, each row accounted for."""

import gzip
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from terminal.feed.feed import Pace
from tests.app.poslog_files import log, simple, transaction
from tests.app.sales_files import CONFIG, REAL, sale
from tests.app.unit import Unit
from tests.feed.shelf import Shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    found = Shelf(tmp_path)
    yield found
    found.close()


def hurry(shelf: Shelf, **pace: float) -> None:
    """The same folder and store, at another pace."""
    shelf.pace = Pace(**pace)
    shelf.power_cut()


def sales(first: int, count: int, **changes: object) -> bytes:
    found = (sale(number, **changes) for number in range(first, first + count))
    return b"".join(json.dumps(one).encode() + b"\n" for one in found)


def test_a_dropped_file_is_taken_in_and_its_fate_told(shelf: Shelf) -> None:
    shelf.drop("day.jsonl", sales(1, 3))
    shelf.serve()
    assert [shelf.has(one) for one in (1, 2, 3, 4)] == [True, True, True, False]
    assert shelf.names("done") == ["day.jsonl", "day.jsonl.report.csv"]
    first, *rows = shelf.report("done/day.jsonl")
    assert (first[1], first[2]) == ("day.jsonl", "taken")
    assert first[3].startswith("3 rows: 3 good, 0 left out, 0 refused; sha256 ")
    assert [(row[0], row[1], row[2]) for row in rows] == [
        (str(one), f"057103261120{one:05d}", "taken") for one in (1, 2, 3)
    ]
    (record,) = shelf.records()
    assert (record["rows"], record["added"], record["same"]) == (3, 3, 0)
    assert record["sha256"] in first[3]
    assert shelf.store.verify_chain() is None


def test_the_same_file_again_changes_nothing_and_overwrites_nothing(shelf: Shelf) -> None:
    for _ in range(2):
        shelf.drop("day.jsonl", sales(1, 3))
        shelf.serve()
    assert [one["added"] for one in shelf.records()] == [3, 0]
    assert [one["same"] for one in shelf.records()] == [0, 3]
    assert "day-2.jsonl" in shelf.names("done")
    assert [row[2] for row in shelf.report("done/day-2.jsonl")[1:]] == ["same"] * 3


def test_one_bad_sale_keeps_the_whole_file_out(shelf: Shelf) -> None:
    shelf.drop("day.jsonl", sales(1, 2) + sales(3, 1, total="0.01") + sales(4, 1))
    shelf.serve()
    assert not any(shelf.has(one) for one in (1, 2, 3, 4))
    assert shelf.names("refused") == ["day.jsonl", "day.jsonl.report.csv"]
    first, *rows = shelf.report("refused/day.jsonl")
    assert first[2] == "refused"
    assert "correct the file and drop it again" in first[3]
    assert [row[2] for row in rows] == ["not taken", "not taken", "refused", "not taken"]
    assert "the sums differ" in rows[2][3]
    (record,) = shelf.records()
    assert (record["taken"], record["good"], record["refused"], record["added"]) == (False, 3, 1, 0)


def test_with_keep_going_the_good_sales_of_a_file_are_taken(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, keep_going=True)
    shelf.drop("day.jsonl", sales(1, 2) + b"{\n" + sales(4, 1))
    shelf.serve()
    assert [shelf.has(one) for one in (1, 2, 4)] == [True] * 3
    assert [row[2] for row in shelf.report("done/day.jsonl")[1:]] == [
        *("taken", "taken", "refused", "taken")
    ]
    shelf.close()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("empty.csv", b"", "the file is empty"),
        ("notes.txt", b"hello", "neither .csv"),
        ("a.csv", b"a,b\n1,2\n", "is missing"),
        ("a.jsonl.gz", gzip.compress(sales(1, 3))[:-9], "cut short or damaged"),
        ("a.jsonl", b"\xff\xfe{\x00", "UTF-16"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(
    shelf: Shelf, name: str, data: bytes, said: str
) -> None:
    shelf.drop(name, data)
    shelf.serve()
    (first, *_) = shelf.report(f"refused/{name}")
    assert said in first[3]
    assert str(shelf.settings.data) not in first[3]
    assert first[4]
    assert shelf.records()[0]["taken"] is False


def test_a_price_list_is_known_by_its_name(shelf: Shelf) -> None:
    rows = "sku,gtin,name,unit,price,currency,tax_rate,category,valid_from\n"
    rows += "100234,6901234567892,矿泉水,each,2.50,CNY,0.13,,2026-11-01\n"
    shelf.drop("Prices-2026-11.csv", rows)
    shelf.serve()
    found = shelf.store.price_of("6901234567892", "2026-11-23")
    assert found is not None
    assert found.price == 250
    assert (shelf.records()[0]["what"], shelf.records()[0]["added"]) == ("prices", 1)
    assert shelf.report("done/Prices-2026-11.csv")[1][:3] == ["2", "100234", "taken"]


def test_a_sale_on_file_with_other_content_is_found_before_anything_goes_in(shelf: Shelf) -> None:
    shelf.drop("a.jsonl", sales(7, 1))
    shelf.serve()
    shelf.drop("b.jsonl", sales(1, 3) + sales(7, 1, cashier="9999"))
    shelf.serve()
    assert not shelf.has(1)
    assert "on file with other content" in shelf.report("refused/b.jsonl")[-1][3]
    shelf.drop("c.jsonl", sales(8, 1) + sales(8, 1, cashier="9999"))
    shelf.serve()
    assert not shelf.has(8)
    shelf.drop("d.jsonl", sales(8, 1) + sales(8, 1, phone="9999"))  # what is personal counts too
    shelf.serve()
    assert not shelf.has(8)


def test_the_sign_may_say_how_a_file_is_to_be_read(shelf: Shelf) -> None:
    shelf.drop("retail.csv.gz", REAL.read_bytes(), done='map = "online-retail"\n')
    shelf.serve()
    (record,) = shelf.records()
    assert (record["rows"], record["good"], record["left_out"]) == (14_022, 13_767, 255)
    assert record["added"] == 526
    rows = shelf.report("done/retail.csv.gz")[1:]
    assert len(rows) == 14_022
    assert len({row[0] for row in rows}) == 14_022
    shelf.drop("a.jsonl", sales(1, 1), done="paths = 1")
    shelf.serve()
    assert "map, keep_going, what" in shelf.report("refused/a.jsonl")[0][3]


def test_nothing_is_put_in_while_the_cashier_is_typing(shelf: Shelf) -> None:
    shelf.idle = False
    shelf.drop("day.jsonl", sales(1, 3))
    shelf.serve(until=lambda: shelf.feed._next == shelf.feed._put_in)
    for _ in range(5):
        shelf.feed.step()
    assert (shelf.asides, shelf.has(1)) == (0, False)
    shelf.idle = True
    shelf.serve()
    assert shelf.has(1)


def test_a_power_cut_between_two_batches_is_resumed_and_ends_whole(shelf: Shelf) -> None:
    hurry(shelf, batch=0.0)  # one sale a batch
    shelf.drop("day.jsonl", sales(1, 6))
    shelf.serve(until=lambda: shelf.has(3))
    assert not shelf.has(6)
    shelf.power_cut()
    assert shelf.waiting() == ["day.jsonl", "day.jsonl.done"]
    shelf.serve()
    assert all(shelf.has(one) for one in range(1, 7))
    (record,) = shelf.records()
    assert record["added"] + record["same"] == 6
    assert list((shelf.settings.data / "import").iterdir()) == []


def test_a_power_cut_before_the_file_left_the_folder_adds_nothing_twice(shelf: Shelf) -> None:
    shelf.drop("day.jsonl", sales(1, 3))
    shelf.serve(until=lambda: bool(shelf.records()))
    shelf.power_cut()
    assert shelf.waiting() != []
    shelf.serve()
    assert [one["added"] for one in shelf.records()] == [3, 0]
    assert shelf.names("done") == ["day.jsonl", "day.jsonl.report.csv"]


def test_a_storage_fault_in_the_middle_is_outlived(shelf: Shelf) -> None:
    hurry(shelf, batch=0.0, fault=0.0)

    def breaks() -> None:
        shelf.well = shelf.asides % 3 != 0

    shelf.between = breaks
    shelf.drop("day.jsonl", sales(1, 8))
    shelf.serve()
    assert all(shelf.has(one) for one in range(1, 9))
    assert [one["added"] for one in shelf.records()] == [8]


def test_rows_that_a_full_disk_turned_away_go_in_once_there_is_room(shelf: Shelf) -> None:
    hurry(shelf, batch=0.0, fault=0.0)
    shelf.drop("day.jsonl", sales(1, 6))
    shelf.serve(until=lambda: shelf.has(2))
    assert not shelf.has(6)
    shelf.full = True
    shelf.serve(until=lambda: shelf.faults > 0)
    shelf.full = False
    shelf.reopen()
    shelf.serve()
    assert [one for one in range(1, 7) if not shelf.has(one)] == []


def test_a_file_that_ends_its_reader_is_refused_and_the_terminal_goes_on(shelf: Shelf) -> None:
    shelf.drop("day.jsonl", sales(1, 3))
    shelf.feed.step()
    job = shelf.feed._job
    assert job is not None
    job.child.kill()
    shelf.serve()
    assert "reading it failed (code -9)" in shelf.report("refused/day.jsonl")[0][3]
    assert shelf.records()[0]["rows"] == 0
    shelf.drop("day.jsonl", sales(1, 3))
    shelf.serve()
    assert shelf.has(1)


def test_a_file_that_changes_while_it_is_read_is_read_again(shelf: Shelf) -> None:
    hurry(shelf, look=0.0)
    path = shelf.drop("day.jsonl", sales(1, 3))
    shelf.serve(until=lambda: shelf.has(1))
    with path.open("ab") as file:
        file.write(sales(4, 1))
    shelf.serve()
    assert shelf.has(4)
    assert [one["rows"] for one in shelf.records()][-1] == 4


def test_a_name_that_is_not_utf_8_is_taken_all_the_same(shelf: Shelf) -> None:
    name = os.fsdecode("销售.jsonl".encode("gb18030"))
    shelf.drop(name, sales(1, 1))
    shelf.serve()
    assert shelf.has(1)
    assert shelf.records()[0]["name"] == "销售.jsonl"


def test_a_folder_that_is_gone_is_said_once_and_taken_up_again(
    shelf: Shelf, caplog: pytest.LogCaptureFixture
) -> None:
    away = shelf.watch.rename(shelf.watch.with_name("away"))
    for _ in range(3):
        shelf.feed.step()
    assert len([one for one in caplog.records if "import folder" in one.message]) == 1
    away.rename(shelf.watch)
    shelf.drop("day.jsonl", sales(1, 1))
    shelf.serve()
    assert shelf.has(1)


def test_a_poslog_is_taken_like_any_other_file(shelf: Shelf) -> None:
    shelf.drop("day.xml", log(simple(1), transaction(2, "<ControlTransaction/>")))
    shelf.drop("bomb.xml", log(simple(2), head='<!DOCTYPE b [<!ENTITY a "b">]>'))
    shelf.serve()
    assert (shelf.has(1), shelf.has(2)) == (True, False)
    assert [row[2] for row in shelf.report("done/day.xml")] == ["taken", "taken", "left out"]
    assert "declares a document type" in shelf.report("refused/bomb.xml")[0][3]


def test_an_import_beside_the_running_terminal_is_handed_to_it(
    shelf: Shelf, tmp_path: Path
) -> None:
    config = Path(shutil.copytree(CONFIG, tmp_path / "config"))
    text = (config / "terminal.toml").read_text("utf-8")
    (config / "terminal.toml").write_text(
        text.replace('watch = ""', f'watch = "{shelf.watch}"'), "utf-8"
    )
    path = tmp_path / "sales.jsonl"
    path.write_bytes(sales(1, 2) + b"{\n")
    said = Unit(tmp_path, config).does("import-sales", path, "--keep-going")
    assert (said.code, "The terminal is running" in said.err) == (1, True)
    assert shelf.waiting() == ["sales.jsonl", "sales.jsonl.done"]
    again = Unit(tmp_path, config).does("import-sales", path)
    assert (again.code, "is waiting there already" in again.err) == (2, True)
    shelf.serve()
    assert (shelf.has(1), shelf.has(2)) == (True, True)
    assert path.exists()
