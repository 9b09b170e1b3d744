"""What a row of the table is, and how two things are measured side by side.

Law of the file: ours and its floor or peer take turns (A B A B ...), and what is told is the median
of the ratios of neighbours: what disturbs the machine disturbs both.
"""

import gc
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

Sample = Callable[[], float]  # milliseconds


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `ratio` and `spread` are ours to peer unless `goal` says otherwise.

    `spread` are the 10th and the 90th of a hundred ratios; None where there is nothing to compare.
    """

    name: str
    ours: float
    peer: float | None
    ratio: float | None
    goal: str
    held: bool | None  # None: a figure to look at, without a goal
    spread: tuple[float, float] | None
    unit: str = "ms"

    def json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Neighbouring samples of ours and of the peer."""

    ours: tuple[float, ...]
    peer: tuple[float, ...]

    def row(self, name: str, goal: str, holds: Callable[[float, float], bool] | None = None) -> Row:
        """`holds` gets the median of ours and of the ratios ours / peer."""
        return self._row(
            name, goal, holds, [a / b for a, b in zip(self.ours, self.peer, strict=True)]
        )

    def row_of_speed(
        self, name: str, goal: str, holds: Callable[[float, float], bool] | None = None
    ) -> Row:
        """The same with peer / ours: how much of the peer's speed is left."""
        return self._row(
            name, goal, holds, [b / a for a, b in zip(self.ours, self.peer, strict=True)]
        )

    def _row(
        self,
        name: str,
        goal: str,
        holds: Callable[[float, float], bool] | None,
        ratios: Sequence[float],
    ) -> Row:
        ours, ratio = median(self.ours), median(ratios)
        held = None if holds is None else holds(ours, ratio)
        return Row(name, ours, median(self.peer), ratio, goal, held, spread(ratios))


def in_turns(ours: Sample, peer: Sample, rounds: int, warm: int = 3) -> Pairs:
    """`warm` rounds are thrown away. The collector runs between samples; in them it looks only at
    what they make, not at all that the bench holds.
    """
    taken = []
    for _ in range(warm + rounds):
        gc.collect()
        gc.freeze()
        taken.append((ours(), peer()))
        gc.unfreeze()
    kept = taken[warm:]
    return Pairs(tuple(a for a, _ in kept), tuple(b for _, b in kept))


def spread(values: Sequence[float]) -> tuple[float, float]:
    """p10 and p90, each a value that was measured."""
    ranked = sorted(values)
    return ranked[len(ranked) // 10], ranked[-1 - len(ranked) // 10]


HEAD = ("what", "ours", "beside", "ratio", "p10..p90", "goal", "held")


def table(rows: Sequence[Row]) -> str:
    """All rows as text, columns as wide as they need to be."""
    cells = [HEAD, *(_cells(row) for row in rows)]
    widths = [max(len(line[at]) for line in cells) for at in range(len(HEAD))]
    lines = [_line(line, widths) for line in cells]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.name,
        f"{_figure(row.ours)} {row.unit}",
        "-" if row.peer is None else f"{_figure(row.peer)} {row.unit}",
        "-" if row.ratio is None else f"{row.ratio:.2f}",
        "-" if row.spread is None else f"{row.spread[0]:.2f}..{row.spread[1]:.2f}",
        row.goal,
        {None: "-", True: "yes", False: "NO"}[row.held],
    )


def _figure(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    name, *figures, goal, held = (
        cell.ljust(width) for cell, width in zip(cells, widths, strict=True)
    )
    right = [cell.strip().rjust(width) for cell, width in zip(figures, widths[1:-2], strict=True)]
    return "  ".join([name, *right, goal, held]).rstrip()
