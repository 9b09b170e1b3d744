"""How far a trainee is in a drill, and how it went: values alone.

Law of the file: a step counts when the flow stands where the drill wants it, however it came there.
"""

from msgspec import Struct
from msgspec.structs import replace

from terminal.training.drills import Drill


class Result(Struct, frozen=True):
    drill: str
    done: bool
    mistakes: int
    seconds: int


class Course(Struct, frozen=True):
    """One drill under way. `mistakes` are keys and scans that were refused."""

    drill: Drill
    started: float
    at: int = 0
    mistakes: int = 0

    @property
    def done(self) -> bool:
        return self.at == len(self.drill.steps)

    @property
    def coach(self) -> str:
        return "" if self.done else self.drill.steps[self.at].coach

    def seen(self, state: str) -> "Course":
        """After the flow came to this state; one state may end several steps."""
        at = self.at
        while at < len(self.drill.steps) and state in self.drill.steps[at].until:
            at += 1
        return replace(self, at=at)

    def slipped(self) -> "Course":
        return replace(self, mistakes=self.mistakes + 1)

    def result(self, now: float) -> Result:
        return Result(self.drill.code, self.done, self.mistakes, int(now - self.started))


class Sheet(Struct, frozen=True):
    """The results of this training, the last of each drill; `drills` are those there are."""

    drills: tuple[Drill, ...]
    results: tuple[Result, ...] = ()

    def of(self, code: str) -> Result | None:
        return next((one for one in self.results if one.drill == code), None)

    def noted(self, result: Result) -> "Sheet":
        others = tuple(one for one in self.results if one.drill != result.drill)
        return replace(self, results=(*others, result))

    @property
    def done(self) -> int:
        return sum(one.done for one in self.results)

    @property
    def next(self) -> int:
        """The first drill that is not done yet; the first of all when all are."""
        done = {one.drill for one in self.results if one.done}
        return next((at for at, one in enumerate(self.drills) if one.code not in done), 0)
