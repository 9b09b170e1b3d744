"""Which return numbers of a terminal are taken, and telling it: none is ever given twice.

Law of the file: a number that stands on a slip is taken, whether the books understood its record or
not; so what lies aside is read for numbers, too.
"""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from backoffice.db.tables import ParkedRecord, Record, RefusedRecord, Terminal
from backoffice.feed import Audience
from backoffice.office import Transaction

NUMBER_MAX = 9  # digits, as the books read them


def tell_numbers(tx: Transaction, unit: Terminal) -> None:
    """`numbers` of docs/WIRE.md, where the terminal's store may know less than the office."""
    if unit.numbers_after:
        tx.tell(Audience.terminal(unit.name), "numbers", "", {"after": unit.numbers_after})


def aside_numbers(session: Session, terminal: str) -> int:
    """The highest return number in records of this terminal that are in no book; 0: none."""
    parked = (
        select(Record.body)
        .join(ParkedRecord, ParkedRecord.record_id == Record.id)
        .where(ParkedRecord.terminal == terminal, ParkedRecord.taken_at.is_(None))
    )
    refused = select(RefusedRecord.event).where(RefusedRecord.terminal == terminal)
    number = re.compile(rf"R-{re.escape(terminal)}-([0-9]{{1,{NUMBER_MAX}}})(?![0-9])")
    texts = (text for found in (parked, refused) for text in session.scalars(found))
    return max((int(one) for text in texts for one in number.findall(text)), default=0)
