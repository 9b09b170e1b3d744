"""`returns-terminal run`: the unit with the devices that its settings name, as systemd runs it."""

import gc
from contextlib import ExitStack

from terminal import devices
from terminal.app import Unit
from terminal.logging_setup import on_thread_death, set_up_logging
from terminal.notify import notify
from terminal.settings.values import Settings


def run(settings: Settings) -> int:
    """Until stopped; 1 where it ended as failed and is to be started afresh."""
    set_up_logging()
    with ExitStack() as opened:
        display, inputs = devices.open_all(
            settings,
            opened,
            lambda value: unit.loop.mailbox.post(value),  # noqa: PLW0108 - unit is made below
        )
        unit = Unit(settings, display)
        opened.callback(unit.close)
        if settings.training:
            from terminal.demo_shop import fill_shop  # noqa: PLC0415 - only in training

            fill_shop(unit.store)
        unit.loop.stop_on_signals()
        on_thread_death(unit.fail)
        unit.loop.at("collector", 0.0, gc.enable)
        unit.run(inputs)
        notify("STOPPING=1")
    return 1 if unit.failed else 0
