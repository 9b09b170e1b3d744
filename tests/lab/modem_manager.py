"""ModemManager, Debian's own, beside a serial scanner: it types AT commands into what it takes for
a modem, and our rule tells it that a scanner is none.
"""

import time

from tests.lab import checks
from tests.lab.faults import at_ready_screen
from tests.lab.unit import PATIENCE, Bench, Missed, Unit

_RULES = "/etc/udev/rules.d/60-returns-terminal.rules"
_CONTROL = "/run/systemd/system/ModemManager.service.d/lab.conf"
_PASSED_OVER = "(tty/ttyACM0): port filtered: device is blocklisted"
# Its USB numbers are those of the modem module in it: such it looks into, whoever asks.
_SCANNER = "handheld"


def modem_manager_keeps_off(bench: Bench) -> str:
    """With the rule it says that it passes the port over; without it, the scanner is typed into."""
    with at_ready_screen(bench, "modem_manager_keeps_off") as unit:
        unit.unplug("wedge")
        _start(unit)
        unit.plug(_SCANNER)
        unit.until("it has decided on the port", f"{_LOG} | grep -qF '{_PASSED_OVER}'")
        unit.sh("sleep 5")
        told = _heard(unit)
        checks.holds(f"with the rule the scanner was told {told!r}", holds=not told)
        unit.unplug(_SCANNER)
        unit.sh(f"mv {_RULES} /tmp/rules && udevadm control --reload")
        unit.plug(_SCANNER)
        told = _typed_into(unit)
        (unit.folder / "modem-manager.log").write_text(unit.sh(_LOG))
    return f"the port was passed over and nothing sent to it; without our rule it gets {told[:8]!r}"


def _start(unit: Unit) -> None:
    """As Debian starts it, and telling why it does what it does."""
    words = "[Service]\\nExecStart=\\nExecStart=/usr/sbin/ModemManager --debug\\n"
    unit.sh(f"install -D /dev/null {_CONTROL} && printf '{words}' >{_CONTROL}")
    unit.sh("systemctl daemon-reload && systemctl start ModemManager")


_LOG = "journalctl -u ModemManager -o cat --no-pager"


def _heard(unit: Unit) -> bytes:
    """All the computer has sent to the scanner."""
    return bytes.fromhex(unit.ask("heard", _SCANNER))


def _typed_into(unit: Unit) -> bytes:
    """What it is told at last. Missed when that is not what a modem is asked."""
    end = time.monotonic() + 2 * PATIENCE
    while b"AT" not in (told := _heard(unit)):
        if time.monotonic() > end:
            raise Missed(f"without our rule the scanner is told only {told!r}: nothing is proven")
        time.sleep(0.5)
    return told
