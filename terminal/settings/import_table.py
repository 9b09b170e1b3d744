"""`[import]` of terminal.toml: the folder into which the shop's POS drops its files."""

from pathlib import Path

from terminal.core.words import sentence
from terminal.settings.reading import Table
from terminal.settings.values import ImportSettings


def read(table: Table) -> ImportSettings:
    watch = table.text("watch", "")
    if watch and not watch.startswith("/"):
        whole = sentence("must be a whole path that begins with /")
        table.problem("watch", whole)
    found = ImportSettings(
        watch=Path(watch) if watch else None,
        settle_seconds=table.whole("settle_seconds", 1, 3600, 10),
        keep_going=table.flag("keep_going", default=False),
        map=table.text("map", ""),
        price_map=table.text("price_map", ""),
        prices=table.text("prices", "price*"),
    )
    table.close()
    return found
