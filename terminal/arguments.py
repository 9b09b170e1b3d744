"""What may be asked of `returns-terminal`, and the help that says so.

Law of the file: nothing of the product is imported; every command has a line, a page and examples.
"""

import argparse
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path

from terminal.arguments_keeping import PROGRAM, Add, keeping
from terminal.arguments_unit import unit

ROLES = ("cashier", "shift_leader", "manager", "trainer", "engineer")
_EXIT = """
exit codes: 0 all is well; 1 done, but something needs a look; 2 not begun (arguments, settings,
files, store), nothing was changed. 退出码：0 正常；1 已完成但需查看；2 未开始，未作任何改动。
"""
_MAIN = f"""
examples:
  {PROGRAM} demo                                 a demo shop at this terminal, no hardware
  {PROGRAM} --config /etc/returns-terminal run   what systemd starts
  {PROGRAM} check                                is this unit fit to serve?
  {PROGRAM} staff add 1007 Li --role manager     who may sign on

settings are looked for in --config, then $RETURNS_CONFIG, /etc/returns-terminal, ./config.
{_EXIT}"""


def parser_of() -> ArgumentParser:
    """The whole command line. --config and --data may stand before or after the command."""
    common = ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument(
        "--config", type=Path, metavar="FOLDER", help="settings: terminal.toml, policy.toml, ..."
    )
    common.add_argument(
        "--data", type=Path, metavar="FOLDER", help="database folder, in place of terminal.toml's"
    )
    parser = ArgumentParser(
        PROGRAM,
        description="Scan-to-return terminal. 扫码退货终端",
        epilog=_MAIN,
        formatter_class=RawDescriptionHelpFormatter,
        parents=[common],
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, line: str, more: str) -> ArgumentParser:
        return commands.add_parser(
            name,
            help=line,
            description=line,
            epilog=more + (_EXIT if name not in {"run", "demo"} else ""),
            formatter_class=RawDescriptionHelpFormatter,
            parents=[common] if name != "demo" else [],
            add_help=name != "demo",  # it has arguments and a help of its own
        )

    _run(command)
    _import_sales(command)
    _import_prices(command)
    unit(command)
    _report(command)
    _policy(command, common)
    keeping(command)
    _staff(command, common)
    return parser


def _run(command: Add) -> None:
    run = command(
        "run",
        "serve cashiers with the devices of terminal.toml 启动终端",
        """Takes up the step it was stopped in. Under systemd: systemctl start returns-terminal

--training: a demo shop on these devices, in a database of its own (training.db): screens and slips
are marked, numbers begin with T, the drawer stays closed. Cashier 1007 PIN 1234, manager 2001 PIN
4321; the drills are behind F4. 培训模式：独立数据库，屏幕和小票带培训标记，不开钱箱。
""",
    )
    run.add_argument("--training", action="store_true", help="nothing is real; no return is made")
    command(
        "demo",
        "a demo shop at this terminal, without hardware 演示",
        "Keys, pasted codes and screens are this terminal's; slips are drawn as pictures.\n",
    )


def _import_sales(command: Add) -> None:
    parser = command(
        "import-sales",
        "take in sales, so that their receipts can be returned 导入原单",
        f"""
The whole file is taken, or nothing of it. Taking it in twice changes nothing; a sale on file is
never overwritten. Every row is counted: taken, left out by the map, or refused with its reason.
Meanwhile the terminal must be stopped (systemctl stop returns-terminal), unless it watches a folder
([import] watch in terminal.toml): then the file is handed to it, its report will be there.

examples:
  {PROGRAM} import-sales sales.jsonl
  {PROGRAM} import-sales 2026-11-20.xml               ARTS POSLog
  {PROGRAM} import-sales 2026-11-20.csv.gz --map online-retail --report rows.csv
  {PROGRAM} import-sales sales.jsonl --keep-going     the good sales; the bad are reported
""",
    )
    parser.add_argument(
        "file", type=Path, help=".jsonl (one sale a line), .csv or .xml (POSLog), also .gz"
    )
    _import_options(parser, "import")


def _import_prices(command: Add) -> None:
    parser = command(
        "import-prices",
        "take in a price list, for exchanges 导入价格表",
        f"""
One price a line: sku, gtin, name, unit, price, currency, tax_rate, category, valid_from (a day; a
price without one holds from today). A price of a later day takes over on that day; another one of
the same day takes the place of the one on file. Taking a file in twice changes nothing, and no
sale's price changes ever. The terminal must be stopped meanwhile, or watch a folder.

examples:
  {PROGRAM} import-prices prices.jsonl
  {PROGRAM} import-prices prices.csv.gz --map mine --report rows.csv
""",
    )
    parser.add_argument("file", type=Path, help=".jsonl (one price a line) or .csv, also .gz")
    _import_options(parser, "prices")


def _import_options(parser: ArgumentParser, folder: str) -> None:
    parser.add_argument("--map", metavar="NAME", help=f"column map: config/{folder}/NAME.toml")
    parser.add_argument("--keep-going", action="store_true", help="take the good, report the bad")
    parser.add_argument("--report", type=Path, metavar="FILE", help="CSV of all rows not taken")


def _report(command: Add) -> None:
    parser = command(
        "report",
        "what one day's returns came to 退货日报",
        f"""
By status, tender, reason, cashier and approver; voids apart; each shift with its count; what stands
out, with its returns ([watch] in policy.toml). The journal's head is at its end: kept on paper, it
proves later that no record was taken away. It may run beside the terminal.

examples:
  {PROGRAM} report --day today
  {PROGRAM} report --day 2026-11-20 --csv day.csv
""",
    )
    parser.add_argument("--day", default="today", metavar="DAY", help="today, or 2026-11-20")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="the same figures for a sheet")


def _policy(command: Add, common: ArgumentParser) -> None:
    parser = command(
        "policy",
        "the return policy in words, and tried on cases 退货政策",
        f"""
examples:
  {PROGRAM} policy check                          the policy in force
  {PROGRAM} policy check new.toml                 another, before it is put into force
  {PROGRAM} policy check --case "reason=QUALITY days=10 category=fresh condition=SPOILED"
""",
    )
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    check: ArgumentParser = actions.add_parser(
        "check",
        help="say it in words, try it, find rules that can never decide 检查",
        parents=[common],
        formatter_class=RawDescriptionHelpFormatter,
        epilog=f"""
a case is written as in policy-cases.toml: reason=CODE, and where they matter days=10
category=fresh condition=OPENED kind=BLIND amount=120.00 tenders=card,cash earlier=6 by=phone
expect=deny rule=window.refused. Without --case and --cases those of policy-cases.toml beside the
policy, or of the unit, are tried. 1 is the exit code where a rule is of no use or a case gets
another answer.
{_EXIT}""",
    )
    check.add_argument("file", type=Path, nargs="?", help="in place of the unit's policy.toml")
    check.add_argument("--case", action="append", default=[], metavar="CASE", help="try this one")
    check.add_argument("--cases", type=Path, metavar="FILE", help="try every [[case]] in it")


def _staff(command: Add, common: ArgumentParser) -> None:
    parser = command(
        "staff",
        "who may sign on at this unit 员工",
        f"""
A PIN (4 to 12 digits) is typed unseen, or piped with --pin-stdin; it is never an argument.
The terminal must be stopped meanwhile; while it runs, a manager does the same at its own screen
(F4 Office, Staff). Each change is kept in the journal with the login that made it.

roles: cashier takes returns; shift_leader also approves; manager also staff and training;
trainer takes returns and trains; engineer trains only. 角色：收银员、值班长、店长、培训员、工程师

examples:
  {PROGRAM} staff add 1007 Li --role manager
  {PROGRAM} staff set-badge 1007          then scan the badge
  {PROGRAM} staff unlock 1007             after too many wrong PINs
""",
    )
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")

    def action(name: str, line: str) -> ArgumentParser:
        found: ArgumentParser = actions.add_parser(
            name, help=line, description=line, parents=[common]
        )
        return found

    action("list", "everybody, by number 列出员工")
    add = action("add", "a new person 添加员工")
    for name, line in (
        ("set-pin", "a new PIN; ends a lock, too 更换密码"),
        ("set-badge", "a new badge, scanned or piped 更换员工卡"),
        ("unlock", "ends the wait after wrong PINs 解锁"),
        ("leave", "has left the company: signs on no more, stays on record 离职停用"),
        ("rejoin", "has come back, with a new PIN 恢复"),
    ):
        one = action(name, line)
        one.add_argument("number")
        if name in {"set-pin", "rejoin"}:
            one.add_argument("--pin-stdin", action="store_true", help="read the PIN from a pipe")
        if name == "set-badge":
            one.add_argument("--none", action="store_true", help="the badge was lost: no badge")
    add.add_argument("number")
    add.add_argument("name")
    add.add_argument("--role", choices=ROLES, default=ROLES[0])
    add.add_argument("--pin-stdin", action="store_true", help="read the PIN from a pipe")
