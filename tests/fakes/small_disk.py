"""A disk that takes no more: the kernel refuses every write of this process past a few kilobytes.

Law of the file: the limit is lifted again, whatever the test did meanwhile.
"""

import resource
from collections.abc import Generator
from contextlib import contextmanager

FULL_AT = 4096  # bytes into any file: less than one frame of the database's log


@contextmanager
def full_disk(past: int = FULL_AT) -> Generator[None, None, None]:
    """Writes past so many bytes into a file fail (EFBIG; Python ignores SIGXFSZ)."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (past, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
