"""A terminal as keypad, scanner and text screen in one: for SSH, a serial console, a developer.

The terminal is put into raw mode and put back however the process ends. Ctrl-C still interrupts.
"""

import errno
import os
import termios
from collections.abc import Callable, Sequence

from drivers.console_keys import ConsoleDecoder, Typing
from drivers.device import Post
from drivers.profile import Framing
from drivers.tending import GONE, Tended
from drivers.text_screen import ENTER, LEAVE, TextScreen, write_all
from drivers.undo import undo_at_exit
from drivers.values import DeviceLost, DeviceValue

_CHUNK = 4096


class Console:
    """An InputDevice with a screen. The file numbers stay the caller's; they need not be a tty.

    `on_typing` hears the code being typed after `/` (None: no more) on the device's thread. Once
    the terminal has hung up it does not come back: DeviceLost is said once.
    """

    def __init__(
        self,
        name: str = "console",
        *,
        stdin: int = 0,
        stdout: int = 1,
        framing: Framing | None = None,
        on_typing: Typing = lambda _: None,
    ) -> None:
        self._fds = (stdin, stdout)
        rule = framing or Framing()
        self._link = _Link(stdin, ConsoleDecoder(name, rule, on_typing))
        self._tended = Tended(name, self._link.once, None)
        self._screen = TextScreen(stdout)
        self._put_back: Callable[[], None] = _nothing
        self._post: Post | None = None

    @property
    def name(self) -> str:
        return self._tended.name

    def start(self, post: Post) -> None:
        """Call it on the main thread: only there can signals be heard."""
        self._post = post
        # First how to put it back, then take it: a signal may come in between.
        self._put_back = undo_at_exit(_way_back(*self._fds))
        _take(*self._fds)
        self.repaint()  # taking it cleared it, and something may have been shown before
        self._tended.start(post)

    def close(self) -> None:
        self._tended.close()
        self._put_back()

    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        return self._screen.size()

    def show(self, lines: Sequence[str]) -> int:
        """Shows these lines from the top; returns how many were written. Never raises OSError."""
        try:
            return self._screen.show(lines)
        except OSError as fault:
            if self._post is not None and not self._link.gone:
                self._link.gone = True
                self._post(DeviceLost(self.name, str(fault)))
            return 0

    def repaint(self) -> None:
        """The next show writes every line."""
        self._screen.forget()


class _Link:
    """The terminal's input. There is only one, and it opens once."""

    detail = "terminal"
    nodes: tuple[str, ...] = ()  # it was given, not opened

    def __init__(self, fd: int, decoder: ConsoleDecoder) -> None:
        self._fd = fd
        self._decoder = decoder
        self.gone = False

    def once(self) -> "_Link":
        if self.gone:
            raise OSError(errno.ENODEV, "the terminal hung up")
        return self

    @property
    def patience(self) -> float | None:
        return self._decoder.patience

    def fileno(self) -> int:
        return self._fd

    def read(self) -> Sequence[DeviceValue]:
        data = os.read(self._fd, _CHUNK)
        if not data:
            raise OSError(errno.EIO, "the terminal hung up")
        return self._decoder.feed(data)

    def pause(self) -> Sequence[DeviceValue]:
        return self._decoder.pause()

    def close(self) -> None:
        self.gone = True  # the number is the caller's to close


def _way_back(stdin: int, stdout: int) -> Callable[[], None]:
    """What puts the terminal back into the mode it is in now."""
    try:
        before = termios.tcgetattr(stdin)
    except termios.error:
        return _nothing  # a pipe or a file: nothing to set, nothing to put back

    def put_back() -> None:
        try:
            if os.isatty(stdout):
                write_all(stdout, LEAVE)
            termios.tcsetattr(stdin, termios.TCSADRAIN, before)
        except GONE:
            return  # it hung up: there is nothing left to put back

    return put_back


def _take(stdin: int, stdout: int) -> None:
    """Raw mode and a screen of our own."""
    try:
        raw = termios.tcgetattr(stdin)
    except termios.error:
        return
    raw[0] &= ~(termios.ICRNL | termios.INLCR | termios.IXON | termios.ISTRIP)
    raw[3] &= ~(termios.ICANON | termios.ECHO | termios.IEXTEN)
    raw[6][termios.VMIN], raw[6][termios.VTIME] = 1, 0
    # a stopped or dumped process would leave the terminal raw; Ctrl-C ends it properly
    raw[6][termios.VSUSP] = raw[6][termios.VQUIT] = b"\0"
    termios.tcsetattr(stdin, termios.TCSADRAIN, raw)
    if os.isatty(stdout):
        write_all(stdout, ENTER)


def _nothing() -> None:
    """Where there is nothing to put back."""
