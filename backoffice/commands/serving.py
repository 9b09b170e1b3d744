"""`serve`: the public side, the terminals' side and the operations' listener, one process.

Law of the file: where any of them ends, all end, and the process with them; systemd starts it anew.
"""

import asyncio
import gc
import logging
import signal
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

import uvicorn
import uvloop
from fastapi import FastAPI

from backoffice.app import public_app, terminals_app
from backoffice.archive.daily import daily
from backoffice.db.migrate import is_current, is_new, migrate
from backoffice.heads import EndingHeads
from backoffice.office import Office
from backoffice.ops.figures import Figures
from backoffice.ops.logs import log_to
from backoffice.ops.routes import ops_app
from backoffice.rails.chosen import Rails
from backoffice.rails.settings import open_rails
from backoffice.rails.worker import Worker
from backoffice.settings import Listen, Settings
from backoffice.terminals.authority import Authority
from backoffice.terminals.tls import PeerProtocol, server_context

LOG = logging.getLogger(__name__)
GRACE_S = 5  # what is still being answered is let go after that

_TLS_ONLY = [
    ("Strict-Transport-Security", "max-age=31536000")
]  # a year; this host alone (RFC 6797)
WORKERS = 2  # a rail that answers slowly does not hold up the other

Background = Callable[[Office, Event], None]


def serve(settings: Settings, background: Sequence[Background] = ()) -> int:
    """Until SIGTERM or SIGINT. 1 where the database has another version's schema.
    Raises SettingsFault where the rails' table is wrong.
    """
    log_to()
    rails = open_rails(settings.rails)
    office = Office(settings)
    if not (is_new(office.engine) or is_current(office.engine)):  # an upgrade is asked for
        LOG.error("the database has another schema: run returns-backoffice migrate")
        return 1
    migrate(office.engine)  # a new database, or this month's partition before a record
    stop = Event()
    acts = (daily, *background)
    threads = [Thread(target=one, args=(office, stop), daemon=True) for one in acts]
    threads += [
        Thread(target=Worker(office, rails).run, args=(stop,), daemon=True) for _ in range(WORKERS)
    ]
    for thread in threads:
        thread.start()
    try:
        servers = _servers(office, rails)
        settle()
        uvloop.run(_run(servers, office))
    finally:
        stop.set()
        for thread in threads:
            thread.join(GRACE_S)
        office.close()
    return 0


def settle() -> None:
    """What stands once all is built is never looked through for garbage again: that took some
    0.1 s, once in a thousand requests, and whoever asked meanwhile waited for it.
    """
    gc.collect()
    gc.freeze()


def _servers(office: Office, rails: Rails) -> list[uvicorn.Server]:
    settings, figures = office.settings, Figures(office)
    authority = Authority(settings.state_dir)
    own = authority.server_files(settings.terminals.names, office.clock())

    def context(_: uvicorn.Config, __: Callable[[], ssl.SSLContext]) -> ssl.SSLContext:
        return server_context(own, authority.certificate)

    public = public_app(office, authority, rails, figures)
    terminals = terminals_app(office, authority, figures)
    people: dict[str, Any] = {
        "forwarded_allow_ips": list(settings.public.proxies),
        "headers": _TLS_ONLY if settings.public.https else [],
    }
    return [
        _Server(_config(public, settings.public.listen, **people)),
        _Server(
            _config(
                terminals,
                settings.terminals.listen,
                http=PeerProtocol,
                ssl_context_factory=context,
                proxy_headers=False,
            )
        ),
        _Server(_config(ops_app(office, figures), settings.ops, proxy_headers=False)),
    ]


def _config(app: FastAPI, listen: Listen, **more: Any) -> uvicorn.Config:
    usual: dict[str, Any] = {
        "http": EndingHeads,
        "ssl_certfile": listen.certificate or None,
        "ssl_keyfile": listen.key or None,
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "lifespan": "off",
        "timeout_graceful_shutdown": GRACE_S,
    }
    return uvicorn.Config(app, listen.host, listen.port, **(usual | more))


class _Server(uvicorn.Server):
    """Signals are not its own: one of them stops all servers."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def _run(servers: Sequence[uvicorn.Server], office: Office) -> None:
    loop = asyncio.get_running_loop()

    def end() -> None:
        office.bell.end()
        for server in servers:
            server.should_exit = True

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, end)
    tasks = [loop.create_task(server.serve()) for server in servers]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        end()
        await asyncio.gather(*tasks)
