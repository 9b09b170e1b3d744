"""`returns-terminal demo`: the whole product at your terminal, with a demo shop and no hardware.

The console is keypad, scanner and screen; slips are drawn into a folder. It has its own database
and can be left and taken up again like any unit.
"""

import argparse
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path

from drivers.console import Console
from drivers.device import Post
from drivers.values import DeviceLost, DeviceValue
from printer.plain import slip_text
from printer.raster import slip_picture
from printer.slip import Slip
from terminal import demo_shop
from terminal.app import Unit
from terminal.core.print_jobs import PrintJob
from terminal.core.words import sentence
from terminal.displays import TextDisplay
from terminal.settings import load_settings
from terminal.spoken.spoken import config_folder, give, spoken
from terminal.ui.words import LANGUAGES, Words


def main(argv: list[str]) -> int:
    """`returns-terminal demo [--language L] [--folder F]`."""
    words = spoken()
    parser = argparse.ArgumentParser(
        "returns-terminal demo",
        description=words(
            "The whole product at your terminal, with a demo shop and no hardware. The console is"
            " keypad, scanner and screen; slips are drawn into a folder. It has its own database"
            " and can be left and taken up again like any unit."
        ),
    )
    parser.add_argument(
        "--language", choices=LANGUAGES, default=words.language, help=words("of the screens")
    )
    parser.add_argument(
        "--folder",
        type=Path,
        metavar=words("FOLDER"),
        default=Path("var/demo-shop"),
        help=words("for the database and the slips"),
    )
    asked = parser.parse_args(argv)
    return run(config_folder(None), asked.folder, asked.language)


def run(
    config: Path,
    folder: Path,
    language: str,
    more: Mapping[str, object] | None = None,
    notes: Sequence[str] = (),
) -> int:
    """Interactive. `folder` gets the database and the slips; `more` are settings besides, `notes`
    lines to show below the screen.
    """
    folder = folder.resolve()
    data, pictures = folder / "data", folder / "slips"
    data.mkdir(parents=True, exist_ok=True)
    pictures.mkdir(exist_ok=True)
    settings = load_settings(
        config,
        {
            "terminal.data": str(data),
            "terminal.language": language,
            "scanner.kind": "none",
            "keypad.kind": "none",
            "screen.kind": "console",
            "printer.link": "file",
            "printer.profile": "write-only-80mm",
            "printer.path": str(folder / "slips.bin"),
            **(more or {"uplink.socket": ""}),
        },
    )

    def keep_picture(job: PrintJob, slip: Slip) -> None:
        copy = f"-copy{job.copy}" if job.copy else ""
        path = pictures / f"{job.id[:13]}-{job.kind.value}{copy}.png"
        slip_picture(slip, settings.printer.model).save(path)
        path.with_suffix(".txt").write_text(slip_text(slip, settings.printer.model.columns))

    with ExitStack() as opened:
        console = Console(on_typing=lambda code: display.typing(code))  # noqa: PLW0108 - not yet made
        today = datetime.now().astimezone().date()
        display = TextDisplay(console, (*foot(today, pictures, Words(language)), *notes))
        unit = Unit(settings, display, on_slip=keep_picture)
        opened.callback(unit.close)
        demo_shop.fill_shop(unit.store)
        unit.loop.stop_on_signals()
        unit.run([_Window(console, unit.loop.stop)])
    give(sentence("Slips: {pictures}", pictures=pictures))
    return 0


class _Window:
    """The console, and `closed` once it hung up: then nobody is left to serve."""

    def __init__(self, console: Console, closed: Callable[[], None]) -> None:
        self.name = console.name
        self._console = console
        self._closed = closed

    def start(self, post: Post) -> None:
        def heard(value: DeviceValue) -> None:
            post(value)
            if isinstance(value, DeviceLost):
                self._closed()

        self._console.start(heard)

    def close(self) -> None:
        self._console.close()


def foot(today: date, pictures: Path, words: Words) -> tuple[str, ...]:
    """What to type, below the screen."""
    main, weighed, late, old = (one.receipt_no(today) for one in demo_shop.SALES)
    return (
        "─" * 80,
        words("scan: type / and a code and Enter, or paste it"),
        words(
            "receipts: {main}  {weighed}  {late} (20 days)  {old} (60 days)",
            main=main,
            weighed=weighed,
            late=late,
            old=old,
        ),
        words(
            "goods: {goods}",
            goods="  ".join(one.gtin for one in (demo_shop.OIL, demo_shop.MILK, demo_shop.TISSUE)),
        ),
        words(
            "cashier {cashier} PIN {pin} · manager {manager} PIN {manager_pin}",
            cashier=demo_shop.CASHIER,
            pin=demo_shop.CASHIER_PIN,
            manager=demo_shop.LEADER,
            manager_pin=demo_shop.LEADER_PIN,
        ),
        words("Enter confirm · Esc cancel · Ctrl+C quit · slips: {pictures}", pictures=pictures),
    )
