"""The learn screen of the scanner: a code nobody else knows, and the device that it arrives from.

Law of the file: only the whole code of this search makes a device the scanner; the cashier's keys
go nowhere meanwhile, and Cancel ends it.
"""

import secrets
import threading
import time
from collections.abc import Callable, Collection

from drivers.device import InputDevice
from drivers.key_names import KEY_CODES
from drivers.scanner_listening import Listened
from drivers.scanner_verdict import CODE_HEAD, Burst, Found, judge
from drivers.values import DeviceLost, DeviceReady, DeviceValue, Key, KeyPress
from terminal.facing import Display
from terminal.learn import scanner_words
from terminal.learn.ears import Ears, Post
from terminal.loop import Loop
from terminal.ui import screen as shown
from terminal.ui.screen import Fact, Facts, Headline, Notice, Panel, Qr, Screen, Sentences, Tone
from terminal.ui.words import N_, Words

LOOK_SECONDS = 2.0  # from one look for new devices to the next
LINGER_SECONDS = 6.0  # the outcome stays on the unit's screen
_INTERRUPT = ({KEY_CODES["KEY_LEFTCTRL"], KEY_CODES["KEY_RIGHTCTRL"]}, KEY_CODES["KEY_C"])
_ESC = KEY_CODES["KEY_ESC"]


def fresh_code() -> str:
    """Letters that lie elsewhere on other keyboards, and digits that nobody guesses."""
    return f"{CODE_HEAD}{secrets.randbelow(10**8):08d}"


def find_scanner(
    learning: "ScannerLearning", ears: Ears, console: InputDevice | None, *, linger: float
) -> Found | None:
    """Listen until the code has come, time is up or Cancel is pressed. Devices are let go.

    `linger` is how long the outcome stays on the screen, in seconds.
    """
    loop: Loop[Listened | KeyPress] = Loop(learning.hear)
    learning.listen(ears, loop.mailbox.post, loop.stop)
    if threading.current_thread() is threading.main_thread():
        loop.stop_on_signals()

    def typed(value: DeviceValue) -> None:
        if isinstance(value, KeyPress):
            loop.mailbox.post(value)

    def look() -> float | None:
        ears.look(loop.mailbox.post)
        return time.monotonic() + LOOK_SECONDS

    def clock() -> float | None:
        return learning.clock(linger)

    loop.at("look", time.monotonic(), look)
    loop.at("clock", time.monotonic(), clock)
    try:
        if console is not None:
            console.start(typed)
        learning.show()
        loop.run()
    finally:
        ears.close()
        if console is not None:
            console.close()
    return learning.found


class ScannerLearning:
    """What came so far, and the screen that says so. `cancel` are key codes that end it."""

    def __init__(
        self,
        display: Display,
        words: Words,
        *,
        seconds: float,
        cancel: Collection[int] = (),
        code: str = "",
    ) -> None:
        self.code = code or fresh_code()
        self.found: Found | None = None
        self.over = False  # time is up
        self.unopened: dict[str, str] = {}
        self._listened: set[str] = set()
        self._display = display
        self._words = words
        self._seconds = seconds
        self._cancel = {_ESC, *cancel}
        self._due = time.monotonic() + seconds
        self._notice = ""
        self._stop: Callable[[], None]
        self._ears: Ears
        self._post: Post

    def listen(self, ears: Ears, post: Post, stop: Callable[[], None]) -> None:
        self._ears, self._post, self._stop = ears, post, stop

    def clock(self, linger: float) -> float | None:
        """Time passes; when to look at the clock again."""
        if self._done and time.monotonic() >= self._due:
            self._stop()
        elif not self._done and time.monotonic() >= self._due:
            self.over = True
            self._due = time.monotonic() + linger
            self.show()
        elif self.found is not None:
            self._due = min(self._due, time.monotonic() + linger)
        return min(self._due, time.monotonic() + 0.5)

    def hear(self, value: Listened | KeyPress) -> None:
        """Something of a candidate, or a key of the console."""
        match value:
            case DeviceLost():
                self._listened.discard(value.device)
                self.unopened[value.device] = value.detail
            case DeviceReady():
                self._listened.add(value.device)
                self.unopened.pop(value.device, None)
            case KeyPress():
                if value.key is Key.CANCEL:
                    self._stop()
            case Burst():
                self._burst(value)
        self.show()

    def show(self) -> None:
        self._display.show(self.screen())

    @property
    def _done(self) -> bool:
        return self.over or self.found is not None

    def _burst(self, burst: Burst) -> None:
        if self._cancels(burst.keys):
            self._stop()
            return
        verdict = None if self._done else judge(self.code, burst)
        if verdict is None:
            return
        if isinstance(verdict, Found):
            self.found = verdict
            return
        self._due = time.monotonic() + self._seconds  # somebody is at it
        speed = None
        if verdict.why in scanner_words.OF_THE_SPEED:
            speed = self._ears.next_speed(burst.source, self._post)
        self._notice = scanner_words.missed(self._words, verdict, speed)

    def _cancels(self, keys: tuple[int, ...]) -> bool:
        """One key alone; Ctrl-C too, for the keyboard it is pressed on may be grabbed by us."""
        if len(keys) == 2:
            return keys[0] in _INTERRUPT[0] and keys[1] == _INTERRUPT[1]
        return len(keys) == 1 and keys[0] in self._cancel

    def screen(self) -> Screen:
        words = self._words
        blocks = self._asking()
        if self.found is not None:
            blocks = self._outcome(self.found)
        elif self.over:
            head = Headline(words(N_("No code came")), Tone.STOP)
            checks = tuple(words(one) for one in scanner_words.CHECKS)
            blocks = (Panel((head,), Tone.STOP), Sentences(checks, numbered=True))
        return Screen(
            title=words(N_("Find the scanner")),
            blocks=blocks,
            keys=(shown.Key(words(N_("Cancel")), words(N_("Stop"))),),
            notices=(Notice(self._notice),) if self._notice and not self._done else (),
        )

    def _asking(self) -> tuple[shown.Block, ...]:
        words = self._words
        counts = [Fact(words(N_("Devices listened to")), str(len(self._listened)))]
        if self.unopened:
            counts.append(Fact(words(N_("Not to be opened")), str(len(self.unopened))))
        asked = (
            Panel((Headline(words(N_("Scan this code now"))),), Tone.HERE),
            Facts((Fact(words(N_("Code")), self.code, large=True), *counts), stacked=True),
        )
        return (shown.Side((Qr(self.code),), asked, 45),)

    def _outcome(self, found: Found) -> tuple[shown.Block, ...]:
        words = self._words
        rows = tuple(Fact(*pair) for pair in scanner_words.facts(words, found))
        head = Panel((Headline(words(N_("This is the scanner")), Tone.GOOD),), Tone.GOOD)
        return (
            head,
            Facts(rows),
            Sentences((words(N_("At the shell: what to put down for it.")),)),
        )
