"""`staff`: who may sign on at this unit. A PIN is typed unseen or read from a pipe, never an
argument: arguments stand in the list of processes and in the shell's history. Each change is one
record of the journal, as if it were made at the unit's own screen.
"""

import os
import re
import sys
from argparse import Namespace
from getpass import getpass
from pwd import getpwuid

from storage.faults import InUse
from storage.staff import Entry, Held, StaffTaken, pin_fault
from storage.store import Store
from terminal.commands import LOOK, OK
from terminal.commands.places import CommandFault, settings_of, writer_of
from terminal.core import staffing
from terminal.core.people import Role, Staff
from terminal.core.words import Told, sentence
from terminal.ledger.ledger import Ledger
from terminal.moments import moments_of
from terminal.settings import Settings
from terminal.spoken.spoken import give, say, spoken

_NUMBER = re.compile(r"[0-9A-Za-z]{1,12}")
_BADGE = re.compile(r"[!-~]{6,128}")
_HELD = "secret"


def serve(args: Namespace) -> int:
    """Raises CommandFault (also while the terminal runs: one writer), StorageFault."""
    settings = settings_of(args)
    try:
        store = writer_of(settings)
    except InUse as fault:
        raise CommandFault(
            "The terminal is running (process {pid}), and only it may write; nothing was changed."
            " At the unit a manager does this on the screen: F4 Office, Staff. Or stop it first:"
            " systemctl stop returns-terminal",
            pid=fault.pid,
        ) from fault
    with store:
        try:
            return _serve(args, store, settings)
        except KeyError:
            say(
                sentence(
                    "Nobody has the number {number}. See: returns-terminal staff list",
                    number=args.number,
                )
            )
            return LOOK
        except StaffTaken:
            say(
                sentence(
                    "The number {number} or the badge belongs to somebody already; nothing was"
                    " changed.",
                    number=args.number,
                )
            )
            return LOOK


def _serve(args: Namespace, store: Store, settings: Settings) -> int:
    if args.action == "list":
        _list(store.staff.entries())
        return OK
    if args.action == "add":
        _check_person(args.number, args.name)
        staff = Staff(args.number, args.name, Role(args.role))
    else:
        staff = _known(store, args.number)
    record, done = _change(args, store, settings, staff)
    moments = moments_of(store, settings)
    ledger = Ledger(store, settings.rules)
    ledger.keep(record, moments.ids(1)[0], moments.stamp())
    say(done)
    return OK


def _change(
    args: Namespace, store: Store, settings: Settings, staff: Staff
) -> tuple[staffing.StaffRecord, Told]:
    """What is to be kept, and what to say of it. Raises CommandFault, StaffTaken, KeyError."""
    number, by = staff.number, _by()
    match args.action:
        case "add":
            _hold_pin(store, from_stdin=args.pin_stdin)
            done = sentence("{number} may sign on", number=number)
            return staffing.StaffAdded(staff, by, _HELD), done
        case "set-pin":
            _hold_pin(store, from_stdin=args.pin_stdin)
            done = sentence("{number} has a new PIN", number=number)
            return staffing.PinChanged(staff, by, _HELD), done
        case "set-badge" if args.none:
            done = sentence("{number}: badge removed", number=number)
            return staffing.BadgeChanged(staff, by, ""), done
        case "set-badge":
            held = _hold_badge(store, settings.patterns.badge_prefix)
            done = sentence("{number}: badge set", number=number)
            return staffing.BadgeChanged(staff, by, held), done
        case "unlock":
            done = sentence("{number} may try again", number=number)
            return staffing.StaffUnlocked(staff, by), done
        case "leave":
            done = sentence("{number} signs on no more, and stays on record", number=number)
            return staffing.StaffLeft(staff, by), done
        case "rejoin":
            _hold_pin(store, from_stdin=args.pin_stdin)
            done = sentence("{number} is back with a new PIN", number=number)
            return staffing.StaffRejoined(staff, by, _HELD), done
        case other:
            raise AssertionError(other)


def _list(entries: tuple[Entry, ...]) -> None:
    words = spoken()
    for one in entries:
        gone = words("  has left") if one.gone else ""
        give(f"{one.staff.number:<12} {one.staff.role:<13} {one.staff.name}{gone}")
    if not entries:
        say(sentence("Nobody yet: returns-terminal staff add NUMBER NAME"))


def _known(store: Store, number: str) -> Staff:
    """Raises KeyError."""
    found = next((one.staff for one in store.staff.entries() if one.staff.number == number), None)
    if found is None:
        raise KeyError(number)
    return Staff(found.number, found.name, Role(found.role))


def _by() -> str:
    """The login behind the command: through sudo, who asked for it."""
    try:
        login = getpwuid(os.getuid()).pw_name
    except KeyError:
        login = str(os.getuid())
    return f"command:{os.environ.get('SUDO_USER', login)}"


def _hold_pin(store: Store, *, from_stdin: bool) -> None:
    held = store.staff.hold_pin(_HELD, _pin(from_stdin=from_stdin))
    assert held is Held.HELD, held


def _hold_badge(store: Store, prefix: str) -> str:
    if store.staff.hold_badge(_HELD, _badge(prefix)) is Held.BADGE_TAKEN:
        raise StaffTaken(prefix)
    return _HELD


def _check_person(number: str, name: str) -> None:
    if not _NUMBER.fullmatch(number):
        raise CommandFault("A number has 1 to 12 letters or digits")
    if not name.strip() or not name.isprintable() or len(name) > 40:
        raise CommandFault("A name has 1 to 40 printable characters")


def _pin(*, from_stdin: bool) -> str:
    """A new PIN, typed twice; raises CommandFault."""
    if from_stdin:
        return _checked(sys.stdin.readline().rstrip("\r\n"))
    if not sys.stdin.isatty():
        raise CommandFault("A PIN is typed at a terminal; in a script give it by --pin-stdin")
    words = spoken()
    pin = _checked(getpass(words("New PIN: ")))
    if getpass(words("Again: ")) != pin:
        raise CommandFault("The two PINs differ; nothing was changed")
    return pin


def _checked(pin: str) -> str:
    found = pin_fault(pin)
    if found is Held.NO_PIN:
        raise CommandFault("A PIN has 4 to 12 digits")
    if found is Held.GUESSED_FIRST:
        raise CommandFault("That PIN is guessed first; choose another")
    return pin


def _badge(prefix: str) -> str:
    """A badge as the terminal will read it: scanned or typed into this command, prefix off."""
    if sys.stdin.isatty():
        say(sentence("Scan the badge now"))
        scanned = getpass("")
    else:
        scanned = sys.stdin.readline().rstrip("\r\n")
    token = scanned.strip()
    if not token.startswith(prefix):
        raise CommandFault(
            "That is no badge: badges begin with {prefix!r} (terminal.toml, badge_prefix)",
            prefix=prefix,
        )
    token = token.removeprefix(prefix)
    if not _BADGE.fullmatch(token):
        raise CommandFault("A badge has 6 to 128 printable characters")
    return token
