"""`make demo` at a terminal: you are the cashier, the customer and the office.

    python -m tests.demo.by_hand [--language en]

The back office and the courier run beside the terminal, and end with it.
"""

import argparse
import sys
from pathlib import Path

from terminal import demo
from terminal.settings import load_settings
from tests.demo.around import CLERK, PASSWORD, Around, config_for, name_of

ROOT = Path(__file__).parents[2]


def main() -> int:
    """0 when it was left in order."""
    parser = argparse.ArgumentParser("demo", description=__doc__)
    parser.add_argument("--language", choices=("zh_CN", "en"), default="zh_CN")
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "demo-shop")
    asked = parser.parse_args()
    folder = asked.folder.resolve()
    (folder / "data").mkdir(parents=True, exist_ok=True)
    config = config_for(folder, ROOT / "config", {"data": folder / "data"})
    around = Around(folder, config)
    try:
        sys.stdout.write("后台启动中 / starting the back office ...\n")
        around.start(name_of(load_settings(config)))
        notes = (
            f"顾客 customer: 扫描小票图上的码，或打开 scan a slip's picture, or open {around.page}",
            f"后台 office: {around.desk}  {CLERK} / {PASSWORD}",
        )
        more = {"uplink.socket": str(around.socket)}
        return demo.run(config, folder, asked.language, more, notes)
    finally:
        around.close()


if __name__ == "__main__":
    sys.exit(main())
