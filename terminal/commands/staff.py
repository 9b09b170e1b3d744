"""`staff`: who may sign on at this unit. A PIN is typed unseen or read from a pipe, never an
argument: arguments stand in the list of processes and in the shell's history.
"""

import re
import sys
from argparse import Namespace
from getpass import getpass

from storage.staff import StaffTaken
from storage.store import Store
from terminal.commands import LOOK, OK
from terminal.commands.places import CommandFault, give, say, settings_of, writer_of
from terminal.settings import Settings

_NUMBER = re.compile(r"[0-9A-Za-z]{1,12}")
_BADGE = re.compile(r"[!-~]{6,128}")


def serve(args: Namespace) -> int:
    """Raises CommandFault, StorageFault (InUse while the terminal runs)."""
    settings = settings_of(args)
    with writer_of(settings) as store:
        try:
            return _serve(args, store, settings)
        except KeyError:
            say(f"Nobody has the number {args.number}. See: staff list / 没有工号 {args.number}")
            return LOOK
        except StaffTaken:
            say(
                f"The number {args.number} or the badge belongs to somebody already; nothing was"
                " changed. / 工号或员工卡已被使用，未作改动。"
            )
            return LOOK


def _serve(args: Namespace, store: Store, settings: Settings) -> int:
    match args.action:
        case "list":
            for one in store.staff.all():
                give(f"{one.number:<12} {one.role:<13} {one.name}")
            if not store.staff.all():
                say("Nobody yet: staff add NUMBER NAME / 尚无员工，请用 staff add 添加")
            return OK
        case "add":
            _check_person(args.number, args.name)
            pin = _pin(from_stdin=args.pin_stdin)
            store.staff.add(args.number, args.name, args.role, pin)
            done = f"{args.number} may sign on / 工号 {args.number} 可以登录"
        case "set-pin":
            store.staff.set_pin(args.number, _pin(from_stdin=args.pin_stdin))
            done = f"{args.number} has a new PIN / 工号 {args.number} 已更换密码"
        case "set-badge":
            badge = None if args.none else _badge(settings.patterns.badge_prefix)
            store.staff.set_badge(args.number, badge)
            done = f"{args.number}: badge {'removed' if args.none else 'set'} / 员工卡已更新"
        case "unlock":
            store.staff.unlock(args.number)
            done = f"{args.number} may try again / 工号 {args.number} 已解锁"
        case "remove":
            store.staff.remove(args.number)
            done = f"{args.number} may not sign on any more / 工号 {args.number} 已删除"
        case other:
            raise AssertionError(other)
    say(done)
    return OK


def _check_person(number: str, name: str) -> None:
    if not _NUMBER.fullmatch(number):
        raise CommandFault("A number has 1 to 12 letters or digits / 工号为 1 至 12 位字母数字")
    if not name.strip() or not name.isprintable() or len(name) > 40:
        raise CommandFault("A name has 1 to 40 printable characters / 姓名为 1 至 40 个字符")


def _pin(*, from_stdin: bool) -> str:
    """A new PIN, typed twice; raises CommandFault."""
    if from_stdin:
        return _checked(sys.stdin.readline().rstrip("\r\n"))
    if not sys.stdin.isatty():
        raise CommandFault(
            "A PIN is typed at a terminal; in a script give it by --pin-stdin"
            " / 请在终端输入密码，脚本中请用 --pin-stdin"
        )
    pin = _checked(getpass("New PIN 新密码: "))
    if getpass("Again 再输一次: ") != pin:
        raise CommandFault("The two PINs differ; nothing was changed / 两次输入不同，未作改动")
    return pin


def _checked(pin: str) -> str:
    if not (pin.isascii() and pin.isdigit() and 4 <= len(pin) <= 12):
        raise CommandFault("A PIN has 4 to 12 digits / 密码为 4 至 12 位数字")
    if len(set(pin)) == 1 or pin in "01234567890123456789" or pin in "98765432109876543210":
        raise CommandFault("That PIN is guessed first; choose another / 密码过于简单，请更换")
    return pin


def _badge(prefix: str) -> str:
    """A badge as the terminal will read it: scanned or typed into this command, prefix off."""
    if sys.stdin.isatty():
        say("Scan the badge now / 请扫描员工卡:")
        scanned = getpass("")
    else:
        scanned = sys.stdin.readline().rstrip("\r\n")
    token = scanned.strip()
    if not token.startswith(prefix):
        raise CommandFault(
            f"That is no badge: badges begin with {prefix!r} (terminal.toml, badge_prefix)"
            f" / 不是员工卡：应以 {prefix!r} 开头"
        )
    token = token.removeprefix(prefix)
    if not _BADGE.fullmatch(token):
        raise CommandFault("A badge has 6 to 128 printable characters / 员工卡为 6 至 128 个字符")
    return token
