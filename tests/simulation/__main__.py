"""`python -m tests.simulation [SEEDS] [FROM]`: seeds one after the other; `SEED=k`: one, whole.

A failing seed is told with the end of its trace; the same seed plays the same again. Exit code 1
where any failed.
"""

import os
import sys
import time
from collections import Counter

from tests.simulation.happenings import Run
from tests.simulation.world import play

SHORT = 25  # lines of a trace
LINE_S = 2.0


def main(seeds: int, first: int) -> int:
    """So many seeds from the first on; one line of progress."""
    seen: Counter[str] = Counter()
    failed: list[int] = []
    began = told = time.monotonic()
    for seed in range(first, first + seeds):
        try:
            seen += play(seed).seen
        except Exception as fault:  # noqa: BLE001 - whatever it is, it is this seed's
            failed.append(seed)
            _say(f"\nseed {seed} fails: {type(fault).__name__}: {fault}")
            _say("\n".join(_trace(fault)[-SHORT:]))
            _say(f"again: make simulate SEED={seed}")
        if time.monotonic() - told > LINE_S:
            told = time.monotonic()
            _say(f"\rseed {seed}, {len(failed)} failed", end="")
    took = time.monotonic() - began
    _say(f"\r{seeds} seeds from {first}: {len(failed)} failed {failed or ''} in {took:.0f} s")
    _say(", ".join(f"{count} {what}" for what, count in seen.most_common()))
    return 1 if failed else 0


def whole(seed: int) -> int:
    """One seed with its whole trace."""
    try:
        run = play(seed)
    except Exception as fault:  # noqa: BLE001 - likewise
        _say("\n".join(_trace(fault)))
        _say(f"seed {seed} fails: {type(fault).__name__}: {fault}")
        return 1
    _say("\n".join(run.trace))
    _say(f"seed {seed} holds, trace {run.digest}")
    return 0


def _say(text: str, end: str = "\n") -> None:
    sys.stdout.write(text + end)
    sys.stdout.flush()


def _trace(fault: Exception) -> list[str]:
    run = getattr(fault, "run", None)
    return run.trace if isinstance(run, Run) else []


if __name__ == "__main__":
    if os.environ.get("SEED"):
        sys.exit(whole(int(os.environ["SEED"])))
    asked = [int(one) for one in sys.argv[1:]]
    sys.exit(main(*asked, *(200, 1)[len(asked) :]))
