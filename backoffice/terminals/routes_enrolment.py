"""The routes by which a unit is let in, and renews what it proves itself with."""

from typing import Any

from fastapi import APIRouter, Request

from backoffice.rates import Tries
from backoffice.terminals import enrolment
from backoffice.terminals.identity import TheAuthority, TheOffice, ThePeer
from backoffice.terminals.shapes import (
    CaAnswer,
    CertificateAnswer,
    CertificateRequest,
    EnrolAnswer,
    EnrolRequest,
    KeyAnswer,
    KeyRequest,
    Refusal,
)
from backoffice.web import address_of
from backoffice.words import Refused

_SAID: dict[int | str, dict[str, Any]] = {
    status: {"model": Refusal} for status in (400, 401, 403, 409, 429)
}
REFUSES = _SAID | {413: {"description": "a body longer than is read"}}
router = APIRouter(tags=["enrolment"], responses=REFUSES)


@router.get("/v1/ca")
def ca(authority: TheAuthority) -> CaAnswer:
    """The CA's certificate, for whoever compares it with its enrolment code."""
    return CaAnswer(ca=authority.certificate)


@router.post("/v1/enrol")
def enrol(
    asked: EnrolRequest, request: Request, office: TheOffice, authority: TheAuthority
) -> EnrolAnswer:
    """A unit is let in by its one-time code.

    `acked` is the last record of this terminal's newest branch, `acked_hash` that record's hash: a
    unit whose own journal has it goes on after it. One with a new disk has not, and begins at 1.
    """
    tries: Tries = request.app.state.enrolling
    who = address_of(request)
    tries.check(who)
    try:
        made = office.write(
            lambda tx: enrolment.enrol(
                tx, authority, asked.code, asked.terminal, asked.csr, asked.token_key
            )
        )
    except Refused:
        tries.failed(who)
        raise
    return EnrolAnswer(
        certificate=made.certificate,
        ca=authority.certificate,
        key=made.key,
        slip_url=office.settings.public.slip_url,
        numbers_after=made.numbers_after,
        acked=made.acked,
        acked_hash=made.acked_hash,
    )


@router.post("/v1/certificate")
def certificate(
    asked: CertificateRequest,
    request: Request,
    office: TheOffice,
    authority: TheAuthority,
    peer: ThePeer,
) -> CertificateAnswer:
    """A new certificate before the old one expires."""
    request.app.state.asking.take(peer.name)
    pem = office.write(lambda tx: enrolment.certify(tx, authority, peer.name, asked.csr))
    return CertificateAnswer(certificate=pem)


@router.post("/v1/keys")
def keys(asked: KeyRequest, request: Request, office: TheOffice, peer: ThePeer) -> KeyAnswer:
    """The number of a new key that signs slips."""
    request.app.state.asking.take(peer.name)
    number = office.write(lambda tx: enrolment.register_key(tx, peer.name, asked.token_key))
    return KeyAnswer(key=number)
