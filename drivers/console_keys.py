"""Bytes of a terminal -> key presses and scans: pure, for xterm, the Linux console and VT100.

A pasted text is a scan, line by line. `/` opens the typed code: what is typed up to Enter is a
scan, and nothing else is said meanwhile. Escape sequences are read whole; a lone Esc is one after
a silence.
"""

import codecs
import re
from collections.abc import Callable

from drivers.framing import Framer
from drivers.profile import Framing
from drivers.values import DeviceValue, Key, KeyPress, ScanFault

ESC_PATIENCE = 0.1  # s; a sequence arrives at once, a finger does not
_LONGEST_SEQUENCE = 32
_LONGEST_PASTE = 65536
_PASTE, _PASTE_END = b"\x1b[200~", b"\x1b[201~"

_SEQUENCE = re.compile(rb"\x1b(?:\[\[[A-E]|\[[0-9;?<=>]*[ -/]*[@-Z\\-~]|O[ -~])")
_UNFINISHED = re.compile(rb"\x1b(?:\[\[?[0-9;?<=>]*[ -/]*|O)?\Z")

_KEYS = {
    **dict.fromkeys((b"[A", b"OA"), Key.UP),
    **dict.fromkeys((b"[B", b"OB"), Key.DOWN),
    **dict.fromkeys((b"OP", b"[[A", b"[11~"), Key.F1),
    **dict.fromkeys((b"OQ", b"[[B", b"[12~"), Key.F2),
    **dict.fromkeys((b"OR", b"[[C", b"[13~"), Key.F3),
    **dict.fromkeys((b"OS", b"[[D", b"[14~"), Key.F4),
    **dict.fromkeys((b"[[E", b"[15~"), Key.F5),
    b"[17~": Key.F6,
    b"OM": Key.CONFIRM,  # the keypad's Enter in application mode
    b"[3~": Key.BACKSPACE,
}
_KEYPAD = {b"O" + bytes([0x70 + digit]): str(digit) for digit in range(10)} | {b"On": "."}

Typing = Callable[[str | None], None]


class ConsoleDecoder:
    """`on_typing` hears the code typed so far, and None when it is done or given up."""

    def __init__(self, device: str, framing: Framing, on_typing: Typing) -> None:
        self._device = device
        self._longest = framing.max_length
        self._framer = Framer(device, framing)
        self._on_typing = on_typing
        self._bytes = bytearray()
        self._utf8 = codecs.getincrementaldecoder("utf-8")("replace")
        self._typed: str | None = None
        self._pasting = False
        self._out: list[DeviceValue] = []

    @property
    def patience(self) -> float | None:
        return ESC_PATIENCE if self._bytes and not self._pasting else None

    def feed(self, data: bytes) -> list[DeviceValue]:
        self._bytes += data.replace(b"\r\n", b"\r")
        while self._bytes and self._step():
            pass
        return self._said()

    def pause(self) -> list[DeviceValue]:
        """Nothing came after an Esc: it was the key, and what follows was typed."""
        while self._bytes and not self._pasting:
            self._char(self._bytes.pop(0))
        return self._said()

    def _said(self) -> list[DeviceValue]:
        out, self._out = self._out, []
        return out

    def _step(self) -> bool:
        """Takes one thing off the front. False: it is not all there yet."""
        if self._pasting:
            return self._paste()
        if self._bytes[0] != 0x1B:
            self._char(self._bytes.pop(0))
            return True
        if whole := _SEQUENCE.match(self._bytes):
            sequence = bytes(whole.group())
            del self._bytes[: len(sequence)]
            self._sequence(sequence)
            return True
        if _UNFINISHED.match(self._bytes):
            if len(self._bytes) > _LONGEST_SEQUENCE:
                self._bytes.clear()
            return False
        self._char(self._bytes.pop(0))
        return True

    def _sequence(self, sequence: bytes) -> None:
        if sequence == _PASTE:
            self._pasting = True
        elif char := _KEYPAD.get(sequence[1:]):
            self._text(char)
        elif key := _KEYS.get(sequence[1:]):
            self._key(key)

    def _paste(self) -> bool:
        end = self._bytes.find(_PASTE_END)
        if end < 0:
            if len(self._bytes) > _LONGEST_PASTE:  # the end may be cut: keep its beginning
                del self._bytes[: -len(_PASTE_END)]
                self._out += self._framer.spoil(ScanFault.TOO_LONG)
            return False
        pasted = bytes(self._bytes[:end])
        del self._bytes[: end + len(_PASTE_END)]
        self._pasting = False
        if self._typed is not None and not self._framer.waiting:
            for byte in pasted:
                self._char(byte)
        else:
            lines = pasted.replace(b"\n", b"\r").split(b"\r")
            self._out += self._framer.feed(b"\r".join(line.strip(b" ") for line in lines) + b"\r")
        return True

    def _char(self, byte: int) -> None:
        if byte == 0x1B:
            self._key(Key.CANCEL)
        elif byte in b"\r\n":
            self._key(Key.CONFIRM)
        elif byte in b"\x7f\x08":
            self._key(Key.BACKSPACE)
        elif byte >= 0x20:
            for char in self._utf8.decode(bytes([byte])):
                self._text(char)

    def _text(self, char: str) -> None:
        if self._typed is not None:
            self._show_typed((self._typed + char)[: self._longest])
        elif char == "/":
            self._show_typed("")
        elif char.isascii():
            self._out.append(KeyPress(self._device, Key.CHARACTER, char))

    def _key(self, key: Key) -> None:
        typed = self._typed
        if typed is None:
            self._out.append(KeyPress(self._device, key))
        elif key is Key.CONFIRM:
            self._show_typed(None)
            self._out += self._framer.feed(typed.strip(" ").encode() + b"\r")
        elif key is Key.CANCEL or (key is Key.BACKSPACE and not typed):
            self._show_typed(None)
        elif key is Key.BACKSPACE:
            self._show_typed(typed[:-1])

    def _show_typed(self, typed: str | None) -> None:
        self._typed = typed
        self._on_typing(typed)
