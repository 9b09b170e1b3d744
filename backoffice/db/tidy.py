"""After erasing: no copy of it is left where the database itself still keeps one.

SQLite overwrites what it frees (secure_delete), and its log is emptied here. PostgreSQL's dead rows
go by VACUUM; its write-ahead log and whoever makes backups keep theirs until those are replaced.
"""

from sqlalchemy import Engine, text

from backoffice.db.engine import is_sqlite, one_writer

ERASED = (
    "record_parts", "refused", "returns", "refunds", "refund_moves", "sales", "sale_lines",
    "sale_tenders", "sale_clues", "feed", "office_sessions", "office_audit",
)  # fmt: skip


def forget(engine: Engine) -> bool:
    """False where a reader stood in the way: to be tried again."""
    if not is_sqlite(engine):
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"VACUUM {', '.join(ERASED)}"))
        return True
    with one_writer(engine):
        raw = engine.raw_connection()
        try:
            busy, *_ = raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            raw.close()
    return not busy
