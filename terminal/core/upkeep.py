"""What happens to the unit's own memory, kept as facts beside those of returns."""

from msgspec import Struct

from terminal.core.personal import Personal


class OldErased(Struct, frozen=True):
    """What was older than its term is gone; the days are the first that stayed.

    `records`, `returns` and `sales` lost what is personal in them, `pruned` sales went whole.
    """

    personal_before: str  # ISO day
    sales_before: str
    records: int
    returns: int
    sales: int
    pruned: int


class StoreRestored(Struct, frozen=True):
    """A backup took the place of the store: here the journal goes on from the backup's end.

    `head_seq` and `head_hash` are where the backup's journal ended, `lost_seq` where that of the
    store did which it replaced (0: unknown). Numbers up to `numbers_after` are not given again.
    """

    head_seq: int
    head_hash: str
    lost_seq: int
    numbers_after: int


class FileHandled(Struct, frozen=True):
    """A file that the shop's POS dropped has come to its end.

    `taken`: its good rows are on file; otherwise nothing of it is. Of all rows each is good, left
    out or refused. `added` and `same` are sales or prices, new or on file already; `why` tells of
    the whole file.
    """

    name: str
    sha256: str
    what: str  # sales | prices
    taken: bool
    rows: int = 0
    good: int = 0
    left_out: int = 0
    refused: int = 0
    added: int = 0
    same: int = 0
    why: Personal = ""  # may quote the file


class RulesChanged(Struct, frozen=True):
    """From here on the unit works by this version of the shop's policy; `digest` as in returns."""

    version: str
    digest: str


class RulesRefused(Struct, frozen=True):
    """The office sent a file of rules that this unit cannot work by; those it had stay in force."""

    file: str
    sha256: str  # as the office gave it
    why: str  # in both languages, for the office


class ClockCompared(Struct, frozen=True):
    """The office's clock stood at `office_ms` (since 1970) when this boot had run `uptime_ms`.

    Every record says how long its boot had run. So one of these gives the office's time of all
    records of its boot, before it and after, whatever the wall clock showed or was set to.
    """

    office_ms: int
    uptime_ms: int


UpkeepRecord = OldErased | StoreRestored | RulesChanged | RulesRefused | ClockCompared
