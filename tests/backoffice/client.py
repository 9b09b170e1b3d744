"""An enrolled terminal without a network: its certificate lies in the ASGI scope, as from TLS."""

import base64
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from backoffice.app import terminals_app
from backoffice.office import Office
from backoffice.ops.figures import Figures
from backoffice.terminals import enrolment
from backoffice.terminals.authority import Authority
from backoffice.wire.batch import BATCH_TYPE
from tests.backoffice.till_rows import Event, packed

HEADERS = {"Content-Type": BATCH_TYPE, "Content-Encoding": "gzip"}
TOKEN_KEY = base64.b64encode(bytes(range(32))).decode()


def request_of(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> str:
    """A certificate request that claims a name of its own; the CA gives it another."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "anybody")])
    csr = x509.CertificateSigningRequestBuilder().subject_name(name).sign(key, hashes.SHA256())
    return csr.public_bytes(serialization.Encoding.PEM).decode()


def new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


class Speaker:
    """One terminal. `certificate` None: it shows none."""

    def __init__(self, office: Office, name: str = "0571-03", *, enrolled: bool = True) -> None:
        self.office = office
        self.name = name
        self.authority = Authority(office.settings.state_dir)
        self.certificate: str | None = self.enrolled() if enrolled else None
        self.figures = Figures(office)
        app = terminals_app(office, self.authority, self.figures)
        self.app = self._shown(app)
        self.http = TestClient(self.app, raise_server_exceptions=False)

    def enrolled(self) -> str:
        """Let in by a code, as a new unit is."""
        with self.office.writing() as tx:
            code = enrolment.make_code(tx, self.authority, self.name, "office")
        with self.office.writing() as tx:
            csr = request_of(new_key())
            done = enrolment.enrol(tx, self.authority, code, self.name, csr, TOKEN_KEY)
        return done.certificate

    def delivers(self, batch: list[Event]) -> dict[str, Any]:
        """The answer to a batch that is taken."""
        response = self.http.post("/v1/records", content=packed(batch), headers=HEADERS)
        assert response.status_code == 200, response.text
        answer: dict[str, Any] = response.json()
        return answer

    def hears(self, after: int = 0) -> list[tuple[str, Any]]:
        """What of the feed is there now."""
        response = self.http.get("/v1/feed", params={"after": after, "wait": 0})
        if response.status_code == 204:
            return []
        return [(one["what"], one["body"]) for one in response.json()["items"]]

    def asks(self, **query: Any) -> dict[str, Any]:
        response = self.http.post("/v1/look-up", json=query)
        assert response.status_code == 200, response.text
        answer: dict[str, Any] = response.json()
        return answer

    def _shown(self, app: ASGIApp) -> ASGIApp:
        async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] == "http":
                chain = [self.certificate] if self.certificate else []
                scope["extensions"] = {"tls": {"client_cert_chain": chain}}
            await app(scope, receive, send)

        return wrapped
