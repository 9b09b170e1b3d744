"""Which terminal asks: by the certificate of its connection, and by nothing else."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, HTTPException, Request
from sqlalchemy import select
from sqlalchemy.orm import Session

from backoffice.db.tables import Certificate, Terminal
from backoffice.office import Office
from backoffice.terminals.authority import Authority, fingerprint


@dataclass(frozen=True)
class Peer:
    """A terminal that may speak, the store it stands in, and the mark of its certificate."""

    name: str
    store: str
    certificate: str


def office_of(request: Request) -> Office:
    office: Office = request.app.state.office
    return office


def peer_of(request: Request) -> Peer:
    """401 without a certificate of ours, 403 for one that was revoked."""
    tls = (request.scope.get("extensions") or {}).get("tls") or {}
    chain = tls.get("client_cert_chain") or ()
    if not chain:
        raise HTTPException(401, "a client certificate is needed")
    office = office_of(request)
    with office.reading() as session:
        return known(session, fingerprint(chain[0]), office.clock())


def known(session: Session, certificate: str, now: int) -> Peer:
    """Whose this certificate is. Raises HTTPException 401 or 403 where nobody may speak with it."""
    found = session.execute(
        select(
            Terminal.name,
            Terminal.store,
            Terminal.revoked_at,
            Certificate.revoked_at,
            Certificate.expires_at,
        )
        .join(Certificate, Certificate.terminal == Terminal.name)
        .where(Certificate.fingerprint == certificate)
    ).one_or_none()
    if found is None:
        raise HTTPException(401, "this certificate is not known here")
    name, store, shut_out, revoked, expires = found
    if shut_out is not None or revoked is not None:
        raise HTTPException(403, "this terminal was shut out by the office")
    if expires < now:
        raise HTTPException(401, "this certificate has expired")
    return Peer(name, store, certificate)


def authority_of(request: Request) -> Authority:
    authority: Authority = request.app.state.authority
    return authority


TheAuthority = Annotated[Authority, Depends(authority_of)]
TheOffice = Annotated[Office, Depends(office_of)]
ThePeer = Annotated[Peer, Depends(peer_of)]
