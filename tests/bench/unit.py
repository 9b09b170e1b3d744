"""A real unit as a process of its own: serial scanner, TCP printer, framebuffer in a file.

    python -m tests.bench.unit FOLDER PRINTER_PORT KEYS_TTY [SYNC]

Law of the file: it starts as `returns-terminal run` does, module by module, and nothing else is
imported before its first frame is written. For each frame it says one line: the state's name, when
the frame was whole (monotonic clock, ns) and how much CPU time the process has used (ns).
"""

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from terminal.app import Unit
    from terminal.displays import PixelDisplay
    from terminal.ui.screen import Screen

CONFIG = Path(__file__).parents[2] / "config"
WIDTH, HEIGHT = 1024, 600


def overrides(folder: Path, port: int) -> dict[str, object]:
    """What this unit has plugged in, as dotted keys of terminal.toml."""
    return {
        "terminal.data": str(folder),
        "scanner.kind": "serial",
        "scanner.path": str(folder / "scanner"),
        "screen.path": str(folder / "screen"),
        "printer.link": "tcp",
        "printer.host": "127.0.0.1",
        "printer.port": port,
        "keypad.kind": "none",
    }


class Told:
    """The display of pixels, and a line after each frame."""

    def __init__(self, display: "PixelDisplay") -> None:
        self._display = display
        self.unit: Unit | None = None

    def show(self, screen: "Screen") -> None:
        self._display.show(screen)
        from time import monotonic_ns, process_time_ns  # a built-in module, there before us

        now = monotonic_ns()
        assert self.unit is not None
        self.say(type(self.unit.counter.state).__name__, now, process_time_ns())

    def say(self, word: str, now: int = 0, spent: int = 0) -> None:
        os.write(1, f"{word} {now} {spent}\n".encode())

    def beep(self) -> None:
        """A framebuffer has no voice."""


def main(folder: Path, port: int, keys: str) -> None:
    """Serve until SIGTERM."""
    import terminal.cli  # noqa: F401 - as the command has it
    from terminal.arguments.arguments import parser_of
    from terminal.spoken.spoken import language_of, speak

    given = ["--config", str(CONFIG), "run"]
    parser_of(speak(language_of(given, os.environ))).parse_args(given)
    gc.disable()  # as the command does
    from terminal import app, devices
    from terminal.commands import places  # noqa: F401 - as `run` has it
    from terminal.settings import load_settings

    settings = load_settings(CONFIG, overrides(folder, port))
    from drivers.framebuffer import Framebuffer
    from terminal.displays import PixelDisplay
    from terminal.ui.theme import theme_for
    from tests.fakes.framebuffer import FakeFramebuffer

    fake = FakeFramebuffer(folder / "screen", WIDTH, HEIGHT)
    screen = Framebuffer(fake.path, probe=fake.probe)
    told = Told(PixelDisplay(screen, theme_for(*screen.size)))
    unit = told.unit = app.Unit(settings, told)
    unit.loop.stop_on_signals()
    unit.loop.at("collector", 0.0, gc.enable)
    scanner = devices.open_scanner(settings.scanner)
    assert scanner is not None
    from drivers.console import Console

    keypad = Console(devices.KEYPAD, stdin=os.open(keys, os.O_RDWR), stdout=os.open(os.devnull, 1))
    try:
        unit.run([scanner, keypad])
        told.say("Stopped")
    finally:
        unit.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
