"""Key events of a wedge scanner -> bytes -> codes: pure, by the scanner's own layout.

Raw key codes only; our own Shift, kept right after lost events by asking the kernel. Time is the
kernel's stamp, so no delay of ours looks like a pause. When the kernel dropped events, what
remains is the tail of a code: it is swallowed up to its end and the cashier is asked to scan
again.
"""

from collections.abc import Callable, Collection, Iterable

from drivers.framing import Collector, Decoded, Framer
from drivers.input_events import DOWN, EV_KEY, EV_SYN, REPEAT, SYN_DROPPED, SYN_REPORT, InputEvent
from drivers.key_names import KEY_CODES, key_code
from drivers.layouts import KEYPAD_DIGITS, LAYOUTS
from drivers.profile import ScannerProfile
from drivers.values import ScanFault

_SHIFT = {KEY_CODES["KEY_LEFTSHIFT"], KEY_CODES["KEY_RIGHTSHIFT"]}
_CTRL = {KEY_CODES["KEY_LEFTCTRL"], KEY_CODES["KEY_RIGHTCTRL"]}
_ALT = {KEY_CODES["KEY_LEFTALT"]}
_ALTGR = {KEY_CODES["KEY_RIGHTALT"]}
_MODIFIERS = _SHIFT | _CTRL | _ALT | _ALTGR
_CAPS = KEY_CODES["KEY_CAPSLOCK"]
_LOCKS = {_CAPS, KEY_CODES["KEY_NUMLOCK"], KEY_CODES["KEY_SCROLLLOCK"]}
_ENTER = {KEY_CODES["KEY_ENTER"], KEY_CODES["KEY_KPENTER"]}
_TAB = KEY_CODES["KEY_TAB"]
_BUTTONS = range(0x100, 0x160)  # a scanner that calls itself a mouse as well
_CONTROL = {26: 0x1B, 43: 0x1C, 27: 0x1D, 7: 0x1E, 12: 0x1F}  # Ctrl with [ \ ] 6 - by place
_LONGEST_ALT_CODE = 7


class WedgeDecoder:
    """`held` asks the kernel which keys are down now (EVIOCGKEY); it may raise OSError.

    `framer` takes the typed bytes in place of a Framer by the profile.
    """

    def __init__(
        self,
        device: str,
        profile: ScannerProfile,
        held: Callable[[], Collection[int]],
        framer: Collector | None = None,
    ) -> None:
        self._framer = framer or Framer(device, profile.framing)
        self._profile = profile
        self._caps_of = LAYOUTS[profile.layout]
        self._gs_keys = {key_code(name) for name in profile.gs_keys}
        self._enter = b"\r" if "\r" in profile.framing.terminators else b"\n"
        self._gap = round(profile.framing.gap * 1_000_000)
        self._ask_held = held
        self._held = _MODIFIERS & set(held())
        self._caps = False
        self._alt_code = ""
        self._last = 0
        self._dropping = False
        self._out: list[Decoded] = []

    @property
    def patience(self) -> float | None:
        return self._profile.framing.gap if self._framer.waiting else None

    def feed(self, events: Iterable[InputEvent]) -> list[Decoded]:
        lost = self._dropping
        for event in events:
            if event.type == EV_SYN and event.code == SYN_DROPPED:
                self._dropping = lost = True
                self._out += self._framer.spoil(ScanFault.OVERRUN)
                self._last = event.time
            elif self._dropping:  # what is left of a report that is not whole
                self._dropping = not (event.type == EV_SYN and event.code == SYN_REPORT)
            elif event.type == EV_KEY and event.value != REPEAT:
                self._key(event)
        if lost and not self._dropping:
            # Last, for asking empties the kernel's queue: events read before are older than the
            # answer, and a Shift of theirs would stick.
            self._held = _MODIFIERS & set(self._ask_held())
            self._alt_code = ""
        return self._said()

    def pause(self) -> list[Decoded]:
        self._out += self._framer.pause()
        return self._said()

    def _said(self) -> list[Decoded]:
        out, self._out = self._out, []
        return out

    def _key(self, event: InputEvent) -> None:
        if self._framer.waiting and event.time - self._last >= self._gap:
            self._out += self._framer.pause()
        self._last = event.time
        code, down = event.code, event.value == DOWN
        if code in _MODIFIERS:
            (self._held.add if down else self._held.discard)(code)
            if code in _ALT and not down:
                self._end_alt_code()
        elif down and code in _LOCKS:
            self._caps ^= code == _CAPS
        elif down and code not in _BUTTONS:
            typed = self._typed(code)
            if typed is None:
                self._out += self._framer.spoil(ScanFault.UNREADABLE)
            else:
                self._out += self._framer.feed(typed)

    def _typed(self, code: int) -> bytes | None:
        """The bytes this key means now; None for a key no code is typed with."""
        if code in self._gs_keys:
            return b"\x1d"
        if self._held & _ALT:
            return self._alt_digit(code)
        if self._held & _CTRL:
            return self._control(code)
        if code in _ENTER:
            return self._enter
        if code == _TAB:
            return b"\t"
        return self._character(code)

    def _character(self, code: int) -> bytes | None:
        cap = self._caps_of.get(code)
        if cap is None:
            return None
        if self._held & _ALTGR:
            return cap.altgr.encode() or None
        shifted = bool(self._held & _SHIFT)
        if self._profile.caps_lock and self._caps and cap.plain.isalpha() and cap.shift.isalpha():
            shifted = not shifted  # letters only: Caps Lock leaves digits alone
        return (cap.shift if shifted else cap.plain).encode()

    def _control(self, code: int) -> bytes | None:
        cap = self._caps_of.get(code)
        if cap is not None and cap.plain.isascii() and cap.plain.isalpha():
            return bytes([ord(cap.plain.upper()) & 0x1F])
        return bytes([_CONTROL[code]]) if code in _CONTROL else None

    def _alt_digit(self, code: int) -> bytes | None:
        digit = KEYPAD_DIGITS.get(code)
        if not self._profile.alt_codes or digit is None:
            return None
        self._alt_code += digit
        return b""

    def _end_alt_code(self) -> None:
        digits, self._alt_code = self._alt_code, ""
        if digits:
            char = _alt_char(digits)
            self._out += (
                self._framer.feed(char.encode())
                if char
                else self._framer.spoil(ScanFault.UNREADABLE)
            )


def _alt_char(digits: str) -> str:
    """Alt + 0nnn is Windows-1252, Alt + nnn below 256 is code page 437, above it is Unicode."""
    number = int(digits) if len(digits) <= _LONGEST_ALT_CODE else -1
    if 0 <= number < 0x80:
        return chr(number)
    if 0x80 <= number < 0x100:
        page = "cp1252" if digits.startswith("0") else "cp437"
        return bytes([number]).decode(page, "ignore")
    if 0x100 <= number < 0xD800 or 0xE000 <= number <= 0x10FFFF:
        return chr(number)
    return ""
