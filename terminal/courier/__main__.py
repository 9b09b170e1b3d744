"""`python -m terminal.courier`: serve the terminal's socket until told to stop.

Exit codes: 0 stopped; 2 not begun (no socket, keys that cannot be read).
"""

import argparse
import asyncio
import logging
import os
import signal
import sys
from pathlib import Path

from terminal.courier.service import serve

SOCKET = Path("/run/returns-courier/courier.sock")
STATE = Path("/var/lib/returns-courier")


def main(argv: list[str] | None = None) -> int:
    """Until SIGTERM or SIGINT."""
    parser = argparse.ArgumentParser(
        "terminal.courier", description="The terminal's network. 网络进程"
    )
    parser.add_argument("--socket", type=Path, default=SOCKET, metavar="PATH")
    parser.add_argument("--state", type=Path, default=STATE, metavar="FOLDER", help="keys")
    args = parser.parse_args(argv)
    set_up_log()
    try:
        asyncio.run(_until_stopped(args.socket, args.state))
    except OSError as fault:
        logging.getLogger("courier").error("not begun: %s", fault)  # noqa: TRY400 - it says it all
        return 2
    return 0


async def _until_stopped(socket: Path, state: Path) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await serve(socket, state, stop)


def set_up_log() -> None:
    """Lines of key=value; journald keeps the time. What libraries say may quote an address."""
    weight = "%(levelname)s " if "JOURNAL_STREAM" not in os.environ else ""
    logging.basicConfig(
        level=logging.INFO, stream=sys.stderr, format=f"{weight}%(name)s: %(message)s"
    )
    for name in ("httpx", "httpcore", "asyncio"):
        logging.getLogger(name).setLevel(logging.ERROR)


if __name__ == "__main__":
    sys.exit(main())
