"""Composition: the two sides of the back office, each an ASGI application over one Office.

The public side is for customers and the office's people; the terminals' side speaks docs/WIRE.md
and is served over TLS with client certificates. A new part is a router and one line here.
"""

from fastapi import FastAPI

from backoffice import desk, pages
from backoffice.office import Office


def public_app(office: Office) -> FastAPI:
    """Customers and office."""
    app = FastAPI(title="Returns: public", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.office = office
    app.include_router(pages.router(office))
    app.include_router(desk.router(office))
    return app


def terminals_app(office: Office) -> FastAPI:
    """The terminals' side."""
    app = FastAPI(title="Returns: terminals", redoc_url=None)
    app.state.office = office
    return app
