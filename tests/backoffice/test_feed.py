"""What comes down: in the order of commits, none skipped, the newest about each subject."""

import asyncio
import threading

from backoffice import feed
from backoffice.feed import EVERYBODY, Audience
from backoffice.office import Office
from tests.backoffice.client import Speaker


def _tell(office: Office, about: str, to: Audience = EVERYBODY, size: int = 0) -> None:
    with office.writing() as tx:
        tx.tell(to, "price", about, {"sku": about, "pad": "x" * size})


def _abouts(office: Office, after: int = 0, terminal: str = "0571-03") -> list[str]:
    with office.reading() as session:
        store = terminal.partition("-")[0]
        return [one.body[8:].split('"')[0] for one in feed.page(session, terminal, store, after)]


def test_it_reaches_whom_it_is_for(office: Office) -> None:
    _tell(office, "all")
    _tell(office, "shop", Audience.store("0571"))
    _tell(office, "till", Audience.terminal("0571-03"))
    assert _abouts(office) == ["all", "shop", "till"]
    assert _abouts(office, terminal="0571-04") == ["all", "shop"]
    assert _abouts(office, terminal="0572-03") == ["all"]
    assert _abouts(office, after=1) == ["shop", "till"]


def test_the_newest_about_a_subject_takes_the_older_ones_place(office: Office) -> None:
    for about in ("a", "b", "a"):
        _tell(office, about)
    with office.reading() as session:
        items = feed.page(session, "0571-03", "0571", 0)
    assert [(one.cursor, one.body[8]) for one in items] == [(2, "b"), (3, "a")]


def test_what_is_said_to_others_or_of_another_kind_stays(office: Office) -> None:
    for to in (Audience.store("0571"), Audience.terminal("0571-03"), EVERYBODY):
        _tell(office, "a", to)
    with office.writing() as tx:
        tx.tell(EVERYBODY, "policy", "a", {"sku": "of another kind"})
    assert _abouts(office) == ["a", "a", "a", "of another kind"]


def test_a_page_is_no_larger_than_a_terminal_takes(office: Office) -> None:
    for about in "abc":
        _tell(office, about, size=feed.PAGE_BYTES // 2)
    assert _abouts(office) == ["a"]
    _tell(office, "d", size=3 * feed.PAGE_BYTES)
    assert _abouts(office, after=3) == ["d"]


def test_whoever_reads_while_others_write_misses_nothing(office: Office) -> None:
    def write(name: int) -> None:
        for at in range(25):
            _tell(office, f"{name}-{at}")

    writers = [threading.Thread(target=write, args=(name,)) for name in range(4)]
    for one in writers:
        one.start()
    seen: list[str] = []
    cursor = 0
    while True:
        ended = not any(one.is_alive() for one in writers)  # before the look, not after it
        with office.reading() as session:
            items = feed.page(session, "0571-03", "0571", cursor)
        seen += [one.body[8:].split('"')[0] for one in items]
        cursor = items[-1].cursor if items else cursor
        if ended and not items:
            break
    assert sorted(seen) == sorted(f"{n}-{at}" for n in range(4) for at in range(25))


def test_who_waits_is_woken_by_a_commit_of_this_process(office: Office) -> None:
    async def life() -> bool:
        ring = office.bell.waiter()
        await asyncio.to_thread(_tell, office, "a")
        await office.bell.wait(ring, 20)
        return ring.done() and not ring.cancelled()

    assert asyncio.run(life())


def test_who_waits_is_woken_by_a_commit_of_another_process(office: Office) -> None:
    other = Office(office.settings)

    async def life() -> bool:
        first = office.bell.waiter()
        await office.bell.wait(first, 2 * feed.LOOK_SECONDS)  # the first look rings once
        ring = office.bell.waiter()
        await asyncio.to_thread(_tell, other, "a")
        await office.bell.wait(ring, 20)
        return ring.done() and not ring.cancelled()

    assert asyncio.run(life())
    other.close()


def test_a_terminal_asks_over_http(office: Office) -> None:
    unit = Speaker(office)
    assert unit.http.get("/v1/feed", params={"wait": 0}).status_code == 204
    _tell(office, "a")
    answer = unit.http.get("/v1/feed", params={"wait": 0}).json()
    assert answer == {
        "items": [{"cursor": 1, "what": "price", "body": {"sku": "a", "pad": ""}}],
        "next": 1,
    }
    assert unit.http.get("/v1/feed", params={"after": -1}).status_code == 422
