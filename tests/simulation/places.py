"""Where runs keep their files: in memory, made once a process and copied for each run.

Law of the file: a run begins with the bytes of a fresh office and fresh terminals; a process makes
them once. The office's engine is kept from run to run, for what it has compiled of the statements.
"""

import atexit
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Engine

from backoffice.db.engine import open_engine
from backoffice.db.migrate import migrate

MEMORY = Path("/dev/shm")
SUFFIXES = ("", "-wal", "-shm", ".writer")


@lru_cache(maxsize=1)
def root() -> Path:
    """This process's folder, gone at its end."""
    made = tempfile.mkdtemp(prefix="simulation-", dir=MEMORY if MEMORY.is_dir() else None)
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return Path(made)


@lru_cache(maxsize=1)
def _office() -> Path:
    file = root() / "template.db"
    engine = open_engine(f"sqlite:///{file}")
    migrate(engine)
    engine.dispose()
    return file


@lru_cache(maxsize=4)
def engine_at(url: str) -> Engine:
    return open_engine(url)


def fresh() -> Path:
    """A run's folder with an empty office in it; the one before is gone."""
    folder = root() / "run"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copy(_office(), folder / "office.db")
    return folder
