"""A shop for one seed: two to four terminals, an office, and everything that goes wrong between.

Law of the file: first the day with its misfortune, then the quiet: the network is whole, nobody
dies, and within a bounded time everything has arrived. Promises are looked at during both
(unit, clerk, people) and whole at the end (checks).
"""

import asyncio
import logging
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any

from backoffice.rails import book
from terminal.core.sale import Sale
from tests.simulation.checks import check
from tests.simulation.clerk import Clerk
from tests.simulation.happenings import Broken, Run, Sabotage
from tests.simulation.network import Wire
from tests.simulation.people import People
from tests.simulation.places import fresh
from tests.simulation.sabotage import sabotaged
from tests.simulation.sales import shelf
from tests.simulation.server import Server
from tests.simulation.unit import Unit
from tests.simulation.virtual import borrowed

DAY_S = 150.0  # of misfortune
VISITS = 7  # of customers, over all terminals
ACTS = 9  # of customers on their phones, and of the office
DRAINED_S = 3600.0  # within this everything has arrived once it is quiet
LOOK_S = 5.0


class World:
    def __init__(self, run: Run) -> None:
        self.run = run
        chance = run.chance
        self.sales: tuple[Sale, ...] = shelf(chance)
        folder = fresh()
        names = tuple(f"{at:02d}" for at in range(3, 3 + chance.choice((2, 2, 3, 4))))
        self.server = Server(run, folder, tuple(f"0571-{one}" for one in names))
        self.people = People(run, self.server, self.sales)
        self.units = [
            Unit(
                *(run, folder, name, Wire(run, self.server, f"0571-{name}")),
                self.server.committed,
                takes_back=chance.random() < 0.5,
            )
            for name in names
        ]
        self.clerks = [Clerk(run, unit, self.sales) for unit in self.units]

    async def play(self) -> None:
        run, chance = self.run, self.run.chance
        run.quiet = False
        paying = run.loop.create_task(self.people.pay())
        visits = VISITS // len(self.units) + 1
        await _all(
            self.people.sell(chance.choice((1.0, DAY_S))),
            self.people.decide(ACTS, DAY_S),
            *(clerk.work(chance.randint(1, visits), DAY_S) for clerk in self.clerks),
            *(self._misfortune(unit) for unit in self.units),
            _watched(paying),
        )
        self._heal()
        await self._settled(paying)
        for clerk in self.clerks:
            await clerk.last_round()
        await self._settled(paying)
        check(self)
        paying.cancel()

    async def _misfortune(self, unit: Unit) -> None:
        """Cuts, deaths and a clock that jumps, some of each."""
        run, chance = self.run, self.run.chance
        for _ in range(4):
            await asyncio.sleep(chance.random() * DAY_S / 2)
            match chance.randrange(6):
                case 0 | 1:
                    run.tell(unit.name, "cut off")
                    unit.wire.cut = True
                    run.loop.call_later(chance.random() * 90, self._mend, unit.wire)
                case 2:
                    unit.die()
                case 3:
                    unit.kill_courier()
                case 4:
                    run.tell("office", "dies")
                    self.server.die()
                case _:
                    unit.skew = unit.skew + chance.choice((-1, 1)) * _jump(chance.random())
                    run.tell(unit.name, "clock jumps", unit.skew)

    def _mend(self, wire: Wire) -> None:
        wire.cut = False

    def _heal(self) -> None:
        self.run.tell("world", "is quiet")
        self.run.quiet = True
        for unit in self.units:
            unit.wire.cut = False

    async def _settled(self, paying: "asyncio.Task[None]") -> None:
        """Until everything has arrived. Raises Broken where it does not in time."""
        end = self.run.loop.time() + DRAINED_S
        while True:
            await asyncio.sleep(LOOK_S)
            if paying.done():
                paying.result()
            open_ends = [*self._open_ends()]
            if not open_ends:
                return
            if self.run.loop.time() > end:
                raise Broken("it never comes to rest: " + "; ".join(open_ends))

    def _open_ends(self) -> list[str]:
        found = []
        for unit in self.units:
            if not unit.up:
                return [f"{unit.name} is off"]
            if unit.till.store.unsent_count():
                found.append(f"{unit.name} has unsent records {unit.uplink.refused}")
            elif self.server.up and self.server._page(unit.name, unit.till.store.feed_cursor()):
                found.append(f"{unit.name} has not taken all of the feed")
        if not self.server.up:
            found.append("the office is off")
        elif not found and self.people.due_ms() < book.NEVER:
            found.append("a refund is on its way")
        return found


def _jump(part: float) -> timedelta:
    """Mostly minutes, sometimes half a day."""
    return timedelta(seconds=part**3 * 40_000)


async def _watched(paying: "asyncio.Task[None]") -> None:
    """The worker never ends by itself: if it has, say why."""
    await asyncio.sleep(DAY_S)
    if paying.done():
        paying.result()


async def _all(*work: Coroutine[Any, Any, None]) -> None:
    """All at once; the first that breaks ends the others, and is raised as it is."""
    try:
        async with asyncio.TaskGroup() as group:
            for one in work:
                group.create_task(one)
    except BaseExceptionGroup as several:
        raise several.exceptions[0] from None


def play(seed: int, sabotage: Sabotage = Sabotage.NONE) -> Run:
    """One run, to its end. Raises Broken, or what broke, with the run as its `run`."""
    run = Run(seed, sabotage)
    asyncio.set_event_loop(run.loop)
    logging.disable(logging.CRITICAL)
    try:
        with borrowed(run.loop, run.chance), sabotaged(sabotage):
            _to_its_end(run)
    except Exception as fault:
        fault.run = run  # type: ignore[attr-defined]  # for whoever tells of it
        raise
    finally:
        logging.disable(logging.NOTSET)
        asyncio.set_event_loop(None)
    return run


def _to_its_end(run: Run) -> None:
    worlds: list[World] = []
    failures: list[BaseException] = []
    run.loop.set_exception_handler(
        lambda _, context: failures.append(context.get("exception") or Broken(context["message"]))
    )

    async def all_of_it() -> None:
        worlds.append(World(run))
        await worlds[0].play()

    try:
        run.loop.run_until_complete(all_of_it())
        if failures:
            raise failures[0]
    finally:
        _end(run, worlds)


def _end(run: Run, worlds: list[World]) -> None:
    """Nothing of a run is left: no task, no file, no loop."""
    tasks = asyncio.all_tasks(run.loop)
    for one in tasks:
        one.cancel()
    run.loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
    run.loop.close()
    for world in worlds:
        for unit in world.units:
            unit.till.switch_off()
        world.server.office.close()
