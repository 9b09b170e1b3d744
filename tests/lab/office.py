"""The unit in its shop: enrolled, its courier on a network, the back office a process on this side.

The office is reached by one forwarded address; all else of the network is shut.
"""

import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from storage.store import open_reader
from tests.demo.people import ByHttp, Lost, Person
from tests.lab import cashier, checks
from tests.lab.cashier import CASH, COUNT_IT_OUT, NUMBER, READY, SIGN_ON, WALLET, W
from tests.lab.faults import UNIT
from tests.lab.shop import sale_lines
from tests.lab.unit import PATIENCE, Bench, Missed, Unit, fresh, powered_on
from tests.uplink.real_office import RealOffice

COURIER = "returns-courier"
NAME, ADDRESS, PORT = "office.lab", "10.0.2.100", 8443
CLERK, PASSWORD = "Chen", "lab desk password"
EXPOSED_MOST = 1.5  # of systemd-analyze's 10
_DATA, _STATE = "/var/lib/returns-terminal", "/var/lib/returns-courier"
_SETTINGS = """
[review]
above = 0
[rails.kinds]
wechat = "simulator"
[rails.simulator]
delay_s = 1
"""
_NETWORK = f"""
mkdir -p /etc/systemd/network
cat >/etc/systemd/network/lab.network <<'END'
[Match]
Type=ether
[Network]
Address=10.0.2.15/24
LinkLocalAddressing=no
END
echo '{ADDRESS} {NAME}' >>/etc/hosts
systemctl start systemd-networkd
"""


def delivered_to_the_office(bench: Bench) -> str:
    """Enrolled by root's hand; a return goes up, the customer submits, the office approves, the
    cashier pays, the rail's word comes down. Meanwhile the courier dies and the cable is pulled.
    """
    folder = fresh("delivered_to_the_office")
    (folder / "office").mkdir()
    with (
        RealOffice(folder / "office", (NAME,), _SETTINGS) as office,
        powered_on(folder, bench.copy(folder), network=_card(office.port)) as unit,
    ):
        unit.see_one(SIGN_ON, READY)
        _enrol(unit, office)
        score = _sandbox(unit)
        if unit.see_one(SIGN_ON, READY) == SIGN_ON:
            cashier.sign_on(unit)
        unit.listens()
        for step in cashier.STEPS[:4]:
            step(unit, "wedge")
        unit.see(W("Not submitted yet"), NUMBER)  # says the office, which has the return by now
        _submit(unit, office)
        unit.see(W("Submitted"))
        unit.sh(f"systemctl kill -s KILL {COURIER}")
        _cable(unit, up=False)
        unit.see(W("No network"))
        _approve(office)
        _cable(unit, up=True)
        unit.see(W("Approved: pay the cash"))
        unit.sh(f"systemctl kill -s KILL {COURIER}")
        unit.press("ret")
        unit.see(CASH, COUNT_IT_OUT)
        unit.press("ret")
        unit.see(READY)
        _until("the rail has paid", lambda: _state(office) == "refunded")
        unit.scan(NUMBER)
        unit.see(W("Refunded"), WALLET)
        unit.press("esc")
        unit.see(READY)
        checks.paper(unit, 3)
        count = _the_same_books(unit, office)
    return (
        f"{count} records, once and in order, over two deaths of the courier and a pulled cable; it"
        f" has no device and no database: systemd-analyze security says {score}"
    )


def _card(port: int) -> list[str]:
    forward = f"guestfwd=tcp:{ADDRESS}:{PORT}-cmd:/bin/busybox nc 127.0.0.1 {port}"
    card = "virtio-net-pci,netdev=net0,id=card,romfile="
    return ["-netdev", f"user,id=net0,restrict=on,{forward}", "-device", card]


def _cable(unit: Unit, *, up: bool) -> None:
    unit.machine.qmp.run("set_link", name="card", up=up)


def _until(what: str, holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            raise Missed(f"{what}: not within {PATIENCE:g} s")
        time.sleep(0.3)


def _enrol(unit: Unit, office: RealOffice) -> None:
    """As docs/COMMISSIONING.md tells; then whose the files are."""
    sales = unit.folder / "sales.jsonl"
    sales.write_text("".join(sale_lines()), "utf-8")
    office.runs("import-sales", str(sales))
    office.runs("user", "add", CLERK, "manager", typed=f"{PASSWORD}\n")
    unit.sh(_NETWORK)
    unit.until("there is a way to the office", "grep -q 0002000A /proc/net/route")
    said = re.search(r"[0-9A-Z*~$=]{11}\.[A-Z2-7]{16}", office.runs("enrol-code", "0571-03"))
    checks.holds("the office prints a code", holds=said is not None)
    assert said is not None
    unit.sh(f"systemctl stop {UNIT}")
    command = f"returns-terminal enrol '{said[0]}' --url https://{NAME}:{PORT}"
    checks.holds(f"enrolled: {unit.sh(command)}", holds=True)
    ours = unit.sh(f"stat -c '%U:%G:%a' {_DATA}/returns.db {_DATA}/slip-key.json").split()
    theirs = unit.sh(f"stat -c '%U:%G:%a' {_STATE}/*").split()
    checks.holds(
        f"the terminal's files are its own: {ours}", holds=set(ours) == {"returns:returns:600"}
    )
    alone = {"returns-courier:returns:600"}
    checks.holds(f"the courier's are its own: {theirs}", holds=set(theirs) == alone)
    unit.sh(f"systemctl restart {COURIER}; systemctl start {UNIT}")
    unit.until("the courier knows who it is", f"{_log(COURIER)} | grep -q 'enrolled terminal='")
    unit.until("the office answers", f"{_log(COURIER)} | grep -q 'network up=True'")


def _log(name: str) -> str:
    return f"journalctl -b -u {name} -o cat --no-pager"


_TRY = """
import os, sys
for node in sys.argv[1:]:
    try:
        os.close(os.open(node, os.O_RDONLY | os.O_NONBLOCK))
        print(node)
    except OSError:
        pass
"""


def _sandbox(unit: Unit) -> float:
    """What the running courier may reach, tried from within its cgroup and its own root."""
    pid = unit.sh(f"systemctl show -p MainPID --value {COURIER}").strip()
    nodes = unit.sh("ls -d /dev/input/event* /dev/hidraw* /dev/usb/lp* /dev/fb0 /dev/vda").split()
    checks.holds(f"there are devices to try: {nodes}", holds=len(nodes) > 3)
    join = f"echo $$ >/sys/fs/cgroup/system.slice/{COURIER}.service/cgroup.procs"
    opened = unit.sh(f"sh -c '{join}; exec python3 - {' '.join(nodes)}' <<'END'\n{_TRY}END").split()
    checks.holds(f"the courier may open {opened}", holds=not opened)
    seen = unit.sh(f"ls /proc/{pid}/root/dev").split()
    strange = {"input", "usb", "fb0", "vda", "tty1", "returns"} & set(seen)
    checks.holds(f"its /dev shows {strange}", holds=not strange)
    within = f"nsenter -t {pid} -m -- runuser -u returns-courier --"
    for path in (f"{_DATA}/returns.db", "/etc/returns-terminal/terminal.toml"):
        said = unit.sh(f"{within} cat {path} >/dev/null && echo read", fails=True)
        checks.holds(f"it reads {path}", holds="read" not in said.split())
    checks.holds("it has its own keys", holds="courier.json" in unit.sh(f"{within} ls {_STATE}"))
    ours = unit.sh(f"systemctl show -p MainPID --value {UNIT}").strip()
    there = unit.sh(f"cat /proc/{ours}/net/dev").splitlines()[2:]
    checks.holds(
        f"the terminal has no network: {there}",
        holds=[one.split(":")[0].strip() for one in there] == ["lo"],
    )
    report = unit.sh(f"systemd-analyze security {COURIER} --no-pager")
    (unit.folder / "security.txt").write_text(report)
    score = float(re.findall(r"exposure level for \S+: ([0-9.]+)", report)[-1])
    checks.holds(f"exposure {score} is above {EXPOSED_MOST}", holds=score <= EXPOSED_MOST)
    return score


def _submit(unit: Unit, office: RealOffice) -> None:
    """The customer's phone reads the slip."""
    code = checks.code_of(unit.slips.save(unit.folder)[0])
    path = code.partition("://")[2].partition("/")[2]
    with _at_a_page() as customer:
        customer.sees(office.page + path, "49.35", "16.44", WALLET, CASH)
        customer.presses("核对无误，提交退货")


@contextmanager
def _at_a_page() -> Iterator[Person]:
    """Somebody with a browser; Missed where a page says something else."""
    try:
        with Person(ByHttp("zh-CN")) as person:
            yield person
    except Lost as fault:
        raise Missed(str(fault)) from fault


def _approve(office: RealOffice) -> None:
    with _at_a_page() as clerk:
        clerk.sees(f"{office.page}desk", "登录")
        page = clerk.presses("登录", name=CLERK, password=PASSWORD)
        checks.holds(f"the desk shows {NUMBER}: {page}", holds=NUMBER in page)
        clerk.follows(NUMBER)
        clerk.presses("同意退货")
    _until("the office has approved", lambda: _state(office) == "approved")


def _state(office: RealOffice) -> str:
    """Of the return, as the office has it; empty where it has none."""
    with closing(sqlite3.connect(f"file:{office.database}?mode=ro", uri=True)) as db:
        found = db.execute("SELECT state FROM returns WHERE number = ?", (NUMBER,)).fetchone()
    return str(found[0]) if found else ""


def _the_same_books(unit: Unit, office: RealOffice) -> int:
    """The unit's journal and the office's, record by record; how many."""
    kept = Path()

    def sent() -> bool:
        nonlocal kept
        kinds, kept = checks.books(unit)
        checks.recorded_once(kinds)
        with open_reader(kept) as reader:
            return reader.unsent_count() == 0

    _until("everything is sent", sent)
    with open_reader(kept) as reader:
        ours = [(row.seq, row.kind, bytes.fromhex(row.hash)) for row in reader.journal()]
        checks.holds("nothing is parked", holds=reader.parked_count() == 0)
    with closing(sqlite3.connect(f"file:{office.database}?mode=ro", uri=True)) as db:
        theirs = db.execute("SELECT seq, kind, hash FROM records ORDER BY seq").fetchall()
    checks.holds(f"{len(theirs)} records are there, {len(ours)} here", holds=theirs == ours)
    return len(ours)
