"""Enrolment: a one-time code becomes a certificate, a key number, and the CA that is trusted.

Law of the file: the CA comes over a connection that nobody vouches for, and is trusted only where
its fingerprint stands in the code that a person brought; not one byte of the code is sent before.
What is trusted is written anew from the bytes that were compared, never the text that came.
"""

import base64
import ssl
from hashlib import sha256
from typing import Any

import httpx
import msgspec
from msgspec import Struct

from terminal.courier import keys
from terminal.courier.credentials import trusting

_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base32
_CHECK = _DIGITS + "*~$=U"
_READ_AS = str.maketrans("ILO", "110", "- ")
CODE_LENGTH, FINGERPRINT_LENGTH = 10, 16
ANSWER_MAX = 2**18
PATIENCE_S = 20.0
FORBIDDEN = (400, 401, 403, 404, 409, 410, 422)


class EnrolFault(Exception):  # noqa: N818 - named for what it is
    """It was not enrolled: `message` says why and what to do, a sentence with its `values`."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message.format(**values) if values else message)
        self.message, self.values = message, values


class Code(Struct, frozen=True):
    """What a person brought: the one-time code itself, and the CA's fingerprint."""

    code: str
    fingerprint: str


class Enrolled(Struct, frozen=True):
    """What the office gave, and the two private keys that were made here."""

    client: bytes  # key and certificate, PEM
    ca: str
    key: int
    seed: str  # of the Ed25519 key, raw, in base64
    slip_url: str
    numbers_after: int
    acked: int
    acked_hash: str

    def __repr__(self) -> str:
        return f"Enrolled(key={self.key}, ***)"


class _Answer(Struct, frozen=True):
    certificate: str
    ca: str
    key: int
    slip_url: str
    numbers_after: int
    acked: int = 0
    acked_hash: str = ""


def code_of(text: str) -> Code:
    """The code as a person typed it; dashes, case, I L O forgiven. Raises EnrolFault."""
    head, _, fingerprint = text.strip().upper().partition(".")
    code = head.translate(_READ_AS)
    known = len(code) == CODE_LENGTH + 1 and all(one in _DIGITS for one in code[:-1])
    number = 0
    for one in code[:-1] if known else "":
        number = number * 32 + _DIGITS.index(one)
    if not known or code[-1] != _CHECK[number % 37] or len(fingerprint) != FINGERPRINT_LENGTH:
        raise EnrolFault(
            "This is not an enrolment code, or a character of it is wrong; nothing was sent."
            " Type it as the back office shows it, like 7K2M9Q4XCTH.ABCDEFGHIJKLMNOP."
        )
    return Code(code, fingerprint)


def enrol(code: Code, url: str, terminal: str) -> Enrolled:
    """Ask the office at `url` for this terminal's certificate. Raises EnrolFault."""
    if not url.startswith("https://"):
        raise EnrolFault("{url}: the back office's address begins with https://", url=url)
    ca = _authority(url, code)
    client, (seed, public) = keys.client_key(), keys.token_key()
    asked = {
        "code": code.code,
        "terminal": terminal,
        "csr": keys.request_for(client, terminal),
        "token_key": public,
    }
    data = _fetched(url, "/v1/enrol", trusting(ca), asked)
    answer: _Answer = _read(data, _Answer)
    try:
        pem = keys.client_file(client, answer.certificate, ca.encode("ascii"))
    except ValueError as fault:
        raise EnrolFault(
            "The back office's answer cannot be used ({fault}); nothing was written. Set the"
            " unit's clock, and ask the office for another code.",
            fault=fault,
        ) from fault
    return Enrolled(
        *(pem, ca, answer.key, seed, answer.slip_url, max(answer.numbers_after, 0)),
        *(answer.acked, answer.acked_hash),
    )


def _authority(url: str, code: Code) -> str:
    """The CA's certificate in PEM, compared with the code. Raises EnrolFault.

    Below the right certificate another may stand, where one reader stops and the next goes on.
    """
    stranger = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    stranger.check_hostname = False
    stranger.verify_mode = ssl.CERT_NONE  # nothing is believed: what comes is compared
    data = _fetched(url, "/v1/ca", stranger)
    pem = _read(data, dict[str, Any]).get("ca", "") if data.lstrip().startswith(b"{") else data
    try:
        text = pem if isinstance(pem, str) else bytes(pem).decode("ascii")
        found = ssl.PEM_cert_to_DER_cert(text.strip())
    except (ValueError, TypeError) as fault:
        raise _strange(url) from fault
    mark = base64.b32encode(sha256(found).digest()).decode()
    if mark[:FINGERPRINT_LENGTH] != code.fingerprint:
        raise EnrolFault(
            "Whoever answers at {url} is not the back office that made this code; nothing was"
            " sent. Check the address and the code; if both are right, somebody stands in"
            " between: call the office.",
            url=url,
        )
    return ssl.DER_cert_to_PEM_cert(found)


def _fetched(
    url: str, path: str, context: ssl.SSLContext, body: dict[str, Any] | None = None
) -> bytes:
    """The body of a 200, posted for where there is a `body`. Raises EnrolFault."""
    method = "GET" if body is None else "POST"
    plain = {"Accept-Encoding": "identity"}
    try:
        with (
            httpx.Client(
                base_url=url.rstrip("/"), verify=context, trust_env=False, timeout=PATIENCE_S
            ) as client,
            client.stream(method, path, json=body, headers=plain) as answer,
        ):
            data = _begun(answer)
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as fault:
        raise EnrolFault(
            "{url} does not answer ({kind}). Check the cable, the address and the clock, then"
            " try again; the code stays valid for its hour.",
            url=url,
            kind=type(fault).__name__,
        ) from fault
    if answer.status_code in FORBIDDEN and body is not None:
        raise EnrolFault(
            "The back office does not take this code: it was used, is older than an hour, or is"
            " another terminal's. Ask for a new one for this terminal."
        )
    if answer.status_code != httpx.codes.OK or len(data) > ANSWER_MAX:
        raise _strange(url)
    return data


def _begun(answer: httpx.Response) -> bytes:
    """All of it or, where that is more than is read, its beginning; as it came, not unpacked."""
    found = bytearray()
    for piece in answer.iter_raw():
        found += piece
        if len(found) > ANSWER_MAX:
            break
    return bytes(found)


def _read(data: bytes, kind: Any) -> Any:
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, RecursionError) as fault:
        raise _strange("the answer") from fault


def _strange(what: str) -> EnrolFault:
    return EnrolFault(
        "{what}: this is no back office of ours; nothing was written. Check the address: a page"
        " to sign in to the network may be in the way.",
        what=what,
    )
