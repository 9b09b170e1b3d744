"""returns-backoffice: the commands of the shop's side."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from backoffice.db.migrate import migrate
from backoffice.office import Office
from backoffice.settings import Settings, SettingsFault, read_settings

DEFAULT_CONFIG = "/etc/returns-backoffice/backoffice.toml"


def main(arguments: Sequence[str] | None = None) -> int:
    """0 done, 1 not done, 2 the command or the settings are wrong."""
    parser = argparse.ArgumentParser(prog="returns-backoffice", description=__doc__)
    parser.add_argument(
        "--config",
        type=Path,
        default=Path(os.environ.get("RETURNS_BACKOFFICE_CONFIG", DEFAULT_CONFIG)),
        help="backoffice.toml",
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    migrating = commands.add_parser("migrate", help="bring the database to this version's schema")
    migrating.set_defaults(run=_migrate)
    args = parser.parse_args(arguments)
    try:
        settings = read_settings(args.config, os.environ)
    except SettingsFault as fault:
        sys.stderr.write("\n".join((*fault.faults, "")))
        return 2
    done: int = args.run(settings, args)
    return done


def _migrate(settings: Settings, _: argparse.Namespace) -> int:
    office = Office(settings)
    migrate(office.engine)
    sys.stdout.write(f"The database has this version's schema: {office.engine.url!r}\n")
    return 0
