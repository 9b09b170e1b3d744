"""Lines of text on a terminal: only the lines that changed are written again.

The terminal's own history is left alone (alternate screen). Lines are text, not commands: of
control characters only colour sequences pass, and each line ends in plain.
"""

import os
import re
import select
from collections.abc import Sequence

ENTER = b"\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[2J"  # own screen, no cursor, pastes are marked
LEAVE = b"\x1b[0m\x1b[?2004l\x1b[?25h\x1b[?1049l"
_DEFAULT_SIZE = (80, 24)
_UNSAFE = re.compile(r"(\x1b\[[0-9;]*m)|[\x00-\x1f\x7f-\x9f]")


class TextScreen:
    """Writes to the file number `fd`, which stays the caller's. OSError when it is gone."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._shown: list[str] = []
        self._size = (0, 0)

    def size(self) -> tuple[int, int]:
        """Columns and rows; 80 x 24 where nobody knows."""
        try:
            size = os.get_terminal_size(self._fd)
        except OSError:
            return _DEFAULT_SIZE
        return (size.columns, size.lines) if size.columns and size.lines else _DEFAULT_SIZE

    def show(self, lines: Sequence[str]) -> int:
        """Makes these the lines shown, from the top; returns how many had to be written."""
        size = self.size()
        out: list[str] = []
        if size != self._size:
            self._size, self._shown = size, []
            out.append("\x1b[2J")
        wanted = [_UNSAFE.sub(r"\1", line) for line in lines[: size[1]]]
        blank = [""] * (len(self._shown) - len(wanted))
        before = self._shown + [""] * len(wanted)
        changed = [(row, line) for row, line in enumerate(wanted + blank) if line != before[row]]
        out += [f"\x1b[{row + 1};1H{line}\x1b[0m\x1b[K" for row, line in changed]
        self._shown = wanted
        try:
            write_all(self._fd, "".join(out).encode("utf-8", "replace"))
        except OSError:
            self.forget()
            raise
        return len(changed)

    def forget(self) -> None:
        """Somebody else wrote on the terminal: the next show writes everything."""
        self._size = (0, 0)


def write_all(fd: int, data: bytes) -> None:
    while data:
        try:
            data = data[os.write(fd, data) :]
        except BlockingIOError:  # somebody made the terminal non-blocking
            select.select([], [fd], [], 1.0)
