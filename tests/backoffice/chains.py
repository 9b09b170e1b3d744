"""Records of our own making, chained as docs/WIRE.md says: what no terminal would write, too."""

import json
from hashlib import sha256
from typing import Any

ORIGIN = "0123456789abcdef0123456789abcdef"


def genesis(origin: str = ORIGIN) -> str:
    return sha256(origin.encode()).hexdigest()


def record(
    seq: int,
    before: str,
    kind: str = "SignedOn",
    body: str = '{"$":"SignedOn"}',
    personal: str = "",
    *,
    number: int = 0,
    origin: str = ORIGIN,
    terminal: str = "0571-03",
    boot: str = "boot",
) -> dict[str, Any]:
    """One event; `number` tells records of the same seq apart."""
    id_ = f"01a21e0f-aed2-7e90-{number:04x}-{seq:012x}"
    salt = "ab" * 16 if personal else ""
    promise = sha256(bytes.fromhex(salt) + personal.encode()).hexdigest() if personal else ""
    text = f"{seq}\n{id_}\n{kind}\n1795800674002\n{boot}\n{seq}\n{promise}\n{body}"
    return {
        "specversion": "1.0",
        "id": id_,
        "source": f"/terminals/{terminal}",
        "type": f"returns.{kind}",
        "time": "2026-11-27T17:31:14.002Z",
        "datacontenttype": "application/json",
        "seq": seq,
        "atms": 1795800674002,
        "boot": boot,
        "uptimems": seq,
        "origin": origin,
        "prevhash": before,
        "hash": sha256(bytes.fromhex(before) + text.encode()).hexdigest(),
        "promise": promise,
        "data": {"body": body, "salt": salt, "personal": personal},
    }


def chain(
    length: int, *, start: int = 1, before: str = "", number: int = 0, **fields: Any
) -> list[dict[str, Any]]:
    """So many records after one another."""
    made: list[dict[str, Any]] = []
    last = before or genesis(fields.get("origin", ORIGIN))
    for seq in range(start, start + length):
        made.append(record(seq, last, number=number, **fields))
        last = made[-1]["hash"]
    return made


def restored(seq: int, before: str, *, number: int = 0) -> dict[str, Any]:
    """A backup took the store's place after the record `seq` - 1."""
    body = json.dumps({"$": "StoreRestored", "head_seq": seq - 1})
    return record(seq, before, "StoreRestored", body, number=number)
