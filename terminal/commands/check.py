"""`check`: is this unit fit to serve? One line each, and what to do where it is not."""

from argparse import Namespace

from terminal.commands import LOOK, OK
from terminal.commands.check_devices import DEVICE_CHECKS, scan
from terminal.commands.check_unit import UNIT_CHECKS
from terminal.commands.finding import Finding
from terminal.commands.places import settings_of
from terminal.commands.trial_slip import print_slip, slip
from terminal.core.words import NOTHING, row, sentence
from terminal.settings import SettingsFault
from terminal.spoken.spoken import config_folder, give, spoken

_SETTINGS = sentence("settings")


def serve(args: Namespace) -> int:
    folder = config_folder(args.config)
    try:
        settings = settings_of(args)
    except SettingsFault as fault:
        todo = sentence("correct these; the rest needs settings")
        give(Finding(_SETTINGS, str(folder), todo).line(spoken()))
        for problem in fault.problems:
            give(row(("    ", problem.told), NOTHING))
        return LOOK
    found = [Finding(_SETTINGS, sentence("{folder} is sound", folder=folder))]
    give(found[0].line(spoken()))
    for check in (*DEVICE_CHECKS, *UNIT_CHECKS):
        found.append(check(settings))
        give(found[-1].line(spoken()))
    if args.scan is not None:
        give(sentence("... scan any code within {scan:g} s", scan=args.scan))
        found.append(scan(settings, args.scan))
        give(found[-1].line(spoken()))
    if args.print_test_slip:
        found.append(print_slip(settings, slip(settings)))
        give(found[-1].line(spoken()))
    return OK if all(one.ok for one in found) else LOOK
