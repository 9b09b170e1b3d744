"""TLS with client certificates under uvicorn, the peer's certificate in the ASGI scope.

It lies where the ASGI TLS extension puts it: scope["extensions"]["tls"]["client_cert_chain"], PEM.
"""

import asyncio
import ssl
from pathlib import Path

from starlette.types import ASGIApp, Receive, Scope, Send

from backoffice.heads import EndingHeads


class PeerProtocol(EndingHeads):
    """One connection: the certificate is read once, when the handshake is done."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app = _with_peer(self.app, peer_chain(transport))


def peer_chain(transport: asyncio.BaseTransport) -> list[str]:
    """The peer's certificate as PEM; empty where it showed none."""
    connection: ssl.SSLObject | None = transport.get_extra_info("ssl_object")
    der = connection.getpeercert(binary_form=True) if connection is not None else None
    return [ssl.DER_cert_to_PEM_cert(der)] if der else []


def _with_peer(app: ASGIApp, chain: list[str]) -> ASGIApp:
    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        tls = {"server_cert": None, "client_cert_chain": chain}
        scope["extensions"] = {**(scope.get("extensions") or {}), "tls": tls}
        await app(scope, receive, send)

    return wrapped


def server_context(server: Path, ca_pem: str) -> ssl.SSLContext:
    """A certificate is asked for and checked against our CA; whether it is needed the routes say,
    for a unit that is not let in yet has none.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(server)
    context.load_verify_locations(cadata=ca_pem)
    context.verify_mode = ssl.CERT_OPTIONAL
    return context
