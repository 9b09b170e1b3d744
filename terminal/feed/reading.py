"""`python -m terminal.feed.reading ORDER`: one file read, checked and staged, in its own process.

Law of the file: what a stranger's file can do to this process, it does to this process alone. It
has the lowest priority, limited memory, and no way to write into the database; a verdict is there
whole, or not at all.
"""

import contextlib
import hashlib
import os
import resource
import sys
import tomllib
from contextlib import ExitStack
from pathlib import Path

from msgspec.structs import replace

from storage.faults import StorageFault
from storage.store import Reader, open_reader
from terminal.core.upkeep import FileHandled
from terminal.core.words import Told, sentence
from terminal.feed import values
from terminal.feed.report import Rows, Why, rows_in
from terminal.feed.staging import StagePrices, StageSales
from terminal.feed.values import PRICES, SALES, TRY_AGAIN, Fingerprint, Order, Verdict, printable
from terminal.interchange.decimals import shown
from terminal.interchange.formats import prices_in, sales_in
from terminal.interchange.taking import Tally
from terminal.interchange.values import UnreadableFile
from terminal.settings import SettingsFault
from terminal.spoken.system_words import foreign
from terminal.ui.words import in_both

MEMORY_MAX = 320 * 2**20  # of address space; reading takes some 60 MiB, whatever the file's length
NICENESS = 19
CHUNK = 1 << 16


def main(argv: list[str]) -> int:
    """Exit code 0 with a verdict; TRY_AGAIN when disk or database are at fault."""
    order = values.order_from(Path(argv[1]).read_bytes())
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MAX, MEMORY_MAX))
    with contextlib.suppress(PermissionError):  # a sandbox may forbid even that; it is a courtesy
        os.setpriority(os.PRIO_PROCESS, 0, NICENESS)
    try:
        verdict = read(order)
    except (StorageFault, OSError) as fault:
        sys.stderr.write(f"{fault}\n")
        return TRY_AGAIN
    draft = Path(order.work, "draft")
    values.to_file(draft, verdict)
    draft.replace(Path(order.work, values.VERDICT))
    return 0


def read(order: Order) -> Verdict:
    """Everything but the verdict's file. Raises StorageFault, and OSError for our own folders."""
    work, source = Path(order.work), values.as_path(order.file)
    mark = Fingerprint.of(source)
    copy = work / ("source" + "".join(source.suffixes[-2:]).lower())
    record = FileHandled(printable(source.name), "", order.what, taken=False)
    tally = Tally()
    why: Told | None = None
    with rows_in(work / "rows") as rows, ExitStack() as opened:
        try:
            record = replace(record, sha256=_copied(source, copy))
            mark = Fingerprint.of(source)  # as it was found, then the copy is of that
            order = _with_options(order)
            record = replace(record, what=order.what)
            store = opened.enter_context(open_reader(Path(order.database)))
            _stage(order, copy, store, rows, tally)
            record = replace(record, taken=tally.stored)
        except (UnreadableFile, SettingsFault) as fault:
            why = fault.told
        except MemoryError:
            why = sentence("{name}: takes too much memory", name=record.name)
        record = replace(record, **_counts(tally))
        told = _named(why, copy, record.name)
        record = replace(record, why=told[0] if told else "")
        rows.written(Path(order.report), record, told)
    return Verdict(record, mark)


def _stage(order: Order, copy: Path, store: Reader, rows: Rows, tally: Tally) -> None:
    """What is sound into the work folder, every row to `rows`, and all of it counted."""
    config = Path(order.config)
    usual = order.price_map if order.what == PRICES else order.map
    name = order.named or (usual if ".csv" in copy.suffixes else "") or None
    with Path(order.work, values.STAGED).open("wb") as out:
        if order.what == PRICES:
            prices = StagePrices(store, order.today, rows, out, tally)
            listed = prices_in(copy, name, config)
            prices.good_ones(listed) if order.keep_going else prices.whole(listed)
        else:
            sales = StageSales(store, rows, out, tally)
            found = sales_in(copy, name, config)
            sales.good_ones(found) if order.keep_going else sales.whole(found)


def _copied(source: Path, copy: Path) -> str:
    """The copy is ours: what is read is what was hashed, whoever still writes. Its sha256."""
    digest = hashlib.sha256()
    try:
        opened = source.open("rb")
    except PermissionError as fault:
        raise UnreadableFile("{name}: may not be read", name=source.name) from fault
    with opened, copy.open("wb") as into:
        while chunk := opened.read(CHUNK):
            digest.update(chunk)
            into.write(chunk)
    return digest.hexdigest()


def _named(why: Told | None, copy: Path, name: str) -> Why:
    """In both languages; the file is called what the shop calls it, not our copy."""
    if why is None:
        return None
    english, chinese = (one.replace(str(copy), name) for one in in_both(why))
    return english, chinese


def _counts(tally: Tally) -> dict[str, int]:
    good = tally.taken + tally.unused
    assert tally.rows == good + tally.left_out + tally.refused, tally
    return {
        "rows": tally.rows,
        "good": good,
        "left_out": tally.left_out,
        "refused": tally.refused,
        "same": tally.same,
    }


def _with_options(order: Order) -> Order:
    """What NAME.done says of its file, if it says anything: map, keep_going, what (TOML)."""
    path = values.as_path(order.companion)
    try:
        said = tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise UnreadableFile(
            "{name}: is not TOML: {fault}", name=path.name, fault=foreign(str(fault))
        ) from fault
    kinds = {"map": str, "keep_going": bool, "what": str}
    for key, value in said.items():
        if key not in kinds or not isinstance(value, kinds[key]):
            raise UnreadableFile(
                "{name}: {key} = {value} is not one of map, keep_going, what",
                name=path.name,
                key=shown(key),
                value=shown(value),
            )
    if said.get("what", SALES) not in (SALES, PRICES):
        raise UnreadableFile("{name}: what must be sales or prices", name=path.name)
    return replace(order, named=said.pop("map", ""), **said)


if __name__ == "__main__":
    sys.exit(main(sys.argv))
