"""The commands beside `serve`: each a transaction or two, and a sentence about what was done."""

import argparse
import getpass
import secrets
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from backoffice import notices, people
from backoffice.db.migrate import is_current, migrate
from backoffice.office import Office, Transaction
from backoffice.sales.importing import Report, import_prices, import_sales
from backoffice.settings import Settings
from backoffice.terminals import enrolment
from backoffice.terminals.authority import Authority

SHOWN_MAX = 20
Arguments = argparse.Namespace
T = TypeVar("T")


def migrating(settings: Settings, _: Arguments) -> int:
    office = Office(settings)
    migrate(office.engine)
    return say(f"The database has this version's schema: {office.engine.url!r}")


def enrolling(settings: Settings, args: Arguments) -> int:
    authority = Authority(settings.state_dir)
    code = _done(settings, lambda tx: enrolment.make_code(tx, authority, args.terminal, who_asks()))
    return say(f"{code}\nFor {args.terminal}, once, within the hour:\n"
                f"  returns-terminal enrol {code} --url https://{settings.terminals.names[0]}:"
                f"{settings.terminals.listen.port}")  # fmt: skip


def revoking(settings: Settings, args: Arguments) -> int:
    _done(settings, lambda tx: enrolment.revoke(tx, args.terminal, who_asks()))
    return say(f"{args.terminal} is shut out; its slips' codes are no longer good either.")


def importing_sales(settings: Settings, args: Arguments) -> int:
    with open_office(settings) as office, args.file.open("rb") as file:
        report = import_sales(office, file, keep_going=args.keep_going)
    return _told(args.file, report, kept=args.keep_going or not report.bad)


def importing_prices(settings: Settings, args: Arguments) -> int:
    with open_office(settings) as office, args.file.open("rb") as file:
        report = import_prices(office, file, args.store)
    return _told(args.file, report, kept=not report.bad)


def sending_policy(settings: Settings, args: Arguments) -> int:
    text = args.file.read_text("utf-8")
    name = args.file.name
    digest = _done(settings, lambda tx: notices.send_policy(tx, name, text, args.store))
    return say(
        f"{name} (sha256 {digest}) goes to the terminals; in force at their next idle screen."
    )


def sending_recalls(settings: Settings, args: Arguments) -> int:
    text = args.file.read_text("utf-8")
    _done(settings, lambda tx: notices.send_recalls(tx, text))
    return say("The list of recalls goes to every terminal.")


def changing_user(settings: Settings, args: Arguments) -> int:
    """`user add NAME ROLE`, `user password NAME`, `user disable NAME`."""
    name = args.name

    def change(tx: Transaction) -> None:
        match args.what:
            case "add":
                people.add(tx, name, people.role_of(args.role), password, who_asks())
            case "password":
                people.change(tx, name, who_asks(), password=password)
            case _:
                people.change(tx, name, who_asks(), disabled=True)

    password = "" if args.what == "disable" else _asked_password()
    _done(settings, change)
    return say(f"{name}: {args.what} done.")


def making_pos_token(_: Settings, __: Arguments) -> int:
    token = secrets.token_urlsafe(32)
    digest = sha256(token.encode()).hexdigest()
    return say(f"For the POS (shown once): {token}\nFor [pos] token_sha256: {digest}")


def _asked_password() -> str:
    if sys.stdin.isatty():
        return getpass.getpass("Password: ")
    return sys.stdin.readline().rstrip("\n")


def _done(settings: Settings, act: Callable[[Transaction], T]) -> T:
    with open_office(settings) as office:
        return office.write(act)


def open_office(settings: Settings) -> Office:
    """The office over a database of this version. Raises WrongSchema."""
    office = Office(settings)
    if not is_current(office.engine):
        office.close()
        raise WrongSchema
    return office


class WrongSchema(Exception):  # noqa: N818 - named for what is the matter
    """The database is not migrated to this version."""


def _told(file: Path, report: Report, *, kept: bool) -> int:
    for line, words in report.bad[:SHOWN_MAX]:
        sys.stderr.write(f"{file}:{line}: {words.zh}\n{file}:{line}: {words.en}\n")
    if len(report.bad) > SHOWN_MAX:
        sys.stderr.write(f"... and {len(report.bad) - SHOWN_MAX} more\n")
    if not kept:
        sys.stderr.write("Nothing of the file was kept. 文件未导入任何内容。\n")
        return 1
    return say(f"{report.added} added, {report.same} on file before, {len(report.bad)} refused.")


def who_asks() -> str:
    """Who runs the command, as the audit names them."""
    return f"command:{getpass.getuser()}"


def say(text: str) -> int:
    """Told, and done."""
    sys.stdout.write(f"{text}\n")
    return 0
