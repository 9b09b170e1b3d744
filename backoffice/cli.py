"""returns-backoffice: the commands of the shop's side."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from backoffice.commands import archiving, argparse_words, keeping
from backoffice.commands.saying import complain, spoken
from backoffice.people import Role
from backoffice.settings import Settings, SettingsFault, read_settings
from backoffice.settings_reading import fault_of, unread
from backoffice.words import Refused, Worded

DEFAULT_CONFIG = "/etc/returns-backoffice/backoffice.toml"
Run = Callable[[Settings, argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """0 done, 1 not done, 2 the command or the settings are wrong."""
    with argparse_words.speaking():
        args = _parser().parse_args(arguments)
    try:
        done: int = args.run(read_settings(args.config, os.environ), args)
    except SettingsFault as fault:
        return _told(2, *(spoken(*one) for one in fault.faults))
    except Refused as refused:
        return complain(refused.words.zh, refused.words.en)
    except keeping.WrongSchema:
        return complain(
            "数据库版本不符，请先运行 returns-backoffice migrate",
            "The database has another schema: run returns-backoffice migrate",
        )
    except OSError as fault:
        return _told(1, spoken(*_unread(fault)))
    return done


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="returns-backoffice",
        description=spoken("退货后台的命令。", "The commands of the shop's side."),
    )
    parser.add_argument(
        "--config",
        type=Path,
        default=Path(os.environ.get("RETURNS_BACKOFFICE_CONFIG", DEFAULT_CONFIG)),
        metavar="backoffice.toml",
        help=spoken("设置文件", "the settings"),
    )
    commands = parser.add_subparsers(required=True, metavar=spoken("命令", "command"))

    def command(name: str, run: Run, zh: str, en: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=spoken(zh, en), description=spoken(zh, en))
        made.set_defaults(run=run)
        return made

    command(
        "migrate",
        keeping.migrating,
        "把数据库升级到本版本的结构",
        "bring the database to this version's schema",
    )
    command("serve", _serve, "为顾客、办公室和终端服务", "serve customers, office and terminals")
    _of_terminals(command)
    _of_the_shop(command)
    _of_the_archive(command)
    return parser


Command = Callable[[str, Run, str, str], argparse.ArgumentParser]


def _of_terminals(command: Command) -> None:
    code = command(
        "enrol-code",
        keeping.enrolling,
        "一次性注册码，让终端接入",
        "a one-time code to let a terminal in",
    )
    terminal = spoken("终端", "terminal")
    code.add_argument(
        "terminal",
        metavar=terminal,
        help=spoken("门店-款台，如 0571-03", "store-till, like 0571-03"),
    )
    revoke = command("revoke", keeping.revoking, "停用一台终端", "shut a terminal out")
    revoke.add_argument("terminal", metavar=terminal)


def _of_the_shop(command: Command) -> None:
    sales = command(
        "import-sales", keeping.importing_sales, "导入原单（JSON Lines）", "sales, JSON Lines"
    )
    file = spoken("文件", "file")
    sales.add_argument("file", type=Path, metavar=file)
    sales.add_argument(
        "--keep-going",
        action="store_true",
        help=spoken("只收正确的行，错误的行列出", "good lines only, bad ones told"),
    )
    prices = command(
        "import-prices",
        keeping.importing_prices,
        "导入价目表（JSON Lines）",
        "a price list, JSON Lines",
    )
    policy = command(
        "send-policy",
        keeping.sending_policy,
        "下发 policy.toml 或 reasons.toml",
        "policy.toml or reasons.toml",
    )
    recalls = command(
        "send-recalls", keeping.sending_recalls, "下发召回清单（JSON）", "the list of recalls, JSON"
    )
    for one in (prices, policy, recalls):
        one.add_argument("file", type=Path, metavar=file)
    for one in (prices, policy):
        one.add_argument(
            "--store",
            default="",
            metavar=spoken("门店", "STORE"),
            help=spoken("仅限该门店的终端", "for its tills alone"),
        )
    user = command("user", keeping.changing_user, "办公室人员", "people of the office")
    user.add_argument("what", choices=("add", "password", "disable"))
    user.add_argument("name", metavar=spoken("姓名", "name"))
    role = spoken("角色", "role")
    user.add_argument("role", nargs="?", default="", metavar=role, help=", ".join(Role))
    command(
        "pos-token",
        keeping.making_pos_token,
        "收银系统上传原单用的令牌",
        "a token for the POS to feed sales with",
    )


def _of_the_archive(command: Command) -> None:
    take = command(
        "take-parked",
        archiving.taking_parked,
        "把搁置的记录重新入账",
        "parked records into the books",
    )
    take.add_argument(
        "record",
        nargs="*",
        metavar=spoken("记录", "record"),
        help=spoken(
            "记录编号；不写则为全部未处理的", "ids; without one, all that nobody has seen to"
        ),
    )
    take.add_argument(
        "--terminal",
        default="",
        metavar=spoken("终端", "TERMINAL"),
        help=spoken("仅限一台终端", "of one terminal alone"),
    )
    take.add_argument(
        "--kind",
        default="",
        metavar=spoken("种类", "KIND"),
        help=spoken("仅限一种记录，如 ReturnRecorded", "of one kind alone, like ReturnRecorded"),
    )
    command(
        "erase-old", archiving.erasing_old, "立即清除到期的内容", "erase what is past its term, now"
    )
    command(
        "restored",
        archiving.going_on,
        "数据库从备份恢复后、启动前运行一次",
        "once after a backup of the database took its place, before serve",
    )
    check = command(
        "check-chains",
        archiving.checking_chains,
        "核对每条记录是否完整、有序",
        "every record in its place?",
    )
    check.add_argument(
        "--terminal",
        default="",
        metavar=spoken("终端", "TERMINAL"),
        help=spoken("仅限一台终端", "of one terminal alone"),
    )


def _serve(settings: Settings, _: argparse.Namespace) -> int:
    from backoffice.commands.serving import serve  # noqa: PLC0415 - no other command needs a server

    return serve(settings)


def _unread(fault: OSError) -> Worded:
    return fault_of(fault.filename, *unread(fault)) if fault.filename else unread(fault)


def _told(status: int, *lines: str) -> int:
    sys.stderr.write("\n".join((*lines, "")))
    return status
