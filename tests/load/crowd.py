"""Many terminals at once: each delivers its journal over ways that break, twice and out of order.

Law of the file: what a terminal does next is chance from one seed; what the office made of it is
read from its database in the end. Every other terminal gives the same goods back as the one before
it, so that of each pair one return is accepted and one is a conflict.
"""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from backoffice.office import Office
from backoffice.sales.interchange import offered
from backoffice.sales.keeping import keep_sale
from backoffice.terminals import enrolment
from backoffice.terminals.authority import Authority
from terminal.courier import credentials
from terminal.courier.keys import client_file, client_key, request_for, token_key
from terminal.courier.office import Office as CourierEnd
from terminal.courier.office import OfficeFault
from terminal.courier.protocol import Record
from tests.backoffice.pos import interchange
from tests.flows.shelf import one_oil
from tests.load.cutting import CuttingProxy
from tests.load.rows import Mould, chained
from tests.uplink.real_office import RealOffice

BATCH_MAX = 60
CUT_SHARE = 0.3
REST_S = 0.2  # at most, after a fault


@dataclass
class Heard:
    """What all terminals heard: verdicts, faults by their word, the time of each request."""

    verdicts: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Journal:
    """A terminal, all that it has to say, and the folder of its keys."""

    terminal: str
    records: Sequence[Record]
    keys: Path


def journals(office: RealOffice, folder: Path, terminals: int, returns: int) -> list[Journal]:
    """Let them in, each with so many returns of goods whose sales are on file at the office."""
    (folder / "till").mkdir()
    mould, found = Mould(folder / "till"), []
    sales = {
        (pair, number): one_oil(number=number, workstation=str(1000 + pair))
        for pair in range((terminals + 1) // 2)
        for number in range(1, returns + 1)
    }
    with Office(office.settings) as inside:
        with inside.writing() as tx:
            for sold in sales.values():
                keep_sale(tx, offered(interchange(sold)))
        for place in range(terminals):
            name = f"0571-{100 + place}"
            facts = [
                fact
                for number in range(1, returns + 1)
                for fact in mould.cast(name, number, sales[place // 2, number])
            ]
            found.append(
                Journal(name, chained(name, place + 1, facts), let_in(inside, folder, name))
            )
    return found


def let_in(office: Office, folder: Path, name: str) -> Path:
    """As `enrol` leaves a courier's folder, without a process for each of them."""
    authority, key = Authority(office.settings.state_dir), client_key()
    with office.writing() as tx:
        code = enrolment.make_code(tx, authority, name, "office")
    with office.writing() as tx:
        csr = request_for(key, name)
        done = enrolment.enrol(tx, authority, code, name, csr, token_key()[1])
    keys = folder / name
    keys.mkdir()
    (keys / credentials.CA).write_text(authority.certificate)
    pem = client_file(key, done.certificate, authority.certificate.encode())
    (keys / credentials.CLIENT).write_bytes(pem)
    return keys


async def deliver_all(
    office: RealOffice, crowd: Sequence[Journal], seed: int, share: float = CUT_SHARE
) -> tuple[Heard, dict[str, int]]:
    """Until the office has acknowledged everything; what was heard, and how often it was cut."""
    chance, heard = random.Random(seed), Heard()
    async with CuttingProxy(office.port, chance, share) as way:
        senders = [_Sender(one, way.port, random.Random(f"{seed} {one.terminal}")) for one in crowd]
        await asyncio.gather(*(one.run(heard) for one in senders))
        return heard, dict(way.cuts)


class _Sender:
    """A terminal that says things twice, too early, and two at a time."""

    def __init__(self, journal: Journal, port: int, chance: random.Random) -> None:
        self._records, self._chance = journal.records, chance
        context = credentials.context_of(journal.keys)
        self._office = CourierEnd(f"https://127.0.0.1:{port}", journal.terminal, context)
        self._acked = 0
        self._no = False

    async def run(self, heard: Heard) -> None:
        """Until all is acknowledged, or the office itself says no: the check then tells why."""
        while self._acked < len(self._records) and not self._no:
            said = [self._say(some, heard) for some in self._next()]
            faults = [one for one in await asyncio.gather(*said) if one]
            if faults:
                heard.faults.update(faults)
                await asyncio.sleep(self._chance.random() * REST_S)
        await self._office.close()

    async def _say(self, some: Sequence[Record], heard: Heard) -> str:
        """Empty, or why nothing was heard."""
        begun = time.monotonic()
        try:
            got = await self._office.deliver(some)
        except OfficeFault as fault:
            self._no |= fault.reached
            return fault.why
        heard.seconds.append(time.monotonic() - begun)
        heard.verdicts.update(one.verdict for one in got.verdicts)
        self._acked = max(self._acked, got.acked)
        self._no |= any(one.verdict == "refused" for one in got.verdicts)
        return ""

    def _next(self) -> list[Sequence[Record]]:
        """What comes next, and often something that it would be wiser not to say."""
        chance, after = self._chance, self._acked
        due = self._some(after)
        match chance.randrange(10):
            case 0:
                return [self._some(chance.randrange(after + 1))]  # once more
            case 1:
                return [self._some(after + chance.randrange(1, BATCH_MAX)), due]  # too early
            case 2:
                return [due, due]  # twice at the same time
            case 3:
                return [self._some(after + len(due)), due, self._some(after)]  # the next one first
            case _:
                return [due]

    def _some(self, after: int) -> Sequence[Record]:
        count = self._chance.randrange(1, BATCH_MAX)
        return self._records[after : after + count] or self._records[-1:]
