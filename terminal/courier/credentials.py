"""What enrolment left for the courier: whom to ask, whom to trust, and who we are.

Law of the file: key and certificate are one file, so that one rename renews both; only the office's
own CA is trusted, never the system's.
"""

import os
import ssl
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from msgspec import Struct

PLACE, CA, CLIENT = "courier.json", "ca.pem", "client.pem"


class NotEnrolled(Exception):  # noqa: N818 - named for what it is
    """There is nothing to connect with yet, or it cannot be read; `str()` says what."""


class Office(Struct, frozen=True):
    """Where the back office is, and which terminal this is."""

    url: str
    terminal: str


def office_of(folder: Path) -> Office:
    """Raises NotEnrolled."""
    try:
        found = msgspec.json.decode((folder / PLACE).read_bytes(), type=Office)
    except (OSError, msgspec.DecodeError) as fault:
        raise NotEnrolled(f"{folder / PLACE}: {fault}") from fault
    if not found.url.startswith("https://"):
        raise NotEnrolled(f"{folder / PLACE}: the address is not https")
    return found


def context_of(folder: Path) -> ssl.SSLContext:
    """TLS with the pinned CA and our certificate. Raises NotEnrolled."""
    try:
        context = trusting((folder / CA).read_text("ascii"))
        context.load_cert_chain(folder / CLIENT)
    except (OSError, ValueError) as fault:  # ssl.SSLError is an OSError
        raise NotEnrolled(f"{folder}: {fault}") from fault
    return context


def trusting(ca: str) -> ssl.SSLContext:
    """TLS that trusts this CA (PEM) alone. Raises ssl.SSLError."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_verify_locations(cadata=ca)
    return context


def whole_file(path: Path, data: bytes) -> None:
    """Write a secret so that it is there whole, or as it was before. Raises OSError."""
    draft = path.with_name(path.name + ".part")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def renewal_due(folder: Path, now: datetime | None = None) -> bool:
    """Whether less than a third of the certificate's life is left. Raises NotEnrolled."""
    from cryptography import x509  # noqa: PLC0415 - once a day

    try:
        certificate = x509.load_pem_x509_certificate((folder / CLIENT).read_bytes())
    except (OSError, ValueError) as fault:
        raise NotEnrolled(f"{folder / CLIENT}: {fault}") from fault
    begin, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    return (now or datetime.now(UTC)) > end - (end - begin) / 3
