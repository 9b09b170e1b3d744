"""Which reader a file is for, by its name's ending, or by the column map that was named."""

from collections.abc import Iterator
from pathlib import Path

from terminal.interchange import csv_sales, jsonlines, poslog, prices
from terminal.interchange.csv_map import PRICES, load_map
from terminal.interchange.source import Progress
from terminal.interchange.values import Found, FoundPrice, UnreadableFile

JSON_LINES = (".jsonl", ".ndjson", ".json")
XML = ".xml"  # ARTS POSLog
NATIVE = "native"  # the map of a CSV that nobody named one for
SALES_MAPS, PRICE_MAPS = "import", "prices"  # folders of the settings'


def sales_in(
    path: Path, name: str | None, config: Path, progress: Progress = lambda _: None
) -> Iterator[Found]:
    """What a sales file says. Raises UnreadableFile, and SettingsFault for a faulty map."""
    kind = _kind_of(path)
    if name is None and kind in JSON_LINES:
        return jsonlines.read(path, progress)
    if name is None and kind == XML:
        return poslog.read(path, progress)
    if name is None and kind != ".csv":
        raise _unknown(path, (".csv", XML, *JSON_LINES))
    return csv_sales.read(path, load_map(config / SALES_MAPS, name or NATIVE), progress)


def prices_in(
    path: Path, name: str | None, config: Path, progress: Progress = lambda _: None
) -> Iterator[FoundPrice]:
    """What a price list says. Raises UnreadableFile, and SettingsFault for a faulty map."""
    kind = _kind_of(path)
    if name is None and kind in JSON_LINES:
        return prices.read_lines(path, progress)
    if name is None and kind != ".csv":
        raise _unknown(path, (".csv", *JSON_LINES))
    by = load_map(config / PRICE_MAPS, name or NATIVE, PRICES)
    return prices.read_csv(path, by, progress)


def _kind_of(path: Path) -> str:
    """The ending, whether or not the file is compressed: ".csv" of a.csv.gz."""
    return Path(path.name.removesuffix(".gz")).suffix.lower()


def _unknown(path: Path, kinds: tuple[str, ...]) -> UnreadableFile:
    return UnreadableFile(
        "{path}: neither {kinds} (or .gz of these): name the column map with --map.",
        path=path,
        kinds=", ".join(kinds),
    )
