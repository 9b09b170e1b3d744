"""POST /pos/v1/...: the shop's POS feeds sales and prices, with a token of its own."""

from hashlib import sha256
from hmac import compare_digest
from typing import Annotated, Any

from fastapi import APIRouter, Header, HTTPException, Request
from fastapi.concurrency import run_in_threadpool

from backoffice.office import Office
from backoffice.sales.importing import Report, import_prices, import_sales

BODY_MAX = 8 * 1024 * 1024


def router(office: Office) -> APIRouter:
    """Mounted on the public side: a POS server is no terminal and has no certificate of ours."""
    routes = APIRouter(prefix="/pos/v1", tags=["pos"])
    known = tuple(office.settings.pos_tokens)

    async def body(request: Request, authorization: str) -> list[bytes]:
        scheme, _, token = authorization.partition(" ")
        given = sha256(token.encode()).hexdigest()
        good = [compare_digest(given, one) for one in known]
        if scheme.lower() != "bearer" or not any(good):
            raise HTTPException(401, "a token of the POS is needed")
        return (await request.body()).split(b"\n")

    @routes.post("/sales", max_body_size=BODY_MAX)
    async def sales(
        request: Request,
        authorization: Annotated[str, Header()] = "",
        keep_going: bool = False,
    ) -> dict[str, Any]:
        """JSON Lines of the sale interchange format; 422 where nothing was kept for a bad line."""
        lines = await body(request, authorization)

        def take() -> Report:
            return import_sales(office, lines, keep_going=keep_going)

        report = await run_in_threadpool(take)
        return _answered(report, kept=keep_going or not report.bad)

    @routes.post("/prices", max_body_size=BODY_MAX)
    async def prices(
        request: Request, authorization: Annotated[str, Header()] = "", store: str = ""
    ) -> dict[str, Any]:
        """JSON Lines of a price list, for the tills of a store or for all."""
        lines = await body(request, authorization)
        report = await run_in_threadpool(import_prices, office, lines, store)
        return _answered(report, kept=not report.bad)

    return routes


def _answered(report: Report, *, kept: bool) -> dict[str, Any]:
    if not kept:
        raise HTTPException(422, report.as_json())
    return report.as_json()
