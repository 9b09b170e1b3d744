"""The log: lines that journald sorts by weight, without a card number in any of them.

Law of the file: PINs, badges and short codes never come near a log call; card numbers come from
outside, in scanned and typed text, so here is a second net for them. A thread that dies takes the
process with it: systemd starts it again in the committed state.
"""

import logging
import os
import re
import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import TextIO

from terminal.cards import luhn

_WEIGHTS = {
    logging.CRITICAL: 2,
    logging.ERROR: 3,
    logging.WARNING: 4,
    logging.INFO: 6,
    logging.DEBUG: 7,
}
_CARD = re.compile(r"(?<!\d)\d(?:[ -]?\d){11,18}(?!\d)")  # 12 to 19 digits, in groups or not
_BIN, _TAIL = 6, 4  # what may be shown of a card number
CRASHED = 70  # exit code; EX_SOFTWARE of sysexits.h


def without_cards(text: str) -> str:
    """The text with the middle of every card number (Luhn holds) put out of sight."""
    return _CARD.sub(lambda found: _masked(found[0]), text)


def _masked(text: str) -> str:
    digits = re.sub(r"\D", "", text)
    if not luhn(digits):
        return text
    return f"{digits[:_BIN]}{'*' * (len(digits) - _BIN - _TAIL)}{digits[-_TAIL:]}"


class JournalFormatter(logging.Formatter):
    """`<4>terminal: words`: the weight as sd-daemon(3) reads it, on every line of a traceback too.

    journald keeps the time itself; elsewhere it stands at the beginning of the line.
    """

    def __init__(self, *, journal: bool) -> None:
        super().__init__(
            "%(name)s: %(message)s" if journal else "%(asctime)s %(name)s: %(message)s"
        )
        self._journal = journal

    def format(self, record: logging.LogRecord) -> str:
        text = without_cards(super().format(record))
        if not self._journal:
            return text
        weight = _WEIGHTS.get(record.levelno, 6)
        return "\n".join(f"<{weight}>{line}" for line in text.splitlines())


def set_up_logging(
    level: int = logging.INFO, stream: TextIO | None = None, *, journal: bool | None = None
) -> None:
    """One handler on the root logger; a second call replaces it. `journal` None: look whether
    systemd listens. Uncaught exceptions of any thread are logged, and end the process with 70.
    """
    if journal is None:
        journal = "JOURNAL_STREAM" in os.environ
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JournalFormatter(journal=journal))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("PIL").setLevel(logging.WARNING)  # tells of every chunk of every picture
    sys.excepthook = _crashed
    on_thread_death(_exit)


def _crashed(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
    """Told line by line; without the message's values if they are our own assertion's."""
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("terminal").critical("stopped by our own mistake\n%s", _told(error, where))


def _told(error: BaseException, where: TracebackType | None) -> str:
    """Where it happened and what it was. The values in an assertion may be a state, and a state may
    hold a short code: only its place is told.
    """
    places = "".join(traceback.format_tb(where)).rstrip()
    words = "" if isinstance(error, AssertionError) else f": {error}"
    return f"{places}\n{type(error).__name__}{words}"


def on_thread_death(end: Callable[[], None]) -> None:
    """From now on a thread that dies is logged, and `end` is called, on that thread.

    The loop would else go on without its printer or scanner, and nobody would know.
    """

    def died(args: threading.ExceptHookArgs) -> None:
        if args.exc_type is not SystemExit and args.exc_value is not None:
            _crashed(args.exc_type, args.exc_value, args.exc_traceback)
            end()

    threading.excepthook = died


def _exit() -> None:
    logging.shutdown()
    os._exit(CRASHED)
