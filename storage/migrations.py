"""The schema, grown by sqlite-utils migrations: each of them and its version are one transaction.

Law of the file: a migration that has shipped is never edited; the next one is added below it and
SCHEMA_VERSION counts it. Tables are STRICT. What must never change is refused by triggers, so that
not even our own bug can change it.
"""

import sqlite3

from sqlite_utils import Database, Migrations

from storage.schema import APPLICATION_ID, SCHEMA_VERSION

schema = Migrations("returns-terminal")

SALES = """
CREATE TABLE sales (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    business_unit TEXT NOT NULL, workstation TEXT NOT NULL, business_day TEXT NOT NULL,
    sequence INTEGER NOT NULL, receipt_no TEXT NOT NULL, sold_at TEXT NOT NULL,
    cashier TEXT NOT NULL, currency TEXT NOT NULL, digits INTEGER NOT NULL,
    total INTEGER NOT NULL, phone_tail TEXT NOT NULL,
    content BLOB NOT NULL CHECK (length(content) = 32),
    seal BLOB CHECK (seal IS NULL OR length(seal) = 8)
) STRICT;
CREATE INDEX sales_by_receipt_no ON sales (receipt_no);
CREATE INDEX sales_by_day_and_total ON sales (business_day, total);
CREATE TABLE sale_lines (
    sale INTEGER NOT NULL REFERENCES sales (key) ON DELETE CASCADE, line INTEGER NOT NULL,
    sku TEXT NOT NULL, gtin TEXT NOT NULL, name TEXT NOT NULL, unit TEXT NOT NULL,
    quantity INTEGER NOT NULL, list_price INTEGER NOT NULL, net INTEGER NOT NULL,
    paid INTEGER NOT NULL, tax_rate INTEGER NOT NULL, tax INTEGER NOT NULL,
    category TEXT NOT NULL, PRIMARY KEY (sale, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE sale_reductions (
    sale INTEGER NOT NULL REFERENCES sales (key) ON DELETE CASCADE, position INTEGER NOT NULL,
    kind TEXT NOT NULL, amount INTEGER NOT NULL, threshold INTEGER NOT NULL,
    PRIMARY KEY (sale, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE sale_tenders (
    sale INTEGER NOT NULL REFERENCES sales (key) ON DELETE CASCADE, position INTEGER NOT NULL,
    kind TEXT NOT NULL, amount INTEGER NOT NULL, reference TEXT NOT NULL,
    masked TEXT NOT NULL, PRIMARY KEY (sale, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE sale_bundles (
    sale INTEGER NOT NULL REFERENCES sales (key) ON DELETE CASCADE, position INTEGER NOT NULL,
    sku TEXT NOT NULL, name TEXT NOT NULL, lines TEXT NOT NULL,
    whole INTEGER NOT NULL CHECK (whole IN (0, 1)), PRIMARY KEY (sale, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE sale_gifts (
    sale INTEGER NOT NULL REFERENCES sales (key) ON DELETE CASCADE, line INTEGER NOT NULL,
    earned_by TEXT NOT NULL, threshold INTEGER NOT NULL, PRIMARY KEY (sale, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE sale_batches (
    sale INTEGER NOT NULL REFERENCES sales (key) ON DELETE CASCADE, line INTEGER NOT NULL,
    batch TEXT NOT NULL, PRIMARY KEY (sale, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE sale_serials (
    sale INTEGER NOT NULL REFERENCES sales (key) ON DELETE CASCADE, place INTEGER NOT NULL,
    line INTEGER NOT NULL, serial TEXT NOT NULL, PRIMARY KEY (sale, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE sale_clues (
    clue TEXT NOT NULL, day TEXT NOT NULL, sale INTEGER NOT NULL,
    PRIMARY KEY (clue, day, sale)
) STRICT, WITHOUT ROWID
"""

PRICES = """
CREATE TABLE prices (
    sku TEXT NOT NULL, valid_from TEXT NOT NULL, gtin TEXT NOT NULL, name TEXT NOT NULL,
    unit TEXT NOT NULL, price INTEGER NOT NULL CHECK (price >= 0), currency TEXT NOT NULL,
    digits INTEGER NOT NULL, tax_rate INTEGER NOT NULL, category TEXT NOT NULL,
    PRIMARY KEY (sku, valid_from)
) STRICT, WITHOUT ROWID;
CREATE INDEX prices_by_gtin ON prices (gtin)
"""

RETURNS = """
CREATE TABLE returns (
    sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
    id TEXT NOT NULL UNIQUE, number TEXT NOT NULL UNIQUE, short_code TEXT UNIQUE,
    sale INTEGER NOT NULL REFERENCES sales (key), day TEXT NOT NULL, currency TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount >= 0), fee INTEGER NOT NULL CHECK (fee >= 0),
    shortfall INTEGER NOT NULL, gifts INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status <> ''), body TEXT NOT NULL, personal TEXT,
    kind TEXT NOT NULL CHECK (kind <> '')
) STRICT;
CREATE INDEX returns_by_sale ON returns (sale);
CREATE INDEX returns_by_day ON returns (day);
CREATE TABLE return_lines (
    return INTEGER NOT NULL REFERENCES returns (sequence), place INTEGER NOT NULL,
    line INTEGER NOT NULL, quantity INTEGER NOT NULL CHECK (quantity >= 0),
    amount INTEGER NOT NULL CHECK (amount >= 0), tax INTEGER NOT NULL CHECK (tax >= 0),
    sku TEXT NOT NULL, reason TEXT NOT NULL, condition TEXT NOT NULL, disposition TEXT NOT NULL,
    PRIMARY KEY (return, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE return_tenders (
    return INTEGER NOT NULL REFERENCES returns (sequence), place INTEGER NOT NULL,
    position INTEGER NOT NULL, kind TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount >= 0), owed INTEGER NOT NULL,
    PRIMARY KEY (return, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE return_serials (
    return INTEGER NOT NULL REFERENCES returns (sequence), place INTEGER NOT NULL,
    line INTEGER NOT NULL, serial TEXT NOT NULL, PRIMARY KEY (return, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE return_payers (
    payer BLOB NOT NULL CHECK (length(payer) = 16), day TEXT NOT NULL,
    return INTEGER NOT NULL REFERENCES returns (sequence), kind TEXT NOT NULL,
    PRIMARY KEY (payer, day, return)
) STRICT, WITHOUT ROWID;
CREATE INDEX return_payers_by_return ON return_payers (return)
"""

CREDITS = """
CREATE TABLE credits (
    code TEXT PRIMARY KEY, return_id TEXT NOT NULL REFERENCES returns (id),
    amount INTEGER NOT NULL CHECK (amount > 0), currency TEXT NOT NULL, until TEXT NOT NULL
) STRICT, WITHOUT ROWID
"""

# The journal has no gap: each row but the first comes `after` one that is there.
RECORDS = """
CREATE TABLE journal (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL, kind TEXT NOT NULL, at_ms INTEGER NOT NULL,
    boot TEXT NOT NULL, uptime_ms INTEGER NOT NULL,
    promise BLOB NOT NULL CHECK (length(promise) IN (0, 32)), body TEXT NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    after INTEGER REFERENCES journal (seq) CHECK (after IS nullif(seq - 1, 0))
) STRICT;
CREATE TABLE journal_personal (
    seq INTEGER PRIMARY KEY REFERENCES journal (seq),
    salt BLOB NOT NULL CHECK (length(salt) = 16), part TEXT NOT NULL
) STRICT;
CREATE TABLE meta (
    only INTEGER PRIMARY KEY CHECK (only = 1), origin TEXT NOT NULL, state TEXT,
    head_seq INTEGER NOT NULL, head_hash BLOB NOT NULL,
    acked_seq INTEGER NOT NULL CHECK (acked_seq BETWEEN 0 AND head_seq),
    unknown_tries INTEGER NOT NULL,
    numbers_after INTEGER NOT NULL CHECK (numbers_after >= 0)
) STRICT;
CREATE TABLE print_jobs (
    id TEXT PRIMARY KEY, return_id TEXT REFERENCES returns (id), kind TEXT NOT NULL,
    copy INTEGER NOT NULL CHECK (copy >= 0), status TEXT NOT NULL CHECK (status <> '')
) STRICT, WITHOUT ROWID;
CREATE INDEX print_jobs_by_return ON print_jobs (return_id, kind);
CREATE TABLE staff (
    number TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, pin TEXT NOT NULL,
    badge BLOB UNIQUE, tries INTEGER NOT NULL, locked_until_ms INTEGER NOT NULL,
    gone INTEGER NOT NULL CHECK (gone IN (0, 1))
) STRICT
"""

DRAWER = """
CREATE TABLE shifts (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, day TEXT NOT NULL,
    closed INTEGER NOT NULL CHECK (closed IN (0, 1)), paid INTEGER NOT NULL,
    body TEXT NOT NULL, personal TEXT
) STRICT;
CREATE UNIQUE INDEX one_shift_is_open ON shifts (closed) WHERE closed = 0;
CREATE INDEX shifts_by_day ON shifts (day);
CREATE TABLE drawer_cash (
    id TEXT PRIMARY KEY, return_id TEXT NOT NULL REFERENCES returns (id),
    shift TEXT REFERENCES shifts (id), amount INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX drawer_cash_by_shift ON drawer_cash (shift)
"""

OFFICE = """
CREATE TABLE office (
    only INTEGER PRIMARY KEY CHECK (only = 1), cursor INTEGER NOT NULL CHECK (cursor >= 0),
    parked INTEGER NOT NULL CHECK (parked >= 0)
) STRICT;
CREATE TABLE office_states (
    return_id TEXT PRIMARY KEY, version INTEGER NOT NULL, body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE returned_elsewhere (
    key INTEGER PRIMARY KEY, sale_id TEXT NOT NULL UNIQUE, version INTEGER NOT NULL,
    day TEXT NOT NULL, body TEXT NOT NULL
) STRICT
"""

# One trigger a promise: (name, event, what it says when it fires).
PROMISES = (
    ("journal_row_stays", "UPDATE ON journal", "a journal row never changes"),
    ("journal_keeps_all", "DELETE ON journal", "a journal row is never deleted"),
    ("journal_part_stays", "UPDATE ON journal_personal", "a personal part is only erased"),
    ("return_line_stays", "UPDATE ON return_lines", "a return line never changes"),
    ("return_line_kept", "DELETE ON return_lines", "a return line is never deleted"),
    ("return_tender_stays", "UPDATE ON return_tenders", "a refund never changes"),
    ("return_tender_kept", "DELETE ON return_tenders", "a refund is never deleted"),
    ("return_kept", "DELETE ON returns", "a return is never deleted"),
    (
        "return_facts_stay",
        (
            "UPDATE OF sequence, id, number, sale, day, currency, amount, fee, shortfall, gifts,"
            " kind ON returns"
        ),
        "only the status and body of a return change",
    ),
    (
        "short_code_stays",
        "UPDATE OF short_code ON returns WHEN NEW.short_code IS NOT NULL",
        "a short code is only erased",
    ),
    (
        "void_is_final",
        "UPDATE OF status ON returns WHEN OLD.status = 'voided' AND NEW.status <> 'voided'",
        "a voided return stays voided",
    ),
    ("staff_kept", "DELETE ON staff", "nobody is deleted: who leaves signs on no more"),
    (
        "closed_shift_stays",
        "UPDATE OF id, day, closed, paid, body ON shifts WHEN OLD.closed = 1",
        "a closed shift never changes",
    ),
    (
        "shift_part_stays",
        "UPDATE OF personal ON shifts WHEN OLD.closed = 1 AND NEW.personal IS NOT NULL",
        "of a closed shift the personal part is only erased",
    ),
    ("shift_kept", "DELETE ON shifts", "a shift is never deleted"),
    ("drawer_cash_stays", "UPDATE ON drawer_cash", "cash that was paid never changes"),
    ("drawer_cash_kept", "DELETE ON drawer_cash", "cash that was paid is never deleted"),
    (
        "sale_stays",
        "UPDATE ON sales WHEN NEW.seal IS NOT NULL OR NEW.phone_tail <> ''",
        "of a sale only the personal part is erased",
    ),
    (
        "sale_facts_stay",
        (
            "UPDATE OF key, id, business_unit, workstation, business_day, sequence, receipt_no,"
            " sold_at, cashier, currency, digits, total, content ON sales"
        ),
        "a sale never changes",
    ),
    ("sale_line_stays", "UPDATE ON sale_lines", "a sale line never changes"),
    ("sale_bundle_stays", "UPDATE ON sale_bundles", "what hangs together never changes"),
    ("sale_batch_stays", "UPDATE ON sale_batches", "the batch of a line never changes"),
    ("sale_serial_stays", "UPDATE ON sale_serials", "a serial number is only erased"),
    ("return_serial_stays", "UPDATE ON return_serials", "a serial number is only erased"),
    ("sale_gift_stays", "UPDATE ON sale_gifts", "what earned a gift never changes"),
    (
        "sale_tender_stays",
        (
            "UPDATE ON sale_tenders WHEN NEW.reference || NEW.masked <> ''"
            " OR (NEW.sale, NEW.position, NEW.kind, NEW.amount)"
            " IS NOT (OLD.sale, OLD.position, OLD.kind, OLD.amount)"
        ),
        "of a sale tender only the personal part is erased",
    ),
)


@schema()
def first_tables(db: Database) -> None:
    for script in (SALES, PRICES, RETURNS, CREDITS, RECORDS, DRAWER):
        for statement in script.split(";"):
            db.execute(statement)
    for name, event, promise in PROMISES:
        db.execute(
            f"CREATE TRIGGER {name} BEFORE {event} BEGIN SELECT RAISE(ABORT, '{promise}'); END"
        )
    db.execute(
        "INSERT INTO meta VALUES (1, lower(hex(randomblob(16))), NULL, 0, zeroblob(32), 0, 0, 0)"
    )
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute("PRAGMA user_version = 1")


@schema()
def back_office(db: Database) -> None:
    """What the office says: our part of its feed, and what came back at other terminals."""
    for statement in OFFICE.split(";"):
        db.execute(statement)
    db.execute("INSERT INTO office VALUES (1, 0, 0)")
    db.execute("PRAGMA user_version = 2")


@schema()
def open_returns(db: Database) -> None:
    """Returns that are not at their end are found without reading all that there ever were."""
    db.execute(
        "CREATE INDEX returns_open ON returns (sequence)"
        " WHERE status IN ('recorded', 'confirmed', 'accepted', 'problem')"
    )
    db.execute("PRAGMA user_version = 3")


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the schema up to SCHEMA_VERSION; a cut between two migrations is resumed."""
    schema.apply(Database(connection, execute_plugins=False))
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    assert version == SCHEMA_VERSION, version
