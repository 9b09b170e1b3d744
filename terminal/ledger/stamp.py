"""When a commit was made."""

from msgspec import Struct


class Stamp(Struct, frozen=True):
    """When a commit was made, by three clocks: the wall's, and this boot's monotonic one."""

    at_ms: int
    boot: str
    uptime_ms: int
