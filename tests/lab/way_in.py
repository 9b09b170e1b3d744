"""How an engineer gets a shell on a unit whose only screen is the terminal's.

While it runs, the kernel switches to no other console (`console_stays_in_front`). What
docs/COMMISSIONING.md says instead is done here: one word on the kernel's line, at the start.
"""

from tests.lab.checks import holds
from tests.lab.unit import Bench, fresh, powered_on

WORD = "systemd.mask=returns-terminal.service"


def engineer_gets_a_login(bench: Bench) -> str:
    """Masked for one start, the terminal leaves the screen to a login; the next start is usual."""
    folder = fresh("engineer_gets_a_login")
    with powered_on(folder, bench.copy(folder), append=WORD) as unit:
        unit.until("the system is up", "systemctl is-active multi-user.target")
        holds("the terminal rests", holds="inactive" in unit.sh(_ACTIVE, fails=True))
        unit.chord("ctrl", "alt", "f2")
        unit.until("a second console is in front", "grep -q tty2 /sys/class/tty/tty0/active")
        unit.until("it asks for a name", "grep -q 'login:' /dev/vcs2")
        unit.look("login")
        said = unit.sh("systemctl is-enabled returns-terminal", fails=True).strip()
        holds(f"it is masked for this start alone: {said}", holds=said == "masked-runtime")
        unit.sh("test -L /etc/systemd/system/multi-user.target.wants/returns-terminal.service")
    return f"with {WORD} at the start, Ctrl+Alt+F2 has a login; the unit stays enabled"


_ACTIVE = "systemctl is-active returns-terminal"
