"""`cashier-card`: how a return goes, on one slip for the counter."""

from argparse import Namespace

from printer.raster import slip_picture
from terminal.commands import LOOK, OK
from terminal.commands.places import CommandFault, settings_of
from terminal.commands.trial_slip import print_slip
from terminal.core.words import sentence
from terminal.paper.cashier_card import card
from terminal.spoken.spoken import give, spoken
from terminal.spoken.system_words import system

NAME = sentence("cashier's card")


def serve(args: Namespace) -> int:
    """Prints it, or draws it into a PNG. Raises CommandFault and SettingsFault."""
    settings = settings_of(args)
    wanted = card(settings)
    if args.png is None:
        found = print_slip(settings, wanted, NAME)
        give(found.line(spoken()))
        return OK if found.ok else LOOK
    try:
        slip_picture(wanted, settings.printer.model).save(args.png)
    except OSError as fault:
        raise CommandFault(
            "{png} cannot be written ({why}).", png=args.png, why=system(fault)
        ) from fault
    give(sentence("Written: {png}", png=args.png))
    return OK
