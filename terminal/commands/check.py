"""`check`: is this unit fit to serve? One line each, and what to do where it is not."""

from argparse import Namespace

from terminal.commands import LOOK, OK
from terminal.commands.check_devices import DEVICE_CHECKS, scan
from terminal.commands.check_unit import UNIT_CHECKS
from terminal.commands.finding import Finding
from terminal.commands.places import config_folder, give, settings_of
from terminal.commands.trial_slip import print_slip, slip
from terminal.core.words import Worded
from terminal.settings import SettingsFault

_SETTINGS = Worded("设置", "settings")


def serve(args: Namespace) -> int:
    folder = config_folder(args.config)
    try:
        settings = settings_of(args)
    except SettingsFault as fault:
        todo = Worded("请更正下列各项；其余检查需要设置", "correct these; the rest needs settings")
        give(str(Finding(_SETTINGS, Worded(f"{folder}", f"{folder}"), todo)))
        for problem in fault.problems:
            give(f"    {problem}")
        return LOOK
    found = [Finding(_SETTINGS, Worded(f"{folder} 正确", f"{folder} is sound"))]
    give(str(found[0]))
    for check in (*DEVICE_CHECKS, *UNIT_CHECKS):
        found.append(check(settings))
        give(str(found[-1]))
    if args.scan is not None:
        give(f"... scan any code within {args.scan:g} s / 请在 {args.scan:g} 秒内扫任意码")
        found.append(scan(settings, args.scan))
        give(str(found[-1]))
    if args.print_test_slip:
        found.append(print_slip(settings, slip(settings)))
        give(str(found[-1]))
    return OK if all(one.ok for one in found) else LOOK
