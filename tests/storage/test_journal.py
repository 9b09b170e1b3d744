"""The journal is a chain: a changed, lost, added or swapped row is found at the next start."""

import sqlite3
import time
from collections.abc import Callable
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest

from storage import journal
from storage.faults import Damaged
from storage.records import ChainBroken, JournalEntry
from storage.store import Store, open_store
from tests.storage.samples import step

ROWS = 40
AFTER_THE_LAST = """
INSERT INTO journal SELECT 41, '', '', 0, '', 0, x'', '', hash, 40 FROM journal LIMIT 1
"""


def test_the_chain_can_be_followed_by_its_published_rule(store: Store) -> None:
    for number in (1, 2, 3):
        store.commit(step(number, body='{"text":"退货\\n"}\n'))
    rows = list(store.journal())
    for before, row in pairwise(rows):
        assert row.prev_hash == before.hash
    for row in rows:
        fields = (row.seq, row.id, row.kind, row.at_ms, row.boot, row.uptime_ms, row.promise)
        text = "\n".join([*map(str, fields), row.body])
        assert row.hash == sha256(bytes.fromhex(row.prev_hash) + text.encode()).hexdigest()
    assert [row.seq for row in rows] == [1, 2, 3]
    assert store.journal_head() == (3, rows[-1].hash)


def test_reading_on_from_a_seq_gives_the_rest(store: Store) -> None:
    for number in range(1, 6):
        store.commit(step(number))
    rows = list(store.journal())
    assert list(store.journal(3)) == rows[3:]
    assert list(store.journal(5)) == []


def test_commits_go_on_while_the_outbox_is_read(store: Store) -> None:
    for number in range(1, journal.PAGE_ROWS + 10):
        store.commit(step(number))
    reading = store.journal()
    assert next(reading).seq == 1
    store.commit(step(10_000))
    assert [row.seq for row in reading] == list(range(2, journal.PAGE_ROWS + 11))


def test_a_clock_that_was_set_back_before_the_last_record_is_still_known(store: Store) -> None:
    """A restart must not take the latest record's word for it that the clock is right."""
    assert store.last_commit_ms() == 0
    store.commit(step(86_400_000))
    store.commit(step(1))
    assert store.last_commit_ms() == step(86_400_000).at_ms


def test_two_terminals_do_not_share_a_chain(tmp_path: Path) -> None:
    heads = set()
    for name in ("one.db", "two.db"):
        with open_store(tmp_path / name) as store:
            store.commit(step(1))
            heads.add(store.journal_head())
    assert len(heads) == 2


def test_a_newline_in_a_field_is_refused(store: Store) -> None:
    """Else two different rows could share one text, and so one hash."""
    entry = JournalEntry("entry\n1", "kind", "{}")
    with pytest.raises(AssertionError):
        store.commit(step(1).__class__(None, 0, "boot", 0, (entry,)))
    assert list(store.journal()) == []


@pytest.mark.parametrize(
    ("tamper", "seq"),
    [
        ("UPDATE journal SET body = '{}x' WHERE seq = 7", 7),
        ("UPDATE journal SET kind = 'other' WHERE seq = 40", 40),
        ("UPDATE journal SET at_ms = at_ms + 1 WHERE seq = 1", 1),
        ("UPDATE journal SET hash = zeroblob(32) WHERE seq = 20", 20),
        ("UPDATE journal SET id = 'entry-10' WHERE seq = 9", 9),
        ("DELETE FROM journal WHERE seq = 12", 12),
        ("DELETE FROM journal WHERE seq = 40", 40),
        ("DELETE FROM journal", 1),
        (AFTER_THE_LAST, 41),
        ("UPDATE meta SET origin = 'another terminal'", 1),
    ],
)
def test_tampering_is_found_at_the_next_start(
    file: Path, store: Store, tamper: str, seq: int
) -> None:
    for number in range(1, ROWS + 1):
        store.commit(step(number))
    assert store.verify_chain() is None
    store.close()
    db = sqlite3.connect(file)
    for (trigger,) in db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall():
        db.execute(f"DROP TRIGGER {trigger}")
    db.execute(tamper)
    db.commit()
    db.close()
    with pytest.raises(Damaged, match=f"record {seq}"):
        open_store(file)
    with open_store(file, quick_check=False) as unchecked:
        assert unchecked.verify_chain() == ChainBroken(seq)


def test_fifty_thousand_rows_are_verified_within_a_quarter_second(file: Path, store: Store) -> None:
    last = journal.genesis(store._db.execute("SELECT origin FROM meta").fetchone()[0])
    rows = []
    for seq in range(1, 50_001):
        fields = (seq, f"0193a7c2-{seq:08d}", "return.recorded", seq, "b1f8a6", seq, "", "x" * 300)
        last = sha256(last + "\n".join(map(str, fields)).encode()).digest()
        rows.append((*fields[:6], b"", fields[7], last, seq - 1 or None))
    with store._transaction:
        store._db.executemany(journal.ENTRY, rows)
        store._db.execute("UPDATE meta SET head_seq = 50000, head_hash = ?", (last,))
    store.checkpoint()

    def bare_read() -> None:
        for row in store._db.execute("SELECT * FROM journal ORDER BY seq"):
            sha256(row[7].encode()).digest()

    def least(run: Callable[[], object]) -> float:
        times = []
        for _ in range(3):
            started = time.process_time()
            run()
            times.append(time.process_time() - started)
        return min(times)

    # A busy machine slows both: the bare reading and hashing of the same rows is the yardstick.
    assert least(store.verify_chain) < max(0.25, 2.5 * least(bare_read))
