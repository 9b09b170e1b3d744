"""Every read of the store; it cannot write, and goes on while somebody else does."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from storage import database, journal, print_jobs, returns, sales
from storage.drawer import DrawerBook
from storage.faults import Damaged, SaleDamaged, told
from storage.kinds import KindShelf
from storage.office import OfficeShelf
from storage.payers import Payers
from storage.pins import load_pepper
from storage.prices import PriceShelf
from storage.records import ChainBroken, JournalRow
from storage.store_credit import CreditShelf
from storage.values import PrintJob, ReturnedSoFar, SaleHead, StoredReturn, StoredSale

CLOCK_ROWS = 5_000  # a clock that ran ahead once, long ago, is no fault of today's


class Reader(PriceShelf, KindShelf, CreditShelf, OfficeShelf):
    """Reads only. Every method may raise a StorageFault; one thread at a time."""

    def __init__(self, file: Path, db: sqlite3.Connection) -> None:
        self.file = file
        self._db = db
        self.payers = Payers(file, db)
        self.drawer = DrawerBook(file, db)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """May be called twice."""
        self._db.close()

    @contextmanager
    def _sound(self) -> Iterator[None]:
        with told(self.file):
            try:
                yield
            except sales.SaleDamagedError as error:
                raise SaleDamaged(
                    self.file, "sale {sale} is not as it was added", sale=error
                ) from error

    def sale(self, sale_id: str) -> StoredSale | None:
        """Raises SaleDamaged when it is not as it was added."""
        with self._sound():
            return sales.by_id(self._db, sale_id)

    def on_file(self, sale: StoredSale) -> bool | None:
        """Whether just this sale is on file; None when none bears its id."""
        with told(self.file):
            return sales.on_file(self._db, sale)

    def heads_by_receipt_no(self, receipt_no: str) -> tuple[SaleHead, ...]:
        """Raises SaleDamaged when one of them cannot be read."""
        with self._sound():
            return sales.heads_by_receipt_no(self._db, receipt_no)

    def heads_by_day_and_total(self, day: str, total: int, limit: int) -> tuple[SaleHead, ...]:
        """Raises SaleDamaged when one of them cannot be read."""
        with self._sound():
            return sales.heads_by_day_and_total(self._db, day, total, limit)

    def heads_by_tail(self, tail: str, day: str, limit: int) -> tuple[SaleHead, ...]:
        """By the last four digits of a card or phone; newest first, of one ISO day or of any ("").

        Raises SaleDamaged when one of them cannot be read.
        """
        with self._sound():
            return sales.heads_by_clue(self._db, sales.tail_clue(tail), day, limit)

    def heads_by_goods(self, code: str, day: str, limit: int) -> tuple[SaleHead, ...]:
        """By GTIN or the shop's own code of an article; newest first, of one ISO day or any ("").

        Raises SaleDamaged when one of them cannot be read.
        """
        with self._sound():
            return sales.heads_by_clue(self._db, sales.goods_clue(code), day, limit)

    def categories(self) -> frozenset[str]:
        """Of all that was ever sold; reads every line."""
        with self._sound():
            return sales.categories(self._db)

    def returned(self, sale_id: str) -> ReturnedSoFar:
        with told(self.file):
            return returns.returned(self._db, sale_id)

    def return_by_id(self, return_id: str) -> StoredReturn | None:
        with told(self.file):
            return returns.by_id(self._db, return_id)

    def return_by_number(self, number: str) -> StoredReturn | None:
        with told(self.file):
            return returns.by_number(self._db, number)

    def return_by_sequence(self, sequence: int) -> StoredReturn | None:
        with told(self.file):
            return returns.by_sequence(self._db, sequence)

    def return_by_short_code(self, short_code: str) -> StoredReturn | None:
        with told(self.file):
            return returns.by_short_code(self._db, short_code)

    def returns_of_sale(self, sale_id: str) -> tuple[StoredReturn, ...]:
        with told(self.file):
            return returns.of_sale(self._db, sale_id)

    def returns_of_day(self, day: str) -> tuple[StoredReturn, ...]:
        with told(self.file):
            return returns.of_day(self._db, day)

    def next_return_sequence(self) -> int:
        with told(self.file):
            return returns.next_sequence(self._db)

    def journal(self, since_seq: int = 0) -> Iterator[JournalRow]:
        """The rows after `since_seq`, oldest first; may be read while commits go on."""
        with told(self.file):
            yield from journal.rows(self._db, since_seq)

    def journal_page(self, since_seq: int, rows_max: int, bytes_max: int) -> tuple[JournalRow, ...]:
        """What may be delivered next, as much as one batch may hold."""
        with told(self.file):
            return journal.page(self._db, since_seq, rows_max, bytes_max)

    def journal_origin(self) -> str:
        """32 hex digits: the hash before the first record is sha256 of it."""
        with told(self.file):
            return str(self._db.execute("SELECT origin FROM meta").fetchone()[0])

    def journal_head(self) -> tuple[int, str]:
        """(seq, hash in hex) of the last row: what the day report prints."""
        with told(self.file):
            seq, last = journal.head(self._db)
            return seq, last.hex()

    def last_commit_ms(self) -> int:
        """The latest moment among the last journal rows, by the wall clock of then; 0 for none.

        Not that of the last one: the clock may have been set back before it was written.
        """
        with told(self.file):
            (found,) = self._db.execute(
                "SELECT coalesce(max(at_ms), 0)"
                " FROM (SELECT at_ms FROM journal ORDER BY seq DESC LIMIT ?)",
                (CLOCK_ROWS,),
            ).fetchone()
            return int(found)

    def acked_seq(self) -> int:
        with told(self.file):
            return int(self._db.execute("SELECT acked_seq FROM meta").fetchone()[0])

    def unsent_count(self) -> int:
        with told(self.file):
            return int(self._db.execute("SELECT head_seq - acked_seq FROM meta").fetchone()[0])

    def load_state(self) -> str | None:
        with told(self.file):
            (state,) = self._db.execute("SELECT state FROM meta").fetchone()
            return None if state is None else str(state)

    def job(self, job_id: str) -> PrintJob | None:
        with told(self.file):
            return print_jobs.by_id(self._db, job_id)

    def jobs_with_status(self, *statuses: str) -> tuple[PrintJob, ...]:
        """Oldest first: at a start, what was queued or under way."""
        with told(self.file):
            return print_jobs.with_status(self._db, statuses)

    def copies_of(self, return_id: str, kind: str) -> int:
        with told(self.file):
            return print_jobs.copies_of(self._db, return_id, kind)

    def verify_chain(self) -> ChainBroken | None:
        with told(self.file):
            return journal.verify_chain(self._db)

    def check(self, *, whole: bool = True) -> None:
        """Raise Damaged unless the pages are sound and the journal's chain is unbroken.

        Not `whole` leaves out the sales' pages: 4 ms for each MB of them that a start can save.
        """
        database.quick_check(self.file, self._db, whole=whole)
        broken = self.verify_chain()
        if broken is not None:
            raise Damaged(self.file, "the journal is broken at record {seq}", seq=broken.seq)

    def check_key(self) -> None:
        """Raise PepperMissing where that alone keeps those on the register from signing on."""
        with told(self.file):
            found = self._db.execute("SELECT 1 FROM staff WHERE gone = 0 LIMIT 1").fetchone()
        if found is not None:
            load_pepper(self.file, may_create=False)


def open_reader(file: Path) -> Reader:
    """For another process (report, export): it cannot write, whatever it does."""
    return Reader(file, database.open_readonly(file))
