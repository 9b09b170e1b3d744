"""The whole return by each kind of scanner, as an engineer connects it; pulled, and doubled."""

from itertools import cycle

from terminal import demo_shop
from tests.lab import cashier, checks
from tests.lab.cashier import READY, Step, W, whole_return
from tests.lab.faults import UNIT, at_ready_screen, done
from tests.lab.unit import Bench, Unit

ONE_LOST = W("One scanner does not work: plug it in again. The others do.")
SCANNER_LOST = W("Scanner unplugged: plug it in again, or type the number.")
NAME = "/dev/returns/scanner"
SETTINGS = "/etc/returns-terminal/terminal.toml"


def tell(unit: Unit, part: str, **settings: str) -> None:
    """The engineer edits one part of terminal.toml."""
    for key, value in settings.items():
        line = f's#^{key} = "[^"]*"#{key} = "{value}"#'
        unit.sh(f"sed -i '/^\\[{part}\\]/,/^\\[/{line}' {SETTINGS}")


def restarted(unit: Unit) -> None:
    """With the new settings; the cashier is still signed on."""
    unit.sh(f"systemctl restart {UNIT}")
    unit.see(READY)
    unit.listens()


def node(unit: Unit, name: str = NAME) -> str:
    """The device the name stands for now."""
    return unit.sh(f"readlink -f {name}").strip()


def left_alone_by_modem_manager(unit: Unit, device: str) -> None:
    """It would type AT commands into the scanner for ten seconds."""
    known = unit.sh(f"udevadm info --query=property --name={device}")
    for name in ("ID_MM_DEVICE_IGNORE", "ID_MM_PORT_IGNORE"):
        checks.holds(f"{name} of {device}: {known}", holds=f"{name}=1" in known.splitlines())


def serial_scanner(bench: Bench) -> str:
    """The engineer changes the scanner; pulled in the middle, it returns under another number."""
    with at_ready_screen(bench, "serial_scanner") as unit:
        unit.unplug("wedge")
        unit.plug("serial")
        tell(unit, "scanner", kind="serial")
        unit.until("the scanner has its name", f"test -c $(readlink -f {NAME})")
        restarted(unit)
        first = node(unit)
        left_alone_by_modem_manager(unit, first)

        def pull(step: Step) -> None:
            if step is not cashier.choose_goods:
                return
            # somebody else still holds the port when it goes: its number is not free
            unit.sh(f"setsid sleep 600 <>{first} >/dev/null 2>&1 &")
            unit.unplug("serial")
            unit.see(SCANNER_LOST)
            unit.plug("serial")
            unit.see_no_more(SCANNER_LOST)

        whole_return(unit, by="serial", between=pull)
        done(unit)
        heard = bytes.fromhex(unit.ask("heard", "serial"))
        checks.holds(f"the scanner was told {heard!r}", holds=not heard)
        second = node(unit)
        checks.holds(f"another number than {first}: {second}", holds=first != second)
    return f"cdc_acm, pulled as {first}, back as {second}; told nothing, not even an echo"


def ftdi_scanner(bench: Bench) -> str:
    """A serial adapter of no scanner's maker: known by its by-id path."""
    with at_ready_screen(bench, "ftdi_scanner") as unit:
        unit.unplug("wedge")
        unit.plug("ftdi")
        find = "ls /dev/serial/by-id/*-if00-port0"
        path = unit.until("the adapter has its path", find).strip()
        tell(unit, "scanner", kind="serial", path=path)
        restarted(unit)
        left_alone_by_modem_manager(unit, node(unit, path))

        def pull(step: Step) -> None:
            if step is cashier.choose_goods:
                unit.unplug("ftdi")
                unit.see(SCANNER_LOST)
                unit.plug("ftdi")
                unit.see_no_more(SCANNER_LOST)

        whole_return(unit, by="ftdi", between=pull)
        done(unit)
        device = node(unit, path)
    return f"{device} of ftdi_sio by {path}, pulled once; ModemManager is told to keep off"


def hid_pos_scanner(bench: Bench) -> str:
    """Whole reports through hidraw; the keypad is known by its by-id path meanwhile."""
    with at_ready_screen(bench, "hid_pos_scanner") as unit:
        unit.unplug("wedge")
        unit.plug("reporter")
        pad = unit.until("the keypad has its path", "ls /dev/input/by-id/usb-QEMU*-event-kbd")
        tell(unit, "keypad", path=pad.strip())
        tell(unit, "scanner", kind="hid-pos")
        unit.until("the scanner has its name", f"test -c $(readlink -f {NAME})")
        restarted(unit)

        def pull(step: Step) -> None:
            if step is cashier.choose_goods:
                unit.unplug("reporter")
                unit.see(SCANNER_LOST)
                unit.ask("plug", "reporter")
                unit.see_no_more(SCANNER_LOST)

        whole_return(unit, by="reporter", between=pull)
        done(unit)
        device = node(unit)
        checks.holds(f"{device} is a hidraw", holds="hidraw" in device)
    return f"{device} by what its descriptor says, pulled once; keypad {pad.strip()}"


def scanner_pulled_at_every_step(bench: Bench) -> str:
    """Out and in again before each step, each time into another socket."""
    sockets = cycle((3, 0))
    nodes: list[str] = []

    def pull(step: Step) -> None:
        unit.ask("unplug", "wedge")
        unit.see(SCANNER_LOST)
        unit.ask("move", "wedge", next(sockets))
        unit.ask("plug", "wedge")
        unit.see_no_more(SCANNER_LOST)
        nodes.append(f"{step.__name__}: {node(unit)}")

    with at_ready_screen(bench, "scanner_pulled_at_every_step") as unit:
        whole_return(unit, between=pull)
        done(unit)
    return f"told {len(nodes)} times, back {len(nodes)} times, and the return went on"


def two_scanners(bench: Bench) -> str:
    """A fixed one, one for the hand of another maker, and one of another kind: all are read."""
    with at_ready_screen(bench, "two_scanners") as unit:
        for count, gun in enumerate(("second", "reporter"), 2):
            unit.plug(gun)
            read = " | grep 'scanner: GOOD' | tail -n 1 | awk -F ' [+] ' '{print NF}'"
            unit.until(f"{gun} is read", f'test "$({_LOG}{read})" = {count}')
        cashier.open_receipt(unit)
        cashier.scan(unit, demo_shop.OIL.gtin, "49.35", by="second")
        cashier.scan(unit, demo_shop.MILK.gtin, cashier.REFUND, by="reporter")
        unit.press("ret")
        cashier.say_why(unit)
        unit.unplug("wedge")
        unit.see(ONE_LOST)
        cashier.confirm_amounts(unit)
        unit.plug("wedge")
        unit.see_no_more(ONE_LOST)
        for gun in ("wedge", "reporter"):
            unit.unplug(gun)
            unit.see(ONE_LOST)
        for step in cashier.STEPS[4:]:
            step(unit, "second")
        unit.unplug("second")
        unit.see(SCANNER_LOST)
        unit.plug("wedge")
        unit.see_no_more(SCANNER_LOST)
        done(unit)
    return (
        "keyboard, keyboard and HID POS in one return; two pulled, told, and the third finished it"
    )


_LOG = f"journalctl -u {UNIT} -o cat --no-pager"
SCANNERS = (
    serial_scanner,
    ftdi_scanner,
    hid_pos_scanner,
    scanner_pulled_at_every_step,
    two_scanners,
)
