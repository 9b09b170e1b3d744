"""The addresses of the customer's page: a token, a number with its short code, a code typed."""

from typing import Annotated

from fastapi import APIRouter, Form, Header, Query, Request, Response

from backoffice.office import Office
from backoffice.pages.counter import Counter
from backoffice.web import language_of

Language = Annotated[str, Query(alias="lang", max_length=5)]
Accepted = Annotated[str, Header(alias="Accept-Language", max_length=500)]
Seen = Annotated[str, Form(max_length=64)]


def router(office: Office) -> APIRouter:
    """The page's routes, mounted at the root of the public side."""
    routes = APIRouter(default_response_class=Response)
    counter = Counter(office)

    @routes.api_route("/T/{token}", methods=["GET", "HEAD"])
    def look(request: Request, token: str, lang: Language = "", accept: Accepted = "") -> Response:
        return counter.look(request, counter.token(token), language_of(lang, accept))

    @routes.post("/T/{token}")
    def submit(
        request: Request, token: str, seen: Seen = "", lang: Language = "", accept: Accepted = ""
    ) -> Response:
        return counter.submit(request, counter.token(token), seen, language_of(lang, accept))

    @routes.api_route("/R/{number}/{code}", methods=["GET", "HEAD"])
    def look_by_code(
        request: Request, number: str, code: str, lang: Language = "", accept: Accepted = ""
    ) -> Response:
        return counter.look(
            request, counter.code(code, number), language_of(lang, accept), guess=True
        )

    @routes.post("/R/{number}/{code}")
    def submit_by_code(
        request: Request,
        number: str,
        code: str,
        seen: Seen = "",
        lang: Language = "",
        accept: Accepted = "",
    ) -> Response:
        found = counter.code(code, number)
        return counter.submit(request, found, seen, language_of(lang, accept), guess=True)

    @routes.api_route("/", methods=["GET", "HEAD"])
    def ask(request: Request, lang: Language = "", accept: Accepted = "") -> Response:
        return counter.ask(request, language_of(lang, accept))

    @routes.post("/")
    def typed(
        request: Request,
        code: Annotated[str, Form(max_length=40)] = "",
        lang: Language = "",
        accept: Accepted = "",
    ) -> Response:
        return counter.typed(request, code, language_of(lang, accept))

    return routes
