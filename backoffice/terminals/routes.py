"""What an enrolled terminal asks for: a look-up, the feed."""

import asyncio
import logging
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import select

from backoffice import feed
from backoffice.db.tables import FeedHead
from backoffice.office import Office
from backoffice.sales.finding import Asked, find_return, find_sales
from backoffice.terminals.identity import Peer, TheOffice, ThePeer
from backoffice.terminals.routes_enrolment import REFUSES
from backoffice.terminals.shapes import FeedAnswer, LookUpAnswer, LookUpRequest

LOG = logging.getLogger(__name__)
WAIT_MAX = 60
_AHEAD = (
    "a terminal is ahead of the feed: a backup took the database's place, and returns-backoffice "
    "restored was not run"
)

router = APIRouter(responses=REFUSES)


@router.post("/v1/look-up", tags=["look-up"], response_model=LookUpAnswer)
def look_up(asked: LookUpRequest, request: Request, office: TheOffice, peer: ThePeer) -> Any:
    """Sales and returns of all shops."""
    request.app.state.asking.take(peer.name)
    with office.reading() as session:
        question = Asked(**asked.model_dump())
        found = find_sales(session, office.pepper, question)
        code = question.return_
        ret = find_return(session, office.pepper, code) if code else None
        return {"sales": found, "return": ret}


@router.get(
    "/v1/feed",
    tags=["feed"],
    response_model=FeedAnswer,
    responses={204: {"description": "nothing new within the time"}},
)
async def read_feed(
    office: TheOffice,
    peer: ThePeer,
    after: Annotated[int, Query(ge=0, lt=2**53)] = 0,
    wait: Annotated[int, Query(ge=0, le=WAIT_MAX)] = 25,
) -> Response:
    """What is new for this terminal; waits for it, holding no connection to the database."""
    loop = asyncio.get_running_loop()
    until = loop.time() + min(wait, office.settings.terminals.wait_max_s)
    while True:
        ring = office.bell.waiter()
        try:
            items = await run_in_threadpool(_page, office, peer, after)
            left = until - loop.time()
            if items:
                return Response(_written(items), media_type="application/json")
            if office.bell.ended:
                return Response(status_code=204)
            if left <= 0:
                await run_in_threadpool(_look_ahead, office, peer, after)  # once a request
                return Response(status_code=204)
            await office.bell.wait(ring, left)
        finally:
            ring.cancel()


def _page(office: Office, peer: Peer, after: int) -> tuple[feed.Item, ...]:
    with office.reading() as session:
        return feed.page(session, peer.name, peer.store, after)


def _look_ahead(office: Office, peer: Peer, after: int) -> None:
    """Tell of a terminal that has heard more than this office ever said."""
    with office.reading() as session:
        head = session.scalars(select(FeedHead.cursor)).one()
    if after > head:
        LOG.error(_AHEAD, extra={"terminal": peer.name})


def _written(items: tuple[feed.Item, ...]) -> str:
    """Bodies are JSON already and go out as they were kept."""
    rows = (f'{{"cursor":{one.cursor},"what":"{one.what}","body":{one.body}}}' for one in items)
    return f'{{"items":[{",".join(rows)}],"next":{items[-1].cursor}}}'
