"""The learn screen: which key of this keypad means what, asked key by key.

Law of the file: nothing is written before every key that a keypad needs is known. The keys learned
first work at once: cancel skips what this keypad does not have, the correcting key goes one back.
"""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from drivers.device import Post
from drivers.key_learner import KeyLearner
from drivers.values import DeviceLost, DeviceReady, DeviceValue
from terminal.facing import Display
from terminal.loop import Loop
from terminal.ui.screen import Fact, Facts, Headline, Key, Notice, Panel, Screen, Sentences, Tone
from terminal.ui.words import N_, Words

_NAMES = {
    "confirm": N_("Confirm"),
    "cancel": N_("Cancel"),
    "backspace": N_("Correct"),
    "up": "↑",
    "down": "↓",
}

Learned = int | DeviceLost | DeviceReady


class LearningKeypad(Protocol):
    """A keypad that can give the bare codes of its keys (drivers.keypad.Keypad)."""

    def start(self, post: Post) -> None: ...

    def learn(self, hear: Callable[[int], None] | None) -> None: ...

    def close(self) -> None: ...


def learn(keypad: LearningKeypad, display: Display, words: Words, path: Path) -> bool:
    """Ask for every key and write `path`. False when stopped before all needed keys were known.

    Raises OSError when the file cannot be written.
    """
    learning = Learning(display, words)
    loop: Loop[Learned] = Loop(learning.hear)
    learning.stop = loop.stop
    if threading.current_thread() is threading.main_thread():
        loop.stop_on_signals()

    def heard(value: DeviceValue) -> None:
        if isinstance(value, DeviceLost | DeviceReady):
            loop.mailbox.post(value)

    keypad.learn(loop.mailbox.post)
    keypad.start(heard)
    learning.show()
    try:
        loop.run()
    finally:
        keypad.close()
    if learning.learner.wanted is not None or learning.learner.missing:
        return False
    learning.learner.write(path)
    return True


class Learning:
    """What was pressed so far, and the screen that asks for the next key."""

    def __init__(self, display: Display, words: Words) -> None:
        self.learner = KeyLearner()
        self.stop: Callable[[], None] = _nothing
        self._display = display
        self._words = words
        self._notice = ""
        self._lost = False

    def hear(self, value: Learned) -> None:
        """A key's code, or the keypad going and coming back."""
        self._notice = ""
        match value:
            case DeviceLost():
                self._lost = True
            case DeviceReady():
                self._lost = False
            case int():
                self._pressed(value)
        self.show()
        if self.learner.wanted is None:
            self.stop()

    def show(self) -> None:
        self._display.show(self._screen())

    def _pressed(self, code: int) -> None:
        taken = self.learner.press(code)
        match taken:
            case None:
                return
            case "cancel":
                self.learner.skip()
            case "backspace":
                self.learner.back()
            case _:
                name = self._named(taken)
                self._notice = self._words(N_("This key is {name} already."), name=name)

    def _named(self, function: str) -> str:
        name = _NAMES.get(function, function.upper())
        return self._words(name)

    def _screen(self) -> Screen:
        words, wanted = self._words, self.learner.wanted
        known = "  ".join(self._named(one) for one in self.learner.learned)
        if wanted is None:
            ask = Headline(words(N_("All keys are learned")), Tone.GOOD)
        else:
            ask = Headline(words(N_("Press the key for: {name}"), name=self._named(wanted)))
        lost = (Notice(words(N_("Keypad unplugged: plug it in again.")), Tone.STOP),)
        said = (Notice(self._notice),) if self._notice else ()
        return Screen(
            title=words(N_("Learn the keypad")),
            blocks=(
                Panel((ask,), Tone.HERE),
                Sentences((words(N_("A key this keypad does not have: press Cancel.")),)),
                Facts((Fact(words(N_("Learned so far")), known),), stacked=True),
            ),
            keys=(
                Key(words(N_("Cancel")), words(N_("Not there"))),
                Key(words(N_("Correct")), words(N_("One back"))),
            ),
            notices=lost if self._lost else said,
        )


def _nothing() -> None:
    """Before the loop exists there is nothing to stop."""
