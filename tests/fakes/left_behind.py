"""Sockets that asyncio was still connecting when it was told to stop.

anyio leaves such a one to the garbage collector (its connect_tcp has no name for it yet when it is
cancelled). It is collected here, so that the complaint meets no other test.
"""

import gc
import warnings


def collect() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()
