"""What must be put back however the process ends: a terminal's mode, a console's graphics.

Covers a normal end, an exception, SIGTERM and SIGHUP (where nobody else handles them). Against
SIGKILL there is only systemd's ExecStopPost.
"""

import atexit
import os
import signal
import threading
from collections.abc import Callable

_undos: list[Callable[[], None]] = []
_lock = threading.RLock()  # a signal may come while the lock is held


def undo_at_exit(undo: Callable[[], None]) -> Callable[[], None]:
    """Runs `undo` at the end of the process, or when the returned function is called: once."""
    with _lock:
        if not _undos:
            atexit.register(_undo_all)
            _hear_signals()
        _undos.append(undo)

    def now() -> None:
        with _lock:
            waiting = undo in _undos
            if waiting:
                _undos.remove(undo)
        if waiting:
            undo()

    return now


def _undo_all() -> None:
    """All of them, even if one fails; its error comes out when the others are done."""
    if _undos:
        undo = _undos.pop()
        try:
            undo()
        finally:
            _undo_all()


def _hear_signals() -> None:
    if threading.current_thread() is not threading.main_thread():
        return  # only the main thread may; atexit still holds
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _undo_and_die)


def _undo_and_die(number: int, _frame: object) -> None:
    try:
        _undo_all()
    finally:
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
