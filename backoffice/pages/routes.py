"""The addresses of the customer's page: a token, a number with its short code, a code typed."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Header, Query, Request, Response

from backoffice.office import Office
from backoffice.pages.counter import Counter, Visit
from backoffice.web import language_of

Seen = Annotated[str, Form(max_length=64)]


def _visit(
    request: Request,
    lang: Annotated[str, Query(max_length=5)] = "",
    still: Annotated[str, Query(max_length=5)] = "",
    accept: Annotated[str, Header(alias="Accept-Language", max_length=500)] = "",
) -> Visit:
    return Visit(request, language_of(lang, accept), still=bool(still))


def _guess(visit: Annotated[Visit, Depends(_visit)]) -> Visit:
    return Visit(visit.request, visit.language, guesses=True, still=visit.still)


Visiting = Annotated[Visit, Depends(_visit)]
Guessing = Annotated[Visit, Depends(_guess)]


def router(office: Office) -> APIRouter:
    """The page's routes, mounted at the root of the public side."""
    routes = APIRouter(default_response_class=Response)
    counter = Counter(office)

    @routes.api_route("/T/{token}", methods=["GET", "HEAD"])
    def look(visit: Visiting, token: str) -> Response:
        return counter.look(visit, counter.token(token))

    @routes.post("/T/{token}")
    def submit(visit: Visiting, token: str, seen: Seen = "") -> Response:
        return counter.submit(visit, counter.token(token), seen)

    @routes.api_route("/R/{number}/{code}", methods=["GET", "HEAD"])
    def look_by_code(visit: Guessing, number: str, code: str) -> Response:
        return counter.look(visit, counter.code(code, number))

    @routes.post("/R/{number}/{code}")
    def submit_by_code(visit: Guessing, number: str, code: str, seen: Seen = "") -> Response:
        return counter.submit(visit, counter.code(code, number), seen)

    @routes.api_route("/", methods=["GET", "HEAD"])
    def ask(visit: Visiting) -> Response:
        return counter.ask(visit)

    @routes.post("/")
    def typed(visit: Guessing, code: Annotated[str, Form(max_length=40)] = "") -> Response:
        return counter.typed(visit, code)

    return routes
