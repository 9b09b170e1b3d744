"""Records are taken once, in their chain, for ever, whatever else lies in the batch."""

import gzip
import json
from typing import Any

import pytest
from sqlalchemy import func, select

from backoffice.db.tables import Branch, ParkedRecord, Record, RecordPart, RefusedRecord
from backoffice.office import Office
from backoffice.wire.batch import RECORDS_MAX, UNPACKED_MAX
from terminal.courier.answers import delivered
from terminal.courier.protocol import Record as Sent
from tests.backoffice.chains import chain, genesis, record, restored
from tests.backoffice.client import HEADERS, Speaker
from tests.backoffice.till_rows import packed, verdicts


@pytest.fixture
def unit(office: Office) -> Speaker:
    return Speaker(office)


def _count(office: Office, table: Any) -> int:
    with office.reading() as session:
        return session.scalars(select(func.count()).select_from(table)).one()


def test_a_batch_is_kept_and_acknowledged(office: Office, unit: Speaker) -> None:
    batch = [*chain(2)]
    batch.append(record(3, batch[-1]["hash"], personal='["王芳"]'))
    answer = unit.delivers(batch)
    assert answer["acked"] == 3
    assert verdicts(answer) == ["stored"] * 3
    assert answer["server_ms"] == office.clock()
    assert answer["spread_s"] == 60
    with office.reading() as session:
        kept = session.scalars(select(Record).where(Record.seq == 3)).one()
        assert kept.body == batch[2]["data"]["body"]
        assert session.get_one(RecordPart, kept.id).personal == '["王芳"]'


def test_the_same_again_changes_nothing(office: Office, unit: Speaker) -> None:
    batch = chain(3)
    unit.delivers(batch)
    again = unit.delivers(batch + chain(1, start=4, before=batch[-1]["hash"]))
    assert verdicts(again) == ["known", "known", "known", "stored"]
    assert again["acked"] == 4
    assert _count(office, Record) == 4


def test_known_still_after_its_personal_part_was_erased(office: Office, unit: Speaker) -> None:
    one = record(1, genesis(), personal='["王芳"]')
    unit.delivers([one])
    erased = one | {"data": one["data"] | {"salt": "", "personal": ""}}
    assert verdicts(unit.delivers([erased])) == ["known"]


def test_a_gap_is_not_kept(office: Office, unit: Speaker) -> None:
    batch = chain(5)
    answer = unit.delivers([batch[0], batch[2], batch[3]])
    assert verdicts(answer) == ["stored", "ahead", "ahead"]
    assert answer["acked"] == 1
    assert verdicts(unit.delivers(batch)) == ["known", *["stored"] * 4]


def test_other_bytes_under_a_known_id_are_kept_aside(office: Office, unit: Speaker) -> None:
    first = chain(1)
    unit.delivers(first)
    other = [record(1, genesis(), body='{"$":"SignedOn","staff":"1008"}')]
    for _ in range(2):  # the courier tries again
        answer = unit.delivers(other)
        assert verdicts(answer) == ["refused"]
        assert answer["acked"] == 0  # of this journal: the record that is here is not its own
    with office.reading() as session:
        aside = session.scalars(select(RefusedRecord)).one()
        assert json.loads(aside.event) == other[0]


@pytest.mark.parametrize("broken", ["body", "personal", "prevhash", "hash", "origin"])
def test_a_record_that_does_not_fit_is_refused(unit: Speaker, broken: str) -> None:
    first = chain(1)
    unit.delivers(first)
    next_one = record(2, first[0]["hash"], personal='["王芳"]')
    if broken in next_one["data"]:
        next_one["data"][broken] += " "
    elif broken == "prevhash":
        next_one = record(2, genesis(), personal='["王芳"]')
    else:
        next_one[broken] = "0" * len(next_one[broken])
    answer = unit.delivers([next_one])
    assert verdicts(answer) == ["refused"]
    assert answer["acked"] == 1


def test_a_poisoned_body_is_parked_and_blocks_nothing(office: Office, unit: Speaker) -> None:
    bodies = ["not JSON", '{"$":"ReturnVoided","ret":{"id":5}}', "[" * 500, '{"\\ud800":1}']
    batch, last = [], genesis()
    for seq, body in enumerate(bodies, start=1):
        batch.append(record(seq, last, "ReturnVoided", body))
        last = batch[-1]["hash"]
    batch.append(record(5, last, "TimeTravelled", "{}"))
    batch.append(record(6, batch[-1]["hash"]))
    answer = unit.delivers(batch)
    assert verdicts(answer) == ["parked"] * 5 + ["stored"]
    assert answer["acked"] == 6
    assert all(one["why"] for one in answer["verdicts"][:5])
    assert (_count(office, Record), _count(office, ParkedRecord)) == (6, 5)


def test_a_restored_store_goes_on_in_a_new_branch(office: Office, unit: Speaker) -> None:
    old = chain(5)
    unit.delivers(old)
    begins = restored(4, old[2]["hash"], number=1)
    assert verdicts(unit.delivers([begins])) == ["stored"]
    after = chain(2, start=5, before=begins["hash"], number=1)
    answer = unit.delivers(after)
    assert (verdicts(answer), answer["acked"]) == (["stored", "stored"], 6)
    assert verdicts(unit.delivers(old[3:])) == ["known", "known"]
    lost = chain(1, start=6, before=old[4]["hash"], number=2)
    assert verdicts(unit.delivers(lost)) == ["refused"]  # the old branch has ended
    with office.reading() as session:
        branches = session.scalars(select(Branch).order_by(Branch.number))
        assert [(one.from_seq, one.acked) for one in branches] == [(1, 5), (4, 6)]


def heard(answer: dict[str, Any], batch: list[dict[str, Any]]) -> int:
    """What a courier makes of the answer: it raises where it does not believe it."""
    sent = [
        Sent(*(one["seq"], one["id"], one["type"], one["atms"], "", 0, one["origin"]),
             one["prevhash"], one["hash"], one["promise"], one["data"]["body"])
        for one in batch
    ]  # fmt: skip
    return delivered(json.dumps(answer).encode(), sent).acked


def test_of_a_left_branch_all_that_is_here_is_acknowledged(unit: Speaker) -> None:
    """A second backup, newer than the first: its records are here, and the newest branch is
    shorter than they are.
    """
    old = chain(9)
    unit.delivers(old)
    unit.delivers([restored(4, old[2]["hash"], number=1)])
    answer = unit.delivers(old[4:8])
    assert verdicts(answer) == ["known"] * 4
    assert heard(answer, old[4:8]) == 8
    begins = restored(9, old[7]["hash"], number=2)
    assert heard(unit.delivers([begins]), [begins]) == 9


def test_a_copy_of_a_store_is_refused_so_that_its_courier_believes_it(unit: Speaker) -> None:
    """Put back by hand, without `restore`: it goes on as if nothing had been after it."""
    old = chain(5)
    unit.delivers(old)
    copy = chain(2, start=4, before=old[2]["hash"], number=1)
    batch = [*old[1:3], *copy]
    answer = unit.delivers(batch)
    assert verdicts(answer) == ["known", "known", "refused", "refused"]
    assert heard(answer, batch) == 3
    assert heard(unit.delivers(copy), copy) == 3


def test_another_units_disk_is_refused_so_that_its_courier_believes_it(office: Office) -> None:
    Speaker(office, "0571-04").delivers(chain(2, terminal="0571-04"))
    batch = chain(2)
    answer = Speaker(office).delivers(batch)
    assert verdicts(answer) == ["refused", "refused"]
    assert heard(answer, batch) == 0


def test_a_backup_of_an_earlier_disk_goes_on_in_a_new_branch(unit: Speaker) -> None:
    """The disk died, a new one worked for a day, then the backup was found."""
    old = chain(5)
    unit.delivers(old)
    unit.certificate = unit.enrolled()
    unit.delivers(chain(2, origin="f" * 32, number=7))
    begins = restored(5, old[3]["hash"], number=1)
    answer = unit.delivers([begins])
    assert (verdicts(answer), heard(answer, [begins])) == (["stored"], 5)
    assert verdicts(unit.delivers([restored(6, begins["hash"], number=2)])) == ["stored"]
    lost = chain(1, start=6, before=old[4]["hash"], number=3)
    answer = unit.delivers(lost)
    assert (verdicts(answer), heard(answer, lost)) == (["refused"], 5)  # nothing leads to a loop


def test_a_backup_newer_than_what_is_here_waits_for_its_records(unit: Speaker) -> None:
    old = chain(4)
    unit.delivers(old[:2])
    begins = restored(5, old[3]["hash"], number=1)
    assert verdicts(unit.delivers([begins])) == ["ahead"]
    assert verdicts(unit.delivers([*old[2:], begins])) == ["stored"] * 3


def test_a_new_disk_begins_anew_only_after_enrolling(unit: Speaker) -> None:
    unit.delivers(chain(3))
    fresh = chain(2, origin="f" * 32, number=7)
    assert verdicts(unit.delivers(fresh)) == ["refused", "refused"]
    unit.certificate = unit.enrolled()
    answer = unit.delivers(fresh)
    assert (verdicts(answer), answer["acked"]) == (["stored", "stored"], 2)


def test_sizes_are_checked_before_and_while_unpacking(unit: Speaker) -> None:
    bomb = gzip.compress(b"[" + b" " * (50 * UNPACKED_MAX) + b"]")
    assert len(bomb) < UNPACKED_MAX
    for body, status in (
        (bomb, 413),
        (bytes(UNPACKED_MAX + 1), 413),
        (packed(chain(RECORDS_MAX + 1)), 422),
        (packed(chain(3))[:-9], 422),
        (packed(chain(3)) + b"x", 422),
        (b"", 422),
        (gzip.compress(b'{"id": 1}'), 422),
        (gzip.compress(b"[[[[" * 100_000), 422),
        (packed([record(1, genesis(), terminal="0571-04")]), 422),
        (packed([{**chain(1)[0], "seq": 0}]), 422),
    ):
        response = unit.http.post("/v1/records", content=body, headers=HEADERS)
        assert response.status_code == status, (body[:40], response.text)


def test_other_types_are_turned_away(unit: Speaker) -> None:
    batch = packed(chain(1))
    for headers in (
        HEADERS | {"Content-Type": "application/json"},
        HEADERS | {"Content-Encoding": "br"},
    ):
        assert unit.http.post("/v1/records", content=batch, headers=headers).status_code == 415
    plain = {"Content-Type": HEADERS["Content-Type"]}
    text = json.dumps(chain(1)).encode()
    assert unit.http.post("/v1/records", content=text, headers=plain).status_code == 200


def test_only_who_shows_a_good_certificate_is_heard(office: Office, unit: Speaker) -> None:
    batch = packed(chain(1))
    unknown, unit.certificate = unit.certificate, None
    assert unit.http.post("/v1/records", content=batch, headers=HEADERS).status_code == 401
    unit.certificate = unknown
    unit.enrolled()  # a successor takes the name
    assert unit.http.post("/v1/records", content=batch, headers=HEADERS).status_code == 403
