"""Ears that hear a script as soon as the first of them is opened."""

from collections.abc import Callable, Sequence

from drivers.scanner_listening import Listened
from drivers.scanner_verdict import Source


class ScriptedEar:
    """Open until closed."""

    def __init__(self, source: Source | None = None) -> None:
        self.source = source or Source("hid", "")
        self.closed = False

    def close(self) -> None:
        self.closed = True


class ScriptedEars:
    """Give `listen` to terminal.learn.ears.Ears in place of the real one."""

    def __init__(self, script: Sequence[Listened]) -> None:
        self._script = list(script)
        self.opened: list[ScriptedEar] = []

    def listen(self, source: Source, post: Callable[[Listened], None]) -> ScriptedEar:
        ear = ScriptedEar(source)
        self.opened.append(ear)
        script, self._script = self._script, []
        for one in script:
            post(one)
        return ear
