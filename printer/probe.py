"""Find out once, when a printer is installed, which questions it answers.

Not done at each start: a clone that does not know GS ( H may print it, and then a person should be
looking at the paper.
"""

import time
from collections.abc import Callable

from printer.control import PAPER_IN_ORDER, real_time_status, say_when_printed
from printer.link import Link
from printer.models import Ability
from printer.status import from_gs_r, is_dle_eot, printed_id

_MARK = b"AAAA"


def probe(link: Link, patience: float = 1.0) -> frozenset[Ability]:
    """The abilities that this printer has shown; each silent question costs `patience` seconds.

    What it found belongs into `abilities` of the printer's file. Raises LinkFault.
    """
    questions: tuple[tuple[Ability, bytes, Callable[[bytes], bool]], ...] = (
        (Ability.DLE_EOT, real_time_status(1), lambda said: any(map(is_dle_eot, said))),
        (Ability.GS_R, PAPER_IN_ORDER, lambda said: any(from_gs_r(b) is not None for b in said)),
        (Ability.GS_PAREN_H, say_when_printed(_MARK), lambda said: printed_id(said) == _MARK),
    )
    found = {ability for ability, ask, known in questions if _answers(link, ask, known, patience)}
    if link.port_status() is not None:
        found.add(Ability.LPGETSTATUS)
    return frozenset(found)


def _answers(link: Link, ask: bytes, known: Callable[[bytes], bool], patience: float) -> bool:
    while link.read(0):
        continue
    link.write(ask, patience)
    said = b""
    deadline = time.monotonic() + patience
    while (left := deadline - time.monotonic()) > 0:
        said += link.read(left)
        if known(said):
            return True
    return False
