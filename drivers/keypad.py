"""The cashier's keypad, by its key map file."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from drivers.input_events import (
    DOWN,
    EV_KEY,
    EV_SYN,
    REPEAT,
    SYN_DROPPED,
    SYN_REPORT,
    InputEvent,
)
from drivers.input_link import InputLink
from drivers.input_nodes import DEV, Node, NodeMatch, open_nodes
from drivers.key_map import KeyMap
from drivers.tending import Tended
from drivers.values import Key, KeyPress

_REPEATING = frozenset({Key.BACKSPACE, Key.UP, Key.DOWN})

Raw = Callable[[int], None]


class KeypadDecoder:
    """Key events -> key presses: pure. Held keys repeat only where that does no harm.

    While `raw` is set, it hears the code of each key that goes down and no key press is posted.
    """

    patience = None  # silence means nothing on a keypad

    def __init__(self, device: str, key_map: KeyMap, raw: Callable[[], Raw | None]) -> None:
        self._device = device
        self._functions = key_map.functions
        self._raw = raw
        self._dropping = False

    def feed(self, events: Iterable[InputEvent]) -> list[KeyPress]:
        out: list[KeyPress] = []
        for event in events:
            if event.type == EV_SYN and event.code == SYN_DROPPED:
                self._dropping = True
            elif self._dropping:  # the rest of a report that is not whole
                self._dropping = not (event.type == EV_SYN and event.code == SYN_REPORT)
            elif event.type == EV_KEY and event.value in {DOWN, REPEAT}:
                out += self._key(event.code, repeated=event.value == REPEAT)
        return out

    def pause(self) -> list[KeyPress]:
        return []

    def _key(self, code: int, *, repeated: bool) -> list[KeyPress]:
        if (raw := self._raw()) is not None:
            if not repeated:
                raw(code)
            return []
        function = self._functions.get(code)
        if function is None or (repeated and function.key not in _REPEATING):
            return []
        return [KeyPress(self._device, function.key, function.char)]


class Keypad(Tended):
    """An InputDevice. Grabbed, or its keys would reach the console (and Ctrl-Alt-Del the
    system).
    """

    def __init__(
        self,
        name: str,
        match: NodeMatch,
        key_map: KeyMap,
        *,
        open_with: Callable[[NodeMatch], Sequence[Node]] = open_nodes,
    ) -> None:
        self._raw: Raw | None = None

        def connect() -> InputLink:
            return InputLink(
                open_with(match), lambda _: KeypadDecoder(name, key_map, lambda: self._raw)
            )

        super().__init__(name, connect, Path(match.path) if match.path else DEV / "event")

    def learn(self, hear: Raw | None) -> None:
        """From now on `hear` gets raw key codes, on the device's thread, and no key press is
        posted; None ends it.
        """
        self._raw = hear
