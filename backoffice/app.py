"""Composition: the two sides of the back office, each an ASGI application over one Office.

The public side is for customers and the office's people; the terminals' side speaks docs/WIRE.md
and is served over TLS with client certificates. A new part is a router and one line here.

Law of the file: a body is a little one, while it comes and whatever its headers say of it; a route
that takes more says so itself.
"""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from backoffice import desk, pages
from backoffice.desk.problems import misread, problem
from backoffice.office import Office
from backoffice.ops.figures import Figures
from backoffice.ops.watching import Watching
from backoffice.rails import notices
from backoffice.rails.chosen import Rails
from backoffice.rates import Rate, TooOften, Tries
from backoffice.sales import routes as pos
from backoffice.terminals import records, routes, routes_enrolment
from backoffice.terminals.authority import Authority
from backoffice.words import Refused

BODY_MAX = 64 * 1024  # bytes: forms, questions, certificate requests


def public_app(
    office: Office, authority: Authority, rails: Rails, figures: Figures | None = None
) -> FastAPI:
    """Customers and office."""
    app = FastAPI(
        title="Returns: public",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        max_body_size=BODY_MAX,
    )
    app.state.office = office
    app.state.authority = authority
    app.state.rails = rails
    app.include_router(notices.router)
    app.include_router(pages.router(office))
    app.include_router(desk.router(office))
    app.add_exception_handler(HTTPException, problem)
    app.add_exception_handler(RequestValidationError, misread)
    app.include_router(pos.router(office))
    app.add_middleware(Watching, side="public", figures=figures or Figures(office))
    return app


def terminals_app(office: Office, authority: Authority, figures: Figures) -> FastAPI:
    """The terminals' side; its OpenAPI document at /docs."""
    app = FastAPI(title="Returns: terminals", version="1", redoc_url=None, max_body_size=BODY_MAX)
    app.state.office = office
    app.include_router(records.router)
    app.include_router(routes.router)
    app.include_router(routes_enrolment.router)
    limits = office.settings.limits
    app.add_middleware(Watching, side="terminals", figures=figures)
    app.state.figures = figures
    app.state.authority = authority
    app.state.enrolling = Tries(office, "enrolment", limits.tries_per_minute)
    app.state.asking = Rate(limits.look_ups_per_minute, office.clock)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(TooOften, _too_often)
    return app


async def _refused(_: Request, fault: Exception) -> JSONResponse:
    """An act that is not possible now, in both languages."""
    assert isinstance(fault, Refused), fault
    return JSONResponse({"detail": fault.words.as_wire()}, status_code=409)


async def _too_often(_: Request, fault: Exception) -> JSONResponse:
    assert isinstance(fault, TooOften), fault
    wait = {"Retry-After": str(fault.seconds)}
    return JSONResponse({"detail": str(fault)}, status_code=429, headers=wait)
