"""`[uplink]` of terminal.toml: the courier's socket."""

from pathlib import Path

from terminal.core.words import sentence
from terminal.settings.reading import Table
from terminal.settings.values import UplinkSettings

SOCKET = "/run/returns-courier/courier.sock"


def read(table: Table) -> UplinkSettings:
    place = table.text("socket", SOCKET)
    if place and not place.startswith("/"):
        table.problem("socket", sentence("must be a whole path that begins with /"))
    found = UplinkSettings(
        socket=Path(place) if place else None,
        look_up_seconds=table.seconds("look_up_seconds", 1.0, 30.0, 8.0),
    )
    table.close()
    return found
