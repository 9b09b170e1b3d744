"""The feed of one unit, as its settings say."""

from collections.abc import Callable
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import Path

from terminal.feed.feed import PACE, Aside, Feed, Pace
from terminal.feed.inbox import COMPANION, Inbox
from terminal.feed.values import PRICES, SALES, Order, as_text
from terminal.moments import Moments
from terminal.settings.values import Settings


def feed_of(
    settings: Settings,
    idle: Callable[[], bool],
    aside: Aside,
    moments: Moments,
    pace: Pace = PACE,
) -> Feed:
    """`settings.imports.watch` is there. A folder within the unit's own data is made."""
    imports = settings.imports
    assert imports.watch is not None
    if imports.watch.is_relative_to(settings.data):
        imports.watch.mkdir(exist_ok=True)

    def order(file: Path, work: Path, report: Path) -> Order:
        prices = fnmatchcase(file.name.lower(), imports.prices.lower())
        return Order(
            file=as_text(file),
            companion=as_text(file.with_name(file.name + COMPANION)),
            work=str(work),
            report=str(report),
            database=str(settings.data / "returns.db"),
            config=str(settings.folder.absolute()),
            what=PRICES if prices else SALES,
            map=imports.map,
            price_map=imports.price_map,
            keep_going=imports.keep_going,
            today=datetime.now().astimezone().date().isoformat(),
        )

    inbox = Inbox(imports.watch, imports.settle_seconds)
    return Feed(inbox, order, idle, aside, moments, settings.data / "import", pace)
