"""Records as CloudEvents 1.0.2 in a batch, as the back office takes them (docs/WIRE.md).

Law of the file: a body is carried as text, never read: its bytes are what the hash stands for.
"""

import gzip
from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from terminal.courier.protocol import Record

UNPACKED_MAX = 2**20  # bytes of one batch
LEVEL = 6


def event(record: Record, terminal: str) -> dict[str, object]:
    """One record as one event of this terminal."""
    at = datetime.fromtimestamp(record.at_ms / 1000, UTC)
    return {
        "specversion": "1.0",
        "id": record.id,
        "source": f"/terminals/{terminal}",
        "type": f"returns.{record.kind}",
        "time": f"{at:%Y-%m-%dT%H:%M:%S}.{record.at_ms % 1000:03d}Z",
        "datacontenttype": "application/json",
        "seq": record.seq,
        "atms": record.at_ms,
        "boot": record.boot,
        "uptimems": record.uptime_ms,
        "origin": record.origin,
        "prevhash": record.prev_hash,
        "hash": record.hash,
        "promise": record.promise,
        "data": {"body": record.body, "salt": record.salt, "personal": record.personal},
    }


def packed(records: Sequence[Record], terminal: str) -> tuple[int, bytes]:
    """As many of the records, from the first on, as one batch may hold, and the batch in gzip.

    At least one is in it: one that is too large alone is the office's to refuse.
    """
    encode = msgspec.json.Encoder().encode
    texts: list[bytes] = []
    size = 2
    for one in records:
        text = encode(event(one, terminal))
        size += len(text) + 1
        if texts and size > UNPACKED_MAX:
            break
        texts.append(text)
    return len(texts), gzip.compress(b"[" + b",".join(texts) + b"]", LEVEL, mtime=0)
