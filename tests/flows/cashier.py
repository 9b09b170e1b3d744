"""A cashier at a whole terminal: real flow, counter, performer, ledger and SQLite file.

Law of the file: a test reads like what a person does and sees. Only the printer may be a fake; its
paper is what was encoded for it. `power_cut` copies the files as a dead process leaves them.
"""

import shutil
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from drivers.values import Key, KeyPress, Scan
from printer.escpos import encode
from printer.slip import Slip
from storage.pins import HashCost
from storage.store import Store, open_store
from terminal.core import states
from terminal.core.health import Health, Link
from terminal.core.print_jobs import PrintJob
from terminal.core.returns import Return
from terminal.core.sale import Sale
from terminal.counter import Counter
from terminal.facing import Value
from terminal.ledger.ledger import Ledger
from terminal.ledger.stored import stored_sale
from terminal.paper import slips
from terminal.performer import Performer
from terminal.settings import load_settings
from terminal.settings.values import Settings
from terminal.slip_code import codes_of
from terminal.ui import text
from terminal.ui.screen import Qr, Screen
from terminal.ui.words import Words
from terminal.views import view_of
from tests.fakes.glass import Glass
from tests.fakes.moments import SetMoments
from tests.fakes.printing import FakePrinting
from tests.fakes.shop_line import ShopLine
from tests.flows.said import values, words_of

CONFIG = Path(__file__).parents[2] / "config"
CHEAP = HashCost(memory_kib=8, passes=1)
PEOPLE = (
    ("1007", "王芳", "cashier", "1234", "B1007"),
    ("1008", "张敏", "cashier", "5678", None),
    ("2001", "李店长", "manager", "4321", "BOSS"),
    ("2002", "赵值班", "shift_leader", "8765", None),
    ("3001", "周培训", "trainer", "6173", None),
    ("9001", "孙工", "engineer", "3908", None),
)
_NAMED = {"↑": Key.UP, "↓": Key.DOWN, "⏎": Key.CONFIRM, "✗": Key.CANCEL, "⌫": Key.BACKSPACE}


@lru_cache(maxsize=32)
def _settings(overrides: tuple[tuple[str, object], ...]) -> Settings:
    wanted = {key: list(one) if isinstance(one, tuple) else one for key, one in overrides}
    return load_settings(CONFIG, {"printer.link": "file", "printer.path": "/dev/null"} | wanted)


class Till:
    """One unit. `settings` are dotted keys as in config/*.toml; `printing` may outlive it."""

    def __init__(
        self, folder: Path, sales: Iterable[Sale] = (), language: str = "zh_CN", **settings: object
    ) -> None:
        self.folder = folder / "unit"
        self.folder.mkdir()
        wanted = {name.replace("__", "."): value for name, value in settings.items()}
        self.settings = _settings(tuple({"terminal.language": language, **wanted}.items()))
        self.printing = FakePrinting()
        self.shop = ShopLine()
        self.slips: list[tuple[PrintJob, Slip]] = []
        self.power_cuts = 0
        self.encodes = True  # False: slips stay values, where a test has thousands of them
        with open_store(self.folder / "returns.db", cost=CHEAP) as store:
            store.add_sales([stored_sale(one) for one in sales])
            for person in PEOPLE:
                store.staff.add(*person)
        self._plug_in()

    def _plug_in(self) -> None:
        self.glass = Glass()
        self.store: Store = open_store(self.folder / "returns.db", cost=CHEAP)
        words = Words(self.settings.language)
        data, training = self.folder, self.settings.training
        self._codes = codes_of(data, self.settings.slip_url, training=training)
        prefix = f"R-{self.settings.business_unit}-{self.settings.workstation}-"
        before = getattr(self, "moments", None)
        self.moments = SetMoments(prefix, self._next_sequence)
        if before is not None:
            self.moments.at, self.moments.given = before.at, before.given
        self.counter = Counter(
            *self._opened(),
            self.moments,
            self.settings.patterns,
            replace(
                view_of(self.settings, words, self._codes),
                clock="14:05",
                health=Health(scanner=Link.GOOD, keypad=Link.GOOD),
            ),
            self.glass,
            self._reopen,
            codes=self._codes,
        )
        self.counter.start()
        self.let_the_printer_answer()

    def _opened(self) -> tuple[Ledger, Performer]:
        ledger = Ledger(self.store, self.settings.rules)
        performer = Performer(
            ledger,
            self.store.staff,
            self.settings.rules,
            self.printing,
            self._press,
            lambda job, slip: self.slips.append((job, slip)),
            self.shop,
        )
        return ledger, performer

    def _next_sequence(self) -> int:
        return self.store.next_return_sequence()

    def _press(self, job: PrintJob, ret: Return | None) -> tuple[Slip, bytes]:
        slip = slips.build(job, ret, self.settings, Words(self.settings.language), self._codes)
        return slip, encode(slip, self.settings.printer.model) if self.encodes else b""

    def _reopen(self) -> tuple[Ledger, Performer]:
        self.store.close()
        self.store = open_store(self.folder / "returns.db", cost=CHEAP)
        return self._opened()

    # What happens to the unit.

    def power_cut(self) -> None:
        """The process is gone between two instructions; the files are as the disk has them."""
        self.power_cuts += 1
        after = self.folder.with_name(f"unit{self.power_cuts}")
        after.mkdir()
        for file in self.folder.iterdir():
            if not file.name.endswith("-shm"):
                shutil.copy(file, after / file.name)
        self.printing.power_cut()
        self.store.close()
        self.folder = after
        self._plug_in()

    def new_rules(self, version: str, *, without: str) -> None:
        """The shop's policy was changed: another version, one reason gone. Held from now on."""
        rules = self.settings.rules
        self.settings = replace(
            self.settings,
            rules=replace(
                rules,
                policy=replace(rules.policy, version=version),
                reasons=tuple(one for one in rules.reasons if one.code != without),
            ),
        )

    def under(self, **policy: object) -> None:
        """From the next start on, which is now, this part of the shop's policy is another."""
        rules = self.settings.rules
        rules = replace(rules, policy=replace(rules.policy, **policy))
        self.settings = replace(self.settings, rules=rules)
        self.power_cut()

    def switch_off(self) -> None:
        self.store.close()

    def device(self, value: Value) -> None:
        self.counter.handle(value)

    def let_the_printer_answer(self) -> None:
        while self.printing.mail:
            self.counter.handle(self.printing.mail.popleft())

    # What the cashier does.

    def presses(self, *keys: Key, printer: bool = True) -> None:
        """Keys one after the other; with `printer` False its answers wait in `printing.mail`."""
        for key in keys:
            self.counter.handle(KeyPress("keypad", key))
            if printer:
                self.let_the_printer_answer()

    def types(self, typed: str) -> None:
        """Characters, and ↑ ↓ ⏎ ✗ ⌫ for the keys of that name."""
        for char in typed:
            if char in _NAMED:
                self.presses(_NAMED[char])
            else:
                self.counter.handle(KeyPress("keypad", Key.CHARACTER, char))
                self.let_the_printer_answer()

    def scans(self, code: str, aim: str = "") -> None:
        self.counter.handle(Scan("scanner", code, aim))
        self.let_the_printer_answer()

    def confirms(self, times: int = 1) -> None:
        self.presses(*[Key.CONFIRM] * times)

    def cancels(self, times: int = 1) -> None:
        self.presses(*[Key.CANCEL] * times)

    def signs_on(self, number: str = "1007", pin: str = "1234") -> None:
        self.types(f"{number}⏎{pin}⏎")
        assert isinstance(self.state, states.Ready), self.says

    def returns_all(self, receipt: str, reason: str = "质量问题") -> None:
        """From ready to the amounts: all of a receipt, for a reason that needs nobody else."""
        self.scans(receipt)
        self.presses(Key.F1, Key.CONFIRM)
        self.picks(reason)
        self.picks("未拆封")

    def picks(self, label: str) -> None:
        """The digit that stands before this option, or the arrows where there is none."""
        place, key = next((at, one.key) for at, one in enumerate(self.choice) if one.label == label)
        self.types(key or "↑" * 30 + "↓" * place + "⏎")

    # What the cashier sees.

    @property
    def state(self) -> states.State:
        return self.counter.state

    @property
    def screen(self) -> Screen:
        return self.glass.shown[-1]

    @property
    def says(self) -> str:
        """Every word on the screen."""
        return "\n".join(words_of(self.screen))

    @property
    def choice(self) -> Any:
        return self.screen.blocks[0].options  # type: ignore[union-attr]  # a screen of choices

    @property
    def notices(self) -> str:
        return "\n".join(one.text for one in self.screen.notices)

    @property
    def qr(self) -> str:
        return next(one for one in values(self.screen) if isinstance(one, Qr)).payload

    def picture(self) -> str:
        return "\n".join(line.rstrip() for line in text.lines(self.screen, 100, 30, qr=False))

    def sees(self, *words: str) -> None:
        for one in words:
            assert one in self.says, f"{one!r} is not on the screen:\n{self.picture()}"

    def is_told(self, *words: str) -> None:
        for one in words:
            assert one in self.notices, f"{one!r} is not among the notices: {self.notices!r}"

    def sees_not(self, *words: str) -> None:
        for one in words:
            assert one not in self.says, f"{one!r} is on the screen:\n{self.picture()}"

    def is_at(self, state: type[states.State]) -> None:
        assert isinstance(self.state, state), f"{type(self.state).__name__}\n{self.picture()}"

    # What is kept, and what is on paper.

    @property
    def journal(self) -> list[str]:
        return [row.kind for row in self.store.journal()]

    @property
    def papers(self) -> list[str]:
        """Each slip that was sent, as its words."""
        return ["\n".join(words_of(slip)) for _, slip in self.slips]

    @property
    def paper(self) -> str:
        return self.papers[-1]

    @property
    def returns(self) -> list[Return]:
        """Every return on file, by its number."""
        ledger = Ledger(self.store, self.settings.rules)
        count = self.store.next_return_sequence()
        prefix = f"R-{self.settings.business_unit}-{self.settings.workstation}-"
        found = (ledger.find_return(f"{prefix}{at:06d}") for at in range(1, count))
        return [one for one in found if one is not None]

    def raw_bytes(self) -> bytes:
        """Everything in the unit's folder but the key of the PINs."""
        files = (one for one in self.folder.iterdir() if one.suffix != ".pepper")
        return b"".join(one.read_bytes() for one in sorted(files))
