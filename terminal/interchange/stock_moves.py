"""What returns do to the stock: one move a line, from the records in the order they were made.

Law of the file: a recorded return brings its goods in; voiding it takes the same out again, as a
move of its own. Lines that gave back only money move nothing.
"""

from collections.abc import Iterator
from datetime import date, datetime

from msgspec import Struct

from storage.records import JournalRow
from storage.store import Reader
from terminal.core.effects import ReturnRecorded, ReturnVoided
from terminal.core.returns import Return, ReturnLine
from terminal.ledger.apart import whole
from terminal.ledger.codec import Codec

KINDS = (ReturnRecorded.__name__, ReturnVoided.__name__)


class Moves(Struct, frozen=True):
    """The goods of one record; `sign` is 1 where they came in, -1 where that was reversed."""

    seq: int  # of the record in the journal
    at: datetime
    sign: int
    ret: Return

    @property
    def lines(self) -> tuple[ReturnLine, ...]:
        return tuple(one for one in self.ret.settlement.lines if one.quantity)


def moves_since(reader: Reader, seq: int, day: date | None = None) -> Iterator[Moves]:
    """Of the records after `seq`, on `day` alone if one is given (this machine's midnights)."""
    codec = Codec()
    for row in reader.journal(seq):
        if row.kind in KINDS and day in (None, _at(row).date()):
            record = codec.decode(whole(row.body, row.personal))
            sign = -1 if isinstance(record, ReturnVoided) else 1
            found = Moves(row.seq, _at(row), sign, record.ret)
            if found.lines:
                yield found


def _at(row: JournalRow) -> datetime:
    return datetime.fromtimestamp(row.at_ms / 1000).astimezone()
