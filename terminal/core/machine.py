"""A flow as a table of typed rows: from a state, on an event, to one of the named states.

Law of the file: nothing moves but by a row. mypy rejects a row whose event, source or target does
not fit its function; `Flow` refuses two rows for one state and event.
"""

from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any, Generic, TypeVar, overload

from msgspec import Struct
from msgspec.structs import replace

from terminal.core.effects import Ask, Record
from terminal.core.events import Event, Reply
from terminal.core.states import State

S = TypeVar("S", bound=State)
E = TypeVar("E", bound=Event)
A = TypeVar("A", bound=State)
B = TypeVar("B", bound=State)
C = TypeVar("C", bound=State)
D = TypeVar("D", bound=State)
F = TypeVar("F", bound=State)
T_co = TypeVar("T_co", bound=State, covariant=True)
# The second of two hurried presses comes 100 to 300 ms after the first, a bounce much sooner, and
# desktops count up to 500 ms as a double click. Who reads an amount before they press needs longer.
SEEN_MS = 600


class Step(Struct, Generic[T_co], frozen=True):
    """The answer to one event: the state to be in, the facts to keep, the wishes to perform."""

    state: T_co
    records: tuple[Record, ...] = ()
    asks: tuple[Ask, ...] = ()


Do = Callable[[Any, Any], Step[State]]


class Row(Struct, frozen=True):
    """`seen`: only once the screen has stood there for SEEN_MS, for the key is somebody's word."""

    source: type[State]
    event: type[Event]
    targets: tuple[type[State], ...]
    do: Do
    seen: bool = False


class Phase(Struct, frozen=True):
    """Rows that belong together; its states are those that the rows start from."""

    title: str
    rows: tuple[Row, ...]

    @property
    def states(self) -> tuple[type[State], ...]:
        return tuple(dict.fromkeys(row.source for row in self.rows))


# fmt: off
@overload
def on(source: type[S], event: type[E], a: type[A], /, *, do: Callable[[S, E], Step[A]],
       seen: bool = ...) -> Row: ...
@overload
def on(source: type[S], event: type[E], a: type[A], b: type[B], /, *,
       do: Callable[[S, E], Step[A | B]], seen: bool = ...) -> Row: ...
@overload
def on(source: type[S], event: type[E], a: type[A], b: type[B], c: type[C], /, *,
       do: Callable[[S, E], Step[A | B | C]], seen: bool = ...) -> Row: ...
@overload
def on(source: type[S], event: type[E], a: type[A], b: type[B], c: type[C], d: type[D], /, *,
       do: Callable[[S, E], Step[A | B | C | D]], seen: bool = ...) -> Row: ...
@overload
def on(source: type[S], event: type[E], a: type[A], b: type[B], c: type[C], d: type[D],
       f: type[F], /, *, do: Callable[[S, E], Step[A | B | C | D | F]],
       seen: bool = ...) -> Row: ...
# fmt: on
def on(
    source: type[Any], event: type[Any], /, *targets: type[Any], do: Do, seen: bool = False
) -> Row:
    """One row of a flow: in `source`, when `event`, go to one of `targets`, by `do`."""
    return Row(source, event, targets, do, seen)


def every(
    sources: Iterable[type[S]],
    event: type[E],
    target: type[A],
    /,
    *,
    do: Callable[[S, E], Step[A]],
) -> tuple[Row, ...]:
    """The same row for each of `sources`: `get_args` of a union makes it hold for new ones too."""
    return tuple(on(source, event, target, do=do) for source in sources)


class Flow:
    """All rows, and the one function that moves: `advance`."""

    def __init__(self, phases: Iterable[Phase], everywhere: Iterable[Row] = ()) -> None:
        self.phases = tuple(phases)
        self.rows: dict[tuple[type[State], type[Event]], Row] = {}
        for row in (*chain.from_iterable(phase.rows for phase in self.phases), *everywhere):
            key = (row.source, row.event)
            if key in self.rows:
                msg = f"two rows for {row.source.__name__} on {row.event.__name__}"
                raise ValueError(msg)
            self.rows[key] = row

    def hears(self, state: State, event: Event) -> bool:
        """Whether this event means something now. A reply to another ask than ours does not."""
        if (type(state), type(event)) not in self.rows or self.too_soon(state, event):
            return False
        return not isinstance(event, Reply) or event.ask == awaited(state)

    def too_soon(self, state: State, event: Event) -> bool:
        """Whether nobody can have seen yet what this key would be their word for."""
        row = self.rows.get((type(state), type(event)))
        return row is not None and row.seen and event.moment.seen_ms < SEEN_MS

    def advance(self, state: State, event: Event) -> Step[State]:
        """The step for this event; what the table does not hear leaves the state as it is."""
        if not self.hears(state, event):
            return Step(state)
        row = self.rows[type(state), type(event)]
        step = row.do(state, event)
        assert type(step.state) in row.targets, (row, step.state)
        return step


def awaited(state: State) -> str:
    """The id of the ask (or print job) whose reply this state waits for; empty for none."""
    ask: str = getattr(state, "ask", "")
    job = getattr(state, "job", None)
    return ask or (job.id if job is not None else "")


def unmarked(state: State) -> State:
    """The state wherever its cursor stands: an arrow leads to no other screen."""
    return replace(state, cursor=0) if hasattr(state, "cursor") else state
