"""What anybody of the office may look at: the queue, a search, a return, a day, terminals."""

from dataclasses import fields
from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.responses import StreamingResponse

from backoffice.amounts import money
from backoffice.desk import charts
from backoffice.desk.drawing import HEADERS, draw
from backoffice.desk.export import csv_of
from backoffice.desk.figures import Bar, DayFigures, figures
from backoffice.desk.files import file_of
from backoffice.desk.guard import Viewing, Visit, printable
from backoffice.desk.lists import Search, every, search, stores, units, waiting
from backoffice.desk.words import LABELS
from backoffice.words import Worded, say

router = APIRouter()
Day = Annotated[str, Query(max_length=10)]
PAGES_MAX = 2000


@router.get("")
def queue(who: Viewing) -> Response:
    with who.office.reading() as session:
        return draw(who, "queue", waiting=waiting(session))


@router.get("/returns")
def returns(
    request: Request, who: Viewing, page: Annotated[int, Query(ge=0, le=PAGES_MAX)] = 0
) -> Response:
    wanted = _wanted(request)
    with who.office.reading() as session:
        found, more = search(session, wanted, page)
        return draw(
            who, "returns", found=found, more=more, page=page, wanted=wanted, stores=stores(session)
        )


@router.get("/returns.csv")
def export(request: Request, who: Viewing) -> Response:
    pieces = csv_of(every(who.office, _wanted(request)))
    saved = {"Content-Disposition": 'attachment; filename="returns.csv"'}
    return StreamingResponse(pieces, 200, {**HEADERS, **saved}, "text/csv; charset=utf-8")


@router.get("/returns/{return_id}")
def one_return(who: Viewing, return_id: str) -> Response:
    return show_return(who, return_id)


def show_return(who: Visit, return_id: str, wrong: str = "", status: int = 200) -> Response:
    """A return's file, with what went wrong with an act on it."""
    with who.office.reading() as session:
        file = file_of(session, return_id)
        if file is None:
            raise HTTPException(404, "There is no such return / 没有这张退货单")
        words = file.reasons

        def reason(code: str) -> str:
            return say(words.get(code, Worded(code, code)), who.language)

        return draw(who, "return", status, file=file, wrong=wrong, reason=reason)


@router.get("/day")
def day(who: Viewing, day: Day = "") -> Response:
    chosen = _day(day) or datetime.fromtimestamp(who.office.clock() / 1000).astimezone().date()
    with who.office.reading() as session:
        found = figures(session, chosen.isoformat())
    drawn = [(one, _charts(one, who.language)) for one in found]
    return draw(who, "day", day=chosen.isoformat(), days=drawn)


@router.get("/terminals")
def terminals(who: Viewing) -> Response:
    return show_terminals(who)


def show_terminals(who: Visit, code: str = "", wrong: str = "", status: int = 200) -> Response:
    """Every terminal; `code` is an enrolment code that was just made."""
    with who.office.reading() as session:
        return draw(who, "terminals", status, units=units(session), code=code, wrong=wrong)


def _wanted(request: Request) -> Search:
    said = request.query_params
    return Search(**{one.name: printable(said.get(one.name, ""), 60) for one in fields(Search)})


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _charts(day: DayFigures, language: str) -> dict[str, object]:
    bars = [
        Bar(
            say(day.words.get(code, Worded(code, code)), language),
            amount,
            f"{money(amount, day.currency, day.digits)} · {count}",
        )
        for code, count, amount in day.reasons
    ]
    return {
        "reasons": charts.rows(say(LABELS["reasons"], language), bars),
        "hours": charts.hours(say(LABELS["hours"], language), day.hours),
    }
