"""The fake office's book of records: each once, in its chain, with the verdict of docs/WIRE.md."""

import threading
from hashlib import sha256
from typing import Any


class RecordBook:
    """One terminal's records. `parks` are kinds that it does not understand."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.records: list[dict[str, Any]] = []  # by seq, without gaps
        self.parks: set[str] = set()
        self.twice = 0  # known records that came again

    @property
    def acked(self) -> int:
        return len(self.records)

    @property
    def kinds(self) -> list[str]:
        return [one["type"].removeprefix("returns.") for one in self.records]

    def take(self, batch: list[dict[str, Any]]) -> dict[str, Any]:
        with self._lock:
            verdicts = [
                {"id": one["id"], "seq": one["seq"], "verdict": self._one(one), "why": ""}
                for one in batch
            ]
            return {"acked": self.acked, "verdicts": verdicts}

    def _one(self, record: dict[str, Any]) -> str:
        seq, known = record["seq"], len(self.records)
        if seq <= known:
            if self.records[seq - 1] != record:
                return "refused"
            self.twice += 1
            return "known"
        if seq > known + 1:
            return "ahead"
        if not self._fits(record):
            return "refused"
        self.records.append(record)
        return "parked" if record["type"].removeprefix("returns.") in self.parks else "stored"

    def _fits(self, it: dict[str, Any]) -> bool:
        before = (
            self.records[-1]["hash"] if self.records else sha256(it["origin"].encode()).hexdigest()
        )
        kind = it["type"].removeprefix("returns.")
        text = (
            f"{it['seq']}\n{it['id']}\n{kind}\n{it['atms']}\n{it['boot']}\n{it['uptimems']}\n"
            f"{it['promise']}\n{it['data']['body']}"
        )
        told = sha256(bytes.fromhex(it["prevhash"]) + text.encode()).hexdigest()
        data = it["data"]
        promise = sha256(bytes.fromhex(data["salt"]) + data["personal"].encode()).hexdigest()
        kept = not data["salt"] or promise == it["promise"]
        return it["prevhash"] == before and told == it["hash"] and kept
