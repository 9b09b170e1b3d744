"""POST /v1/records: a batch is read within its limits, kept in one transaction, then answered."""

from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from backoffice.intake.intake import Taken, receive
from backoffice.office import Office, Transaction
from backoffice.terminals.identity import Peer, TheOffice, ThePeer, known
from backoffice.terminals.shapes import RecordsAnswer, Refusal
from backoffice.wire.batch import BATCH_TYPE, PACKED_MAX, BadBatch, read, schema_of_batch, unpacked

router = APIRouter(tags=["records"])

_TAKES = {
    "requestBody": {
        "required": True,
        "content": {BATCH_TYPE: {"schema": schema_of_batch()}},
    }
}
_REFUSES: dict[int | str, dict[str, Any]] = {
    status: {"model": Refusal} for status in (400, 401, 403, 413, 415, 422)
}


@router.post("/v1/records", responses=_REFUSES, openapi_extra=_TAKES, max_body_size=PACKED_MAX)
async def records(request: Request, office: TheOffice, peer: ThePeer) -> RecordsAnswer:
    """Acknowledged only after the commit; the same record again changes nothing."""
    try:
        _check_type(request)
        packed = await _body(request)
        answer = await run_in_threadpool(_keep, office, peer, packed, _encoding(request))
    except BadBatch as fault:
        raise HTTPException(fault.status, fault.why) from fault
    for one in answer.verdicts:
        request.app.state.figures.records.labels(one.verdict).inc()
    return answer


def _keep(office: Office, peer: Peer, packed: bytes, encoding: str) -> RecordsAnswer:
    batch = read(unpacked(packed, encoding), peer.name)

    def act(tx: Transaction) -> Taken:
        taken = receive(tx, peer.name, batch)
        known(tx.session, peer.certificate, tx.now)  # a body may come slowly: shut out meanwhile
        return taken

    taken = office.write(act)
    return RecordsAnswer.model_validate(
        {
            "acked": taken.acked,
            "verdicts": [
                {
                    "id": one.sent.event.id,
                    "seq": one.sent.event.seq,
                    "verdict": one.verdict.value,
                    "why": one.why,
                }
                for one in taken.judged
            ],
            "server_ms": office.clock(),
            "spread_s": office.settings.terminals.spread_s,
        }
    )


def _check_type(request: Request) -> None:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != BATCH_TYPE:
        raise BadBatch(415, f"Content-Type must be {BATCH_TYPE}")


def _encoding(request: Request) -> str:
    return request.headers.get("content-encoding", "").strip().lower()


async def _body(request: Request) -> bytes:
    """The body as sent; one that is or says to be too large is not read to its end."""
    try:
        return await request.body()
    except ClientDisconnect as fault:  # nobody hears this answer, but the log and the figures do
        raise BadBatch(400, "the body was cut off") from fault
