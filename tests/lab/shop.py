"""The lab's shop: the demo's sales of the last days, as JSON Lines.

Law of the file: its goods have names that a printer could take for commands, as far as an import
lets them in; amounts, numbers and codes are the demo's.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import cycle

from terminal import demo_shop
from tests.lab.slips.hostile import SHOP

TODAY = datetime.now(UTC).date()  # one day from the first scenario to the last, midnight or not


def sale_lines() -> Iterator[str]:
    for line in demo_shop.sale_lines(TODAY):
        sale = json.loads(line)
        for goods, word in zip(sale["lines"], cycle(SHOP), strict=False):
            goods["name"] += f" {word}"
        yield json.dumps(sale, ensure_ascii=False) + "\n"
