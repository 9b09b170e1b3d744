"""Checks of the unit itself: clock, disk, database, fonts. None of them changes anything kept."""

import os
import shutil
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from storage.faults import StorageFault
from storage.store import open_reader
from terminal.app import database_of
from terminal.commands.check_slip_key import slip_key
from terminal.commands.finding import Check, Finding
from terminal.core.words import sentence
from terminal.moments import CLOCK_JUMP_MAX_MS
from terminal.settings import Settings
from terminal.spoken import storage_words
from terminal.spoken.system_words import foreign, system
from terminal.ui.theme import FONT, FONT_PACKAGE

FREE_BYTES_MIN = 200 * 1024 * 1024  # years of returns; below it the log of an import may not fit
SOUND_FROM_MS = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp() * 1000)  # older than this program
SLOW_SYNC_S = 0.5  # a cashier waits for it at each step

_CLOCK, _DISK = sentence("clock"), sentence("disk")
_DATABASE, _FONT = sentence("database"), sentence("fonts")


def clock(settings: Settings) -> Finding:
    """The time is possible, and not before what was recorded already."""
    now_ms = time.time_ns() // 1_000_000
    local = f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S %z}"
    what = sentence("it is {local}", local=local)
    set_it = sentence("set it: timedatectl set-ntp true")
    if now_ms < max(SOUND_FROM_MS, _last_ms(settings) - CLOCK_JUMP_MAX_MS):
        late = sentence("{what}, before what is recorded already", what=what)
        return Finding(_CLOCK, late, set_it)
    return Finding(_CLOCK, what)


def disk(settings: Settings) -> Finding:
    """The data folder takes and syncs a file, and has room."""
    folder = settings.data
    own = sentence(
        "make the folder, owned by the terminal's user: install -d -m 700 {folder}", folder=folder
    )
    try:
        free = shutil.disk_usage(folder).free
        seconds = _sync_seconds(folder)
    except OSError as fault:
        why = system(fault)
        return Finding(_DISK, sentence("{folder}: {why}", folder=folder, why=why), own)
    mib = free // 2**20
    what = sentence(
        "{folder}: {mib} MiB free, a synced write takes {seconds:.0f} ms",
        folder=folder,
        mib=mib,
        seconds=seconds * 1000,
    )
    if free < FREE_BYTES_MIN:
        return Finding(_DISK, what, sentence("free some space: 200 MiB at least"))
    if seconds > SLOW_SYNC_S:
        return Finding(_DISK, what, sentence("the disk is slow: replace it"))
    return Finding(_DISK, what)


def database(settings: Settings) -> Finding:
    """Every page sound, the journal's chain whole, the key of the PINs there; may be read while
    the terminal works.
    """
    file = database_of(settings)
    if not file.exists():
        return Finding(_DATABASE, sentence("will be made at the first start"))
    try:
        with open_reader(file) as reader:
            reader.check()
            reader.check_key()
            seq, head = reader.journal_head()
            unsent = reader.unsent_count()
    except StorageFault as fault:
        what = sentence("{file}: {problem}", file=file, problem=storage_words.problem(fault))
        return Finding(_DATABASE, what, storage_words.remedy(fault))
    return Finding(
        _DATABASE,
        sentence(
            "sound, {seq} records to {head}, {unsent} not sent yet",
            seq=seq,
            head=head[:12],
            unsent=unsent,
        ),
    )


def fonts(_settings: Settings) -> Finding:
    """The font of screens and drawn slips is there and has Chinese."""
    from PIL import ImageFont  # noqa: PLC0415 - only this check draws

    try:
        font = ImageFont.truetype(FONT, 24)
    except OSError as fault:
        return Finding(
            _FONT,
            sentence("{font}: {fault}", font=FONT, fault=foreign(str(fault))),
            sentence("install it: apt install {font_package}", font_package=FONT_PACKAGE),
        )
    return Finding(_FONT, f"{font.getname()[0]}, {FONT}")


UNIT_CHECKS: tuple[Check, ...] = (clock, disk, database, fonts, slip_key)


def _last_ms(settings: Settings) -> int:
    """When the last step was recorded; 0 where there is none, or `database` tells why not."""
    try:
        with open_reader(database_of(settings)) as reader:
            return reader.last_commit_ms()
    except StorageFault:
        return 0


def _sync_seconds(folder: Path) -> float:
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(b"\0" * 4096)
        file.flush()
        start = time.perf_counter()
        os.fsync(file.fileno())
        return time.perf_counter() - start
