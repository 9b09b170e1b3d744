"""`enrol`: this terminal becomes one that the back office knows, by a one-time code.

Law of the file: the code works once, so everything that can be wrong here is looked at first: the
store is held, the folders can be written. Each file appears whole, for the user who needs it alone.
"""

import json
import os
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from storage.faults import InUse
from storage.office import CameDown
from storage.store import Store, open_store
from storage.values import Commit
from terminal.app import database_of
from terminal.commands import OK
from terminal.commands.places import CommandFault, settings_of
from terminal.core.words import sentence
from terminal.moments import Moments
from terminal.settings.values import Settings
from terminal.spoken.spoken import give
from terminal.spoken.system_words import system

SLIP_KEY = "slip-key.json"


def serve(args: Namespace) -> int:
    """Raises CommandFault and StorageFault; nothing was changed then, unless it says so."""
    from terminal.courier import enrol  # noqa: PLC0415 - brings the network's client

    settings = settings_of(args)
    name = f"{settings.business_unit}-{settings.workstation}"
    try:
        code = enrol.code_of(args.code)
        with _as_owner_of(args.state):
            _writable(args.state)
        with _as_owner_of(settings.data):
            store = _held(settings)
        with store:
            found = enrol.enrol(code, args.url, name)
            with _as_owner_of(settings.data):
                day = datetime.now().astimezone().date().isoformat()
                store.take_down(CameDown(day, numbers_after=found.numbers_after))
                _acknowledge(store, found.acked, found.acked_hash)
                key = {"key": found.key, "seed": found.seed, "slip_url": found.slip_url}
                _put(settings.data / SLIP_KEY, json.dumps(key).encode())
    except enrol.EnrolFault as fault:
        raise CommandFault(sentence(fault.message, **fault.values)) from fault
    with _as_owner_of(args.state):
        _put(args.state / "ca.pem", found.ca.encode("ascii"))
        _put(args.state / "client.pem", found.client)
        place = {"url": args.url.rstrip("/"), "terminal": name}
        _put(args.state / "courier.json", json.dumps(place).encode())
    give(
        sentence(
            "Terminal {name} is enrolled: key {key}; return numbers go on after {number}. Start it:"
            " systemctl start returns-terminal",
            name=name,
            key=found.key,
            number=found.numbers_after,
        )
    )
    return OK


def _held(settings: Settings) -> Store:
    try:
        return open_store(database_of(settings))
    except InUse as fault:
        raise CommandFault(
            "The terminal is running, and only it may write; nothing was sent, the code is"
            " still good. Stop it first: systemctl stop returns-terminal"
        ) from fault


def _writable(folder: Path) -> None:
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK, effective_ids=True):
        raise CommandFault(
            "{folder}: the courier's folder is not there or may not be written; nothing was"
            " sent. Run this as root on an installed unit, or name a folder with --state.",
            folder=folder,
        )


def _acknowledge(store: Store, acked: int, acked_hash: str) -> None:
    """What the office has of this very journal is not sent again; of a new disk it has nothing."""
    if acked <= store.acked_seq():
        return
    page = store.journal_page(acked - 1, 1, 0)
    if page and (page[0].seq, page[0].hash) == (acked, acked_hash):
        now = Moments("", lambda: 0).stamp()
        store.commit(Commit(None, now.at_ms, now.boot, now.uptime_ms, acked=acked))


@contextmanager
def _as_owner_of(folder: Path) -> Iterator[None]:
    """Root works as the folder's owner, so that nothing in it becomes root's."""
    owner = folder.stat() if folder.is_dir() else None
    if os.geteuid() != 0 or owner is None or owner.st_uid == 0:
        yield
        return
    os.setegid(owner.st_gid)
    os.seteuid(owner.st_uid)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


def _put(path: Path, data: bytes) -> None:
    from terminal.courier.credentials import whole_file  # noqa: PLC0415 - as above

    try:
        whole_file(path, data)
    except OSError as fault:
        raise CommandFault(
            "{path}: cannot be written ({why}). The code is used up: mend this, then ask the"
            " office for a new one.",
            path=path,
            why=system(fault),
        ) from fault
