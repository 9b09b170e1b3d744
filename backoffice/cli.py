"""returns-backoffice: the commands of the shop's side."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from backoffice.commands import archiving, keeping
from backoffice.people import Role
from backoffice.settings import Settings, SettingsFault, read_settings
from backoffice.words import Refused

DEFAULT_CONFIG = "/etc/returns-backoffice/backoffice.toml"
Run = Callable[[Settings, argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """0 done, 1 not done, 2 the command or the settings are wrong."""
    args = _parser().parse_args(arguments)
    try:
        done: int = args.run(read_settings(args.config, os.environ), args)
    except SettingsFault as fault:
        return _told(2, *fault.faults)
    except Refused as refused:
        return _told(1, refused.words.zh, refused.words.en)
    except keeping.WrongSchema:
        return _told(1, "数据库版本不符，请先运行 returns-backoffice migrate",
                     "The database has another schema: run returns-backoffice migrate")  # fmt: skip
    except OSError as fault:
        return _told(1, str(fault))
    return done


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="returns-backoffice", description=__doc__)
    parser.add_argument(
        "--config",
        type=Path,
        default=Path(os.environ.get("RETURNS_BACKOFFICE_CONFIG", DEFAULT_CONFIG)),
        help="backoffice.toml",
    )
    commands = parser.add_subparsers(required=True, metavar="command")

    def command(name: str, words: str, run: Run) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=words, description=words)
        made.set_defaults(run=run)
        return made

    command("migrate", "bring the database to this version's schema", keeping.migrating)
    command("serve", "serve customers, office and terminals", _serve)
    _of_terminals(command)
    _of_the_shop(command)
    _of_the_archive(command)
    return parser


Command = Callable[[str, str, Run], argparse.ArgumentParser]


def _of_terminals(command: Command) -> None:
    code = command("enrol-code", "a one-time code to let a terminal in", keeping.enrolling)
    code.add_argument("terminal", help="store-till, like 0571-03")
    revoke = command("revoke", "shut a terminal out", keeping.revoking)
    revoke.add_argument("terminal")


def _of_the_shop(command: Command) -> None:
    sales = command("import-sales", "sales, JSON Lines", keeping.importing_sales)
    sales.add_argument("file", type=Path)
    sales.add_argument("--keep-going", action="store_true", help="good lines only, bad ones told")
    prices = command("import-prices", "a price list, JSON Lines", keeping.importing_prices)
    policy = command("send-policy", "policy.toml or reasons.toml", keeping.sending_policy)
    recalls = command("send-recalls", "the list of recalls, JSON", keeping.sending_recalls)
    for one in (prices, policy, recalls):
        one.add_argument("file", type=Path)
    for one in (prices, policy):
        one.add_argument("--store", default="", help="for its tills alone")
    user = command("user", "people of the office", keeping.changing_user)
    user.add_argument("what", choices=("add", "password", "disable"))
    user.add_argument("name")
    user.add_argument("role", nargs="?", default="", help=f"of {', '.join(Role)}")
    command("pos-token", "a token for the POS to feed sales with", keeping.making_pos_token)


def _of_the_archive(command: Command) -> None:
    take = command("take-parked", "parked records into the books", archiving.taking_parked)
    take.add_argument("record", nargs="*", help="ids; without one, all that nobody has seen to")
    take.add_argument("--terminal", default="", help="of one terminal alone")
    take.add_argument("--kind", default="", help="of one kind alone, like ReturnRecorded")
    command("erase-old", "erase what is past its term, now", archiving.erasing_old)
    check = command("check-chains", "every record in its place?", archiving.checking_chains)
    check.add_argument("--terminal", default="", help="of one terminal alone")


def _serve(settings: Settings, _: argparse.Namespace) -> int:
    from backoffice.commands.serving import serve  # noqa: PLC0415 - no other command needs a server

    return serve(settings)


def _told(status: int, *lines: str) -> int:
    sys.stderr.write("\n".join((*lines, "")))
    return status
