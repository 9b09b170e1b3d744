"""Records that the books could not take: looked at, seen to, taken again."""

from uuid import UUID

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from backoffice.archive import parked
from backoffice.audit import audit
from backoffice.db.tables import ParkedRecord
from backoffice.desk.drawing import HEADERS, draw
from backoffice.desk.guard import Form, Managing, Reviewing, Viewing, Visit
from backoffice.desk.lists import aside
from backoffice.desk.words import LABELS
from backoffice.office import Transaction
from backoffice.words import Refused, say

router = APIRouter()


@router.get("/aside")
def set_aside(who: Viewing) -> Response:
    return _shown(who)


@router.post("/aside/all/take")
def take_all(who: Managing, _: Form) -> Response:
    """Every open one, in the order of their chains."""
    tried = parked.take_all(who.office, who.person.name)
    left = sum(1 for one in tried if one.why)
    return _shown(who, *_told(who, len(tried) - left, left))


@router.post("/aside/{record_id}/take")
def take(who: Managing, record_id: UUID, _: Form) -> Response:
    try:
        done = who.office.write(lambda tx: parked.take_again(tx, str(record_id), who.person.name))
    except Refused as refused:
        return _shown(who, wrong=say(refused.words, who.language), status=404)
    return _shown(who, *_told(who, int(not done.why), int(bool(done.why))))


@router.post("/aside/{record_id}")
def settle(who: Reviewing, record_id: UUID, _: Form) -> Response:
    def act(tx: Transaction) -> None:
        found = tx.session.get(ParkedRecord, str(record_id))
        if found is not None and found.settled_at is None:
            found.settled_at = tx.now
            audit(tx, who.person.name, "parked_settled", str(record_id))

    who.office.write(act)
    return RedirectResponse("/desk/aside", 303, HEADERS)


def _told(who: Visit, taken: int, left: int) -> tuple[str, str]:
    """What was done, and what was not."""
    done = say(LABELS["taken_now"], who.language).format(taken) if taken else ""
    return done, say(LABELS["not_taken"], who.language).format(left) if left else ""


def _shown(who: Visit, done: str = "", wrong: str = "", status: int = 200) -> Response:
    with who.office.reading() as session:
        records, refused = aside(session)
        return draw(who, "aside", status, parked=records, refused=refused, done=done, wrong=wrong)
