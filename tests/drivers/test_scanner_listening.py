"""Bare listening, over each kind of fake scanner."""

from contextlib import closing
from pathlib import Path
from queue import SimpleQueue

from drivers.input_events import DOWN
from drivers.scanner_listening import Listened, listen
from drivers.scanner_verdict import Burst, Found, Missed, Source, Why, judge
from drivers.values import DeviceLost, DeviceReady
from tests.fakes.hid_pos_scanner import HidPosGun, reports
from tests.fakes.hid_scanner import HidGun
from tests.fakes.serial_scanner import ScannerGun

CODE = "QZ-04816253"


class Heard:
    def __init__(self) -> None:
        self.values: SimpleQueue[Listened] = SimpleQueue()

    def __call__(self, value: Listened) -> None:
        self.values.put(value)

    def ready(self) -> None:
        while not isinstance(self.values.get(timeout=5), DeviceReady):
            pass

    def verdict(self) -> Found | Missed | None:
        burst = self.values.get(timeout=5)
        assert isinstance(burst, Burst), burst
        return judge(CODE, burst)


def test_a_keyboard_scanner_is_heard_key_by_key_and_let_go(tmp_path: Path) -> None:
    gun, heard = HidGun(), Heard()
    source = Source("hid", str(tmp_path / "event7"))
    with closing(listen(source, heard, nodes=gun.open_nodes)):
        heard.ready()
        gun.scan(CODE)
        assert heard.verdict() == Found(source, ends="\r")
    gun.unplug()
    assert gun.node is not None
    assert gun.node.fileno() == -1  # closed: the grab is gone


def test_lost_keys_do_not_make_a_code(tmp_path: Path) -> None:
    gun, heard = HidGun(), Heard()
    with closing(listen(Source("hid", str(tmp_path / "event7")), heard, nodes=gun.open_nodes)):
        heard.ready()
        events = list(gun.typing.text(CODE[:6]))
        events += gun.typing.dropped()
        events += gun.typing.text(f"{CODE[6:]}\r")
        assert any(one.value == DOWN for one in events)
        gun.send(iter(events))
        verdict = heard.verdict()
        assert isinstance(verdict, Missed)
        assert verdict.why is Why.PARTIAL
    gun.unplug()


def test_a_serial_scanner_is_heard_byte_by_byte(tmp_path: Path) -> None:
    heard = Heard()
    source = Source("serial", str(tmp_path / "line"), baud=9600)
    gun = ScannerGun(Path(source.node), prefix="ab")
    with gun, closing(listen(source, heard)):
        heard.ready()
        gun.scan(CODE)
        assert heard.verdict() == Found(source, prefix="ab", ends="\r")


def test_a_hid_pos_scanner_is_heard_report_by_report(tmp_path: Path) -> None:
    gun, heard = HidPosGun(tmp_path / "hidraw0"), Heard()
    source = Source("hid-pos", str(tmp_path / "hidraw0"))
    with closing(listen(source, heard, hidraw=gun.open_hidraw)):
        heard.ready()
        gun.send(*reports(f"ab{CODE}", "]Q1"))
        assert heard.verdict() == Found(source, prefix="ab", aim="]Q1")
        gun.part(CODE)
        verdict = heard.verdict()
        assert isinstance(verdict, Missed)
        assert verdict.why is Why.PARTIAL
    gun.unplug()


def test_a_device_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    heard = Heard()
    with closing(listen(Source("serial", str(tmp_path / "none"), baud=9600), heard)):
        assert isinstance(heard.values.get(timeout=5), DeviceLost)
