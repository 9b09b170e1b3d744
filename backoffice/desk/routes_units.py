"""Letting terminals in and shutting them out."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from backoffice.desk.drawing import HEADERS
from backoffice.desk.guard import Form, Managing, text_of
from backoffice.desk.routes_looking import show_terminals
from backoffice.terminals import enrolment
from backoffice.terminals.authority import Authority
from backoffice.words import Refused, say

router = APIRouter()


@router.post("/terminals/code")
def code(request: Request, who: Managing, form: Form) -> Response:
    """Shown on this page alone: the office keeps its hash."""
    authority: Authority = request.app.state.authority
    name = text_of(form, "terminal", 49)
    try:
        made = who.office.write(
            lambda tx: enrolment.make_code(tx, authority, name, who.person.name)
        )
    except Refused as refused:
        return show_terminals(who, wrong=say(refused.words, who.language), status=409)
    return show_terminals(who, code=made)


@router.post("/terminals/revoke")
def revoke(who: Managing, form: Form) -> Response:
    name = text_of(form, "terminal", 49)
    try:
        who.office.write(lambda tx: enrolment.revoke(tx, name, who.person.name))
    except Refused as refused:
        return show_terminals(who, wrong=say(refused.words, who.language), status=409)
    return RedirectResponse("/desk/terminals", 303, HEADERS)
