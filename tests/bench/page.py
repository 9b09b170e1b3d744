"""The customer's page under load, beside a bare Starlette page of the same bytes.

Law of the file: each is a uvicorn of its own with one worker; the same client asks both in turns,
sixteen requests at a time. What is compared is the 99th of a hundred answers' times.
"""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from backoffice.commands.serving import settle
from backoffice.db.migrate import migrate
from backoffice.office import Office
from backoffice.settings import Limits, Settings
from tests.backoffice.front import front
from tests.backoffice.pages import slips
from tests.bench.measure import Row, in_turns

ASKED, AT_ONCE = 600, 16
ROUNDS, WARM = 7, 2
PATIENCE_S = 20.0


def answered(folder: Path) -> Row:
    """p99 of the page as a slip's code opens it, one SQLite read included."""
    office = _office(folder)
    address = slips.slip(office)
    office.close()
    with _served("ours", folder) as ours, _served("bare", folder) as bare:
        page = httpx.get(f"{ours}{address}").text
        httpx.post(f"{bare}{address}", content=page.encode())
        assert httpx.get(f"{bare}{address}").text == page

        def of(base: str) -> float:
            return asyncio.run(_p99_ms(f"{base}{address}"))

        pairs = in_turns(lambda: of(ours), lambda: of(bare), ROUNDS, WARM)
    name = f"customer's page, p99 of {ASKED} by {AT_ONCE}"
    return pairs.row(name, "to look at: a bare Starlette page")


async def _p99_ms(url: str) -> float:
    times: list[float] = []
    left = iter(range(ASKED))

    async def ask(client: httpx.AsyncClient) -> None:
        for _ in left:
            began = time.perf_counter_ns()
            answer = await client.get(url)
            times.append((time.perf_counter_ns() - began) / 1e6)
            assert answer.status_code == 200, answer.text

    async with httpx.AsyncClient(trust_env=False) as client:
        await asyncio.gather(*(ask(client) for _ in range(AT_ONCE)))
    return sorted(times)[len(times) * 99 // 100]


@contextmanager
def _served(which: str, folder: Path) -> Iterator[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.page", which, str(folder)],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        base = f"http://127.0.0.1:{process.stdout.readline().strip()}"
        due = time.monotonic() + PATIENCE_S
        while True:
            try:
                httpx.get(base, trust_env=False)
                break
            except httpx.TransportError:
                assert time.monotonic() < due, "the server did not come up"
                time.sleep(0.05)
        yield base
    finally:
        process.terminate()
        process.wait()


def _office(folder: Path) -> Office:
    """An open house: no address is turned away for asking often."""
    limits = Limits(pages_per_minute=10_000_000)
    office = Office(Settings(f"sqlite:///{folder / 'office.db'}", folder / "state", limits=limits))
    migrate(office.engine)
    return office


def _bare() -> Starlette:
    kept = b""

    async def page(request: Request) -> Response:
        nonlocal kept
        if request.method == "POST":
            kept = await request.body()
        return Response(kept, media_type="text/html; charset=utf-8")

    return Starlette(routes=[Route("/{path:path}", page, methods=["GET", "POST"])])


def main(which: str, folder: Path) -> None:
    """Serve one of the two, as the office's own command would; its port is the first line."""
    app = front(_office(folder)) if which == "ours" else _bare()
    config = uvicorn.Config(app, port=0, log_level="error", lifespan="off")
    listener = config.bind_socket()
    settle()
    sys.stdout.write(f"{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
