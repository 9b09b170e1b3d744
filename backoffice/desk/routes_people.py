"""The office's people and what they did."""

from collections.abc import Callable

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import select
from starlette.datastructures import FormData

from backoffice import people
from backoffice.db.tables import AuditEntry, OfficeUser
from backoffice.desk.drawing import HEADERS, draw
from backoffice.desk.guard import Form, Managing, Visit, text_of
from backoffice.office import Transaction
from backoffice.words import Refused, say

router = APIRouter()
ENTRIES = 200


@router.get("/people")
def listed(who: Managing) -> Response:
    return _shown(who)


@router.post("/people/add")
def add(who: Managing, form: Form) -> Response:
    return _done(
        who,
        lambda tx: people.add(
            tx,
            text_of(form, "name"),
            people.role_of(text_of(form, "role")),
            _password(form),
            who.person.name,
        ),
    )


@router.post("/people/change")
def change(who: Managing, form: Form) -> Response:
    away = text_of(form, "away")

    def act(tx: Transaction) -> None:
        people.change(
            tx,
            text_of(form, "name"),
            who.person.name,
            role=None if away else people.role_of(text_of(form, "role")),
            password="" if away else _password(form),
            disabled=(away == "yes") if away else None,
        )

    return _done(who, act)


@router.get("/log")
def log(who: Managing) -> Response:
    with who.office.reading() as session:
        newest = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(ENTRIES)
        return draw(who, "log", entries=session.scalars(newest).all())


def _done(who: Visit, act: Callable[[Transaction], None]) -> Response:
    try:
        who.office.write(act)
    except Refused as refused:
        return _shown(who, say(refused.words, who.language), 409)
    return RedirectResponse("/desk/people", 303, HEADERS)


def _shown(who: Visit, wrong: str = "", status: int = 200) -> Response:
    with who.office.reading() as session:
        everybody = session.scalars(select(OfficeUser).order_by(OfficeUser.name)).all()
        return draw(who, "people", status, people=everybody, wrong=wrong)


def _password(form: FormData) -> str:
    """As it was typed: a password may begin or end with a space."""
    found = form.get("password")
    return found if isinstance(found, str) else ""
