"""What a reviewer or manager does about a return and its refunds."""

from collections.abc import Callable
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData

from backoffice import returns
from backoffice.audit import audit
from backoffice.desk.drawing import HEADERS
from backoffice.desk.guard import Form, Managing, Reviewing, Visit, text_of
from backoffice.desk.routes_looking import show_return
from backoffice.desk.words import DECLINED
from backoffice.office import Transaction
from backoffice.rails import acts
from backoffice.rails.chosen import MANUAL, Rails
from backoffice.words import Refused, Worded, say

router = APIRouter()
Position = Annotated[int, Path(ge=0, le=1000)]


@router.post("/returns/{return_id}/approve")
def approve(who: Reviewing, return_id: UUID, _: Form) -> Response:
    name = who.person.name
    return _done(who, return_id, "approved", lambda tx, one: returns.approve(tx, one, name))


@router.post("/returns/{return_id}/decline")
def decline(who: Reviewing, return_id: UUID, form: Form) -> Response:
    name, why = who.person.name, _why(form)
    return _done(who, return_id, "declined", lambda tx, one: returns.decline(tx, one, name, why))


@router.post("/returns/{return_id}/accept")
def accept(who: Managing, return_id: UUID, _: Form) -> Response:
    def act(tx: Transaction, one: str) -> None:
        returns.resolve_conflict(tx, one, who.person.name, accept=True)

    return _done(who, return_id, "conflict_accepted", act)


@router.post("/returns/{return_id}/refuse")
def refuse(who: Managing, return_id: UUID, form: Form) -> Response:
    why = _why(form)

    def act(tx: Transaction, one: str) -> None:
        acts.refuse(tx, one, who.person.name, why)

    return _done(who, return_id, "conflict_declined", act)


@router.post("/returns/{return_id}/refunds/{position}/paid")
def paid(who: Reviewing, return_id: UUID, position: Position, form: Form) -> Response:
    reference = text_of(form, "reference", 60)

    def act(tx: Transaction, one: str) -> None:
        acts.mark_paid(tx, one, position, who.person.name, reference)

    return _done(who, return_id, "paid_by_hand", act, f"tender {position}")


@router.post("/returns/{return_id}/refunds/{position}/failed")
def failed(who: Reviewing, return_id: UUID, position: Position, form: Form) -> Response:
    why = _why(form)

    def act(tx: Transaction, one: str) -> None:
        acts.mark_failed(tx, one, position, who.person.name, why)

    return _done(who, return_id, "not_paid_by_hand", act, f"tender {position}")


@router.post("/returns/{return_id}/refunds/{position}/again")
def again(who: Reviewing, return_id: UUID, position: Position, _: Form) -> Response:
    def act(tx: Transaction, one: str) -> None:
        acts.look_again(tx, one, position)

    return _done(who, return_id, "rail_asked", act, f"tender {position}")


@router.post("/returns/{return_id}/refunds/{position}/anew")
def anew(request: Request, who: Managing, return_id: UUID, position: Position, _: Form) -> Response:
    return _given_up(request, who, return_id, position, "")


@router.post("/returns/{return_id}/refunds/{position}/hand")
def by_hand(
    request: Request, who: Managing, return_id: UUID, position: Position, _: Form
) -> Response:
    return _given_up(request, who, return_id, position, MANUAL)


def _given_up(request: Request, who: Visit, return_id: UUID, position: int, rail: str) -> Response:
    rails: Rails = request.app.state.rails

    def act(tx: Transaction, one: str) -> None:
        acts.give_up(tx, rails, one, position, who.person.name, rail)

    return _done(who, return_id, "refund_anew", act, f"tender {position} {rail}".strip())


def _done(
    who: Visit,
    return_id: UUID,
    what: str,
    act: Callable[[Transaction, str], object],
    detail: str = "",
) -> Response:
    """The act and its audit in one transaction, then the return again: as it stands now."""
    one = str(return_id)

    def together(tx: Transaction) -> None:
        act(tx, one)
        audit(tx, who.person.name, what, one, detail)

    try:
        who.office.write(together)
    except Refused as refused:
        return show_return(who, one, say(refused.words, who.language), 409)
    return RedirectResponse(f"/desk/returns/{one}", 303, HEADERS)


def _why(form: FormData) -> Worded:
    """A reason of the office's own where it wrote one, else the one it chose."""
    own = Worded(text_of(form, "zh", 120), text_of(form, "en", 120))
    if own.zh or own.en:
        return own
    return DECLINED.get(text_of(form, "preset"), own)
