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
from backoffice.commands.saying import complain, say, spoken
from backoffice.db.migrate import is_current, migrate
from backoffice.office import Office, Transaction
from backoffice.sales.importing import Report, import_prices, import_sales
from backoffice.settings import Settings
from backoffice.terminals import enrolment
from backoffice.terminals.authority import Authority
from backoffice.words import Refused

SHOWN_MAX = 20
USER_DONE = {
    "add": ("已添加 {name}。", "{name} may sign in at the desk."),
    "password": ("{name} 的密码已更改。", "{name} has another password."),
    "disable": ("已停用 {name}。", "{name} may not sign in any more."),
}
Arguments = argparse.Namespace
T = TypeVar("T")


def migrating(settings: Settings, _: Arguments) -> int:
    office = Office(settings)
    migrate(office.engine)
    where = f"{office.engine.url!r}"
    return say(f"数据库已是本版本的结构：{where}",
               f"The database has this version's schema: {where}")  # fmt: skip


def enrolling(settings: Settings, args: Arguments) -> int:
    authority = Authority(settings.state_dir)
    code = _done(settings, lambda tx: enrolment.make_code(tx, authority, args.terminal, who_asks()))
    url = f"https://{settings.terminals.names[0]}:{settings.terminals.listen.port}"
    line = f"  returns-terminal enrol {code} --url {url}"
    return say(f"{code}\n终端 {args.terminal} 一小时内使用一次：\n{line}",
               f"{code}\nFor {args.terminal}, once, within the hour:\n{line}")  # fmt: skip


def revoking(settings: Settings, args: Arguments) -> int:
    _done(settings, lambda tx: enrolment.revoke(tx, args.terminal, who_asks()))
    return say(
        f"已停用终端 {args.terminal}，其小票上的码同时失效。",
        f"{args.terminal} is shut out; its slips' codes are no longer good either.",
    )


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
    return say(f"{name}（sha256 {digest}）将下发到终端，在下一次空闲画面时生效。",
               f"{name} (sha256 {digest}) goes to the terminals; in force at their next idle"
               " screen.")  # fmt: skip


def sending_recalls(settings: Settings, args: Arguments) -> int:
    text = args.file.read_text("utf-8")
    _done(settings, lambda tx: notices.send_recalls(tx, text))
    return say("召回清单将下发到所有终端。", "The list of recalls goes to every terminal.")


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
    return say(*(one.format(name=name) for one in USER_DONE[args.what]))


def making_pos_token(_: Settings, __: Arguments) -> int:
    token = secrets.token_urlsafe(32)
    digest = sha256(token.encode()).hexdigest()
    return say(f"给收银系统（只显示一次）：{token}\n写入 [pos] token_sha256：{digest}",
               f"For the POS (shown once): {token}\nFor [pos] token_sha256: {digest}")  # fmt: skip


def _asked_password() -> str:
    if sys.stdin.isatty():
        first = getpass.getpass(spoken("密码：", "Password: "))
        if getpass.getpass(spoken("再输一次：", "Once more: ")) != first:
            raise Refused(
                "两次输入的密码不一致，未作更改", "the two are not the same; nothing was changed"
            )
        return first
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
        complain(f"{file}:{line}: {words.zh}", f"{file}:{line}: {words.en}")
    if len(report.bad) > SHOWN_MAX:
        more = len(report.bad) - SHOWN_MAX
        complain(f"……另有 {more} 行", f"... and {more} more")
    if not kept:
        return complain("文件未导入任何内容。", "Nothing of the file was kept.")
    added, same, bad = report.added, report.same, len(report.bad)
    return say(f"新增 {added}，已有 {same}，拒收 {bad}。",
               f"{added} added, {same} on file before, {bad} refused.")  # fmt: skip


def who_asks() -> str:
    """Who runs the command, as the audit names them."""
    return f"command:{getpass.getuser()}"
