"""What the lab proves: one function a scenario, read from top to bottom as a script.

Each returns what it proved, in a sentence; it raises Missed where the product went another way.
"""

import time
from collections.abc import Callable

from tests.lab import cashier, checks
from tests.lab.cashier import SIGN_ON, WAITING, whole_return
from tests.lab.cuts import power_cuts
from tests.lab.eye import Picture
from tests.lab.faults import FAULTS
from tests.lab.learning import learn_scanner
from tests.lab.modem_manager import modem_manager_keeps_off
from tests.lab.office import delivered_to_the_office
from tests.lab.printers import PRINTERS
from tests.lab.restarts import RESTARTS
from tests.lab.scanners import SCANNERS
from tests.lab.unit import Bench, fresh, powered_on
from tests.lab.upkeep import UPKEEP
from tests.lab.way_in import engineer_gets_a_login

# What a service that started before its scanner was bought must be able to open.
NODES = ("/dev/usb/lp0", "/dev/hidraw0", "/dev/ttyACM0", "/dev/ttyUSB0")
Scenario = Callable[[Bench], str]


def power_on_to_result_slip(bench: Bench) -> str:
    """Cold start, no login, one whole return by the wedge scanner."""
    folder = fresh("power_on_to_result_slip")
    with powered_on(folder, bench.copy(folder)) as unit:
        began = time.monotonic()
        unit.see(SIGN_ON)
        took = time.monotonic() - began
        cashier.sign_on(unit)
        bench.keep(unit)
        whole_return(unit)
        kinds, _ = checks.books(unit)
        checks.recorded_once(kinds)
        slips = checks.paper(unit)
        screen = next(folder.glob(f"screen-*{WAITING}*.png"))
        said = checks.same_code(Picture(screen), slips[0])
        checks.holds("the drawer opened once", holds=unit.slips.kicks == 1)
        unit.unplug("wedge")
        for gun in ("serial", "ftdi"):  # for the first time
            unit.plug(gun)
        checks.may_be_opened(unit, NODES)
    return f"no login, ready {took:.0f} s after power on; screen and slip both say {said}"


SCENARIOS: tuple[Scenario, ...] = (
    power_on_to_result_slip,
    *SCANNERS,
    learn_scanner,
    modem_manager_keeps_off,
    *PRINTERS,
    *FAULTS,
    *RESTARTS,
    *UPKEEP,
    delivered_to_the_office,
    engineer_gets_a_login,
    power_cuts,
)
