"""The books of one unit, kept beside it by somebody who sees only its journal, paper and screens.

The law: what was seen on a screen or on paper is in the file; what is in the file was done once.
Each check says in a sentence what it found wrong; no sentence means all is well.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from storage.records import JournalRow
from storage.store import Reader
from terminal.core.sale import Sale
from tests.system.till_roll import NOTICES, Printed

PARTS = {"RETURN": ("customer", "shop"), "RESULT": ("",)}
# What may follow what on a print job; "" is its birth.
JOB_STEPS = {
    "": {"QUEUED"},
    "QUEUED": {"SENDING", "FAILED"},
    "SENDING": {"PRINTED", "UNCERTAIN", "QUEUED"},
    "UNCERTAIN": {"PRINTED", "FAILED"},
    "PRINTED": set[str](),
    "FAILED": set[str](),
}
RETURN_STEPS = {
    "RECORDED": {"CONFIRMED", "VOIDED"},
    "CONFIRMED": {"ACCEPTED", "REFUNDED", "VOIDED"},
    "ACCEPTED": {"PROBLEM", "REFUNDED"},
    "PROBLEM": {"ACCEPTED", "REFUNDED"},
    "REFUNDED": set[str](),
    "VOIDED": set[str](),
}


@dataclass(slots=True)
class Job:
    kind: str
    copy: int
    number: str  # of its return; empty for a notice
    trail: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Books:
    """Everything known of one unit's life so far."""

    sales: dict[str, Sale]
    hashes: list[str] = field(default_factory=list)
    returns: dict[str, dict[str, Any]] = field(default_factory=dict)  # by id
    jobs: dict[str, Job] = field(default_factory=dict)
    paid: set[str] = field(default_factory=set)
    confirmed: set[str] = field(default_factory=set)
    accepted: set[tuple[str, int]] = field(default_factory=set)
    paper: Counter[Printed] = field(default_factory=Counter)
    touched: set[str] = field(default_factory=set)

    def read(self, store: Reader) -> Iterator[str]:
        """Take up the journal's new rows; what is wrong with them or with the tables beside."""
        self.touched.clear()
        before = self.hashes[-1] if self.hashes else None
        for row in store.journal(len(self.hashes)):
            if row.seq != len(self.hashes) + 1 or (before and row.prev_hash != before):
                yield f"journal row {row.seq} does not follow what was there before"
            before = row.hash
            self.hashes.append(row.hash)
            yield from self._row(row)
        yield from self._tables(store)

    def _row(self, row: JournalRow) -> Iterator[str]:
        record = json.loads(row.body)
        ret = record.get("ret")
        if ret and row.kind != "ReturnRecorded":
            yield from self._moved(row, ret)
        takers: dict[str, Callable[[dict[str, Any]], Iterator[str]]] = {
            "ReturnRecorded": self._recorded,
            "JobChanged": self._job,
            "CashPaid": self._cash,
            "CustomerConfirmed": self._confirmed,
            "RefundAccepted": self._refund,
        }
        if row.kind in takers:
            for fault in takers[row.kind](record):
                yield f"journal row {row.seq}: {fault}"

    def _recorded(self, record: dict[str, Any]) -> Iterator[str]:
        ret = record["ret"]
        if any(ret["number"] == one["number"] for one in self.returns.values()):
            yield f"{ret['number']} was recorded twice"
        if record["sequence"] != len(self.returns) + 1:
            yield f"{ret['number']} has sequence {record['sequence']}, not the next one"
        self.returns[ret["id"]] = ret
        self.touched.add(ret["sale_id"])
        yield from self._caps(ret["sale_id"])

    def _caps(self, sale_id: str) -> Iterator[str]:
        sale = self.sales[sale_id]
        lines, tenders = self.back(sale_id)
        for line in sale.lines:
            if lines[line.line, "quantity"] > line.quantity:
                yield f"{sale_id} line {line.line}: more goods came back than were sold"
            if lines[line.line, "amount"] > line.paid or lines[line.line, "tax"] > line.tax:
                yield f"{sale_id} line {line.line}: more money than was paid"
        for at, tender in enumerate(sale.tenders):
            if tenders[at] > tender.amount:
                yield f"{sale_id} tender {at}: more than was tendered"

    def back(self, sale_id: str) -> tuple[Counter[tuple[int, str]], Counter[int]]:
        """What came back of a sale by its lines, and went back to its tenders."""
        lines: Counter[tuple[int, str]] = Counter()
        tenders: Counter[int] = Counter()
        for ret in self.returns.values():
            if ret["sale_id"] != sale_id or ret["status"]["is"] == "VOIDED":
                continue
            for line in ret["settlement"]["lines"]:
                for what in ("quantity", "amount", "tax"):
                    lines[line["line"], what] += line[what]
            for refund in ret["settlement"]["refunds"]:
                tenders[refund["position"]] += refund["amount"]
        return lines, tenders

    def _moved(self, row: JournalRow, ret: dict[str, Any]) -> Iterator[str]:
        known = self.returns.get(ret["id"])
        if known is None:
            yield f"journal row {row.seq}: {ret['number']} was never recorded"
            return
        was, now = known["status"]["is"], ret["status"]["is"]
        if was != now:
            if now not in RETURN_STEPS[was]:
                yield f"journal row {row.seq}: {ret['number']} went from {was} to {now}"
            self.touched.add(ret["sale_id"])
        self.returns[ret["id"]] = {**known, "status": ret["status"]}

    def _job(self, record: dict[str, Any]) -> Iterator[str]:
        job, status = record["job"], record["status"]["is"]
        ret = self.returns.get(record["return_id"])
        known = self.jobs.setdefault(
            job["id"], Job(job["kind"]["is"], job["copy"], ret["number"] if ret else "")
        )
        was = known.trail[-1] if known.trail else ""
        if status not in JOB_STEPS[was]:
            yield f"print job {job['id']} went from {was or 'nothing'} to {status}"
        known.trail.append(status)

    def _confirmed(self, record: dict[str, Any]) -> Iterator[str]:
        number = record["ret"]["number"]
        if number in self.confirmed:
            yield f"{number} was confirmed twice"
        self.confirmed.add(number)

    def _cash(self, record: dict[str, Any]) -> Iterator[str]:
        number = record["ret"]["number"]
        if number in self.paid:
            yield f"cash of {number} was paid twice"
        self.paid.add(number)

    def _refund(self, record: dict[str, Any]) -> Iterator[str]:
        key = (record["ret"]["number"], record["position"])
        if key in self.accepted:
            yield f"refund {key} was accepted twice"
        self.accepted.add(key)

    def _tables(self, store: Reader) -> Iterator[str]:
        """The tables say what the journal says: they were written in the same transactions."""
        if store.next_return_sequence() != len(self.returns) + 1:
            yield f"{len(self.returns)} returns, but the next is {store.next_return_sequence()}"
        for sale_id in self.touched:
            lines, tenders = self.back(sale_id)
            kept = store.returned(sale_id)
            of_lines = Counter({(one.line, "quantity"): one.quantity for one in kept.lines})
            of_tenders = Counter({one.position: one.amount for one in kept.tenders})
            wanted = {key: n for key, n in lines.items() if key[1] == "quantity" and n}
            if {key: n for key, n in of_lines.items() if n} != wanted:
                yield f"{sale_id}: the table says {of_lines}, the journal {wanted}"
            if +of_tenders != +tenders:
                yield f"{sale_id}: the table pays {of_tenders}, the journal {tenders}"
        for ret in self.returns.values():
            found = store.return_by_number(ret["number"])
            if found is None or found.status != ret["status"]["is"].lower():
                yield f"{ret['number']} is {ret['status']['is']} in the journal, and {found}"

    def seen_on_screen(self, frames: Sequence[dict[str, Any]]) -> Iterator[str]:
        """Every journal head and every return that a screen has shown is in the file."""
        for frame in frames:
            seq, digest = frame["head"]
            if seq and (seq > len(self.hashes) or self.hashes[seq - 1] != digest):
                yield f"a screen was shown after journal row {seq}, which is not in the file"
            ret = json.loads(frame["state"]).get("ret")
            if ret and ret["id"] not in self.returns:
                yield f"a screen showed {ret['number']}, which is not in the file"

    def seen_on_paper(self, slips: Sequence[Printed], torn: Sequence[Printed]) -> Iterator[str]:
        """Every slip belongs to a job that was recorded as sending, and came out once."""
        for slip in (*slips, *torn):
            if slip.number and not any("SENDING" in job.trail for job in self._jobs_of(slip)):
                yield f"on paper, but not recorded as sending: {slip}"
        for slip in slips:
            if slip.whole:
                self.paper[slip] += 1
                if slip.kind not in NOTICES and self.paper[slip] > 1:
                    yield f"came out twice: {slip}"
        notices = sum(job.kind in NOTICES and "SENDING" in job.trail for job in self.jobs.values())
        if sum(n for one, n in self.paper.items() if one.kind in NOTICES) > notices:
            yield "more notices came out than were asked for"
        for job in self.jobs.values():
            yield from self._missing(job)

    def _jobs_of(self, slip: Printed) -> list[Job]:
        wanted = (slip.kind, slip.number, slip.copy)
        return [job for job in self.jobs.values() if (job.kind, job.number, job.copy) == wanted]

    def _missing(self, job: Job) -> Iterator[str]:
        """A job that the printer itself confirmed is on paper."""
        if job.kind in PARTS and job.trail[-2:] == ["SENDING", "PRINTED"]:
            for part in PARTS[job.kind]:
                if not self.paper[Printed(job.kind, job.number, job.copy, part, whole=True)]:
                    yield f"recorded as printed, but not on paper: {job}"
