"""SIGKILL at random moments of random returns, and what was promised still holds.

    python -m tests.system.kill --rounds 1000

A unit lives for some rounds: it works, is killed, is looked at, starts again on the same file. The
seed decides clerk, goods and plans; when exactly a signal hits is the scheduler's affair, so a
failing round is repeated by its seed and life, but perhaps not at the first try.
"""

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from tests.system.life import BrokenPromise, Count, Life
from tests.system.nursery import Nursery

ROUNDS_OF_LIFE = 50


@dataclass(frozen=True, slots=True)
class Task:
    seed: int
    life: int
    rounds: int
    keep: str  # a folder for what a failed life leaves behind


@dataclass(frozen=True, slots=True)
class Outcome:
    """`fault` is empty when all promises were kept."""

    task: Task
    count: Count
    fault: str
    seconds: float


def live(task: Task) -> Outcome:
    """One life. Never raises BrokenPromise: the outcome tells it."""
    chance = random.Random(f"{task.seed}/{task.life}")
    folder = Path(tempfile.mkdtemp(prefix="returns-kill-"))
    start = time.monotonic()
    fault = ""
    with Nursery() as nursery:
        life = Life(folder, nursery, chance)
        try:
            while life.count.rounds < task.rounds:
                life.round()
        except BrokenPromise as broken:
            fault = f"seed {task.seed}, life {task.life}, round {life.count.rounds + 1}: {broken}"
        finally:
            life.close()
    if fault and task.keep:
        shutil.copytree(folder, Path(task.keep) / f"{task.seed}-{task.life}", dirs_exist_ok=True)
    shutil.rmtree(folder)
    return Outcome(task, life.count, fault, time.monotonic() - start)


def tasks(rounds: int, seed: int, keep: str = "") -> Iterator[Task]:
    for life, begin in enumerate(range(0, rounds, ROUNDS_OF_LIFE)):
        yield Task(seed, life, min(ROUNDS_OF_LIFE, rounds - begin), keep)


def outcomes(work: Iterable[Task], workers: int) -> Iterator[Outcome]:
    """As they come."""
    if workers == 1:
        yield from map(live, work)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(live, work)


def report(count: Count, seconds: float) -> str:
    """What happened, for a person."""
    killed = ", ".join(f"{name} {n}" for name, n in count.killed_in.most_common())
    plans = ", ".join(f"{name} {n}" for name, n in count.killed_by.most_common())
    return (
        f"{count.rounds} kills in {seconds:.0f} s ({plans})\n"
        f"{count.screens} screens shown; {count.returns} returns recorded, {count.voided} voided\n"
        f"{count.whole} slips whole, {count.torn} torn, {count.copies} of them copies; "
        f"{count.uncertain} left in doubt to the cashier\n"
        f"the file was a step ahead of the screen {count.ahead} times, behind it never\n"
        f"killed in: {killed}\n"
    )


def main() -> int:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--rounds", type=int, default=1000)
    options.add_argument("--seed", type=int, default=None, help="chosen by chance when missing")
    options.add_argument("--life", type=int, default=None, help="only this life of the seed")
    options.add_argument("--workers", type=int, default=1, help="lives at one time")
    options.add_argument("--keep", default="", help="folder for the files of failed lives")
    chosen = options.parse_args()
    seed = chosen.seed if chosen.seed is not None else random.randrange(10**6)
    sys.stdout.write(f"seed {seed}\n")
    work = tasks(chosen.rounds, seed, chosen.keep)
    if chosen.life is not None:
        work = iter([Task(seed, chosen.life, ROUNDS_OF_LIFE, chosen.keep)])
    total, faults, start = Count(), 0, time.monotonic()
    for outcome in outcomes(work, chosen.workers):
        total.add(outcome.count)
        faults += bool(outcome.fault)
        note = outcome.fault or f"life {outcome.task.life}: {outcome.count.rounds} kills, all well"
        sys.stdout.write(f"{note} ({outcome.seconds:.0f} s)\n")
        sys.stdout.flush()
    sys.stdout.write(report(total, time.monotonic() - start))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
