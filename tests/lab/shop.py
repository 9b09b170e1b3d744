"""The lab's shop: the demo's sales of the last days, as JSON Lines on standard output."""

import sys
from datetime import UTC, datetime

from terminal import demo_shop


def main() -> None:
    sys.stdout.writelines(demo_shop.sale_lines(datetime.now(UTC).date()))


if __name__ == "__main__":
    main()
