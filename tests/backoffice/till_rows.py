"""What a real terminal recorded, as its courier delivers it: both sides' code meets here alone."""

import gzip
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from storage.records import JournalRow
from tests.flows.cashier import Till

Event = dict[str, Any]


def events(till: Till, terminal: str = "0571-03", since: int = 0) -> list[Event]:
    """Every record of the till's journal after `since`."""
    origin = till.store.journal_origin()
    return [event_of(row, terminal, origin) for row in till.store.journal(since)]


def event_of(row: JournalRow, terminal: str, origin: str) -> Event:
    at = datetime.fromtimestamp(row.at_ms / 1000, UTC)
    return {
        "specversion": "1.0",
        "id": row.id,
        "source": f"/terminals/{terminal}",
        "type": f"returns.{row.kind}",
        "time": at.isoformat().replace("+00:00", "Z"),
        "datacontenttype": "application/json",
        "seq": row.seq,
        "atms": row.at_ms,
        "boot": row.boot,
        "uptimems": row.uptime_ms,
        "origin": origin,
        "prevhash": row.prev_hash,
        "hash": row.hash,
        "promise": row.promise,
        "data": {"body": row.body, "salt": row.salt, "personal": row.personal},
    }


def packed(batch: Iterable[Event]) -> bytes:
    return gzip.compress(json.dumps(list(batch), ensure_ascii=False).encode())


def verdicts(answer: dict[str, Any]) -> list[str]:
    return [one["verdict"] for one in answer["verdicts"]]


def kinds(batch: Sequence[Event]) -> list[str]:
    return [one["type"].removeprefix("returns.") for one in batch]
