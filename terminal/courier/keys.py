"""Keys and certificates of a terminal: made here, signed by the office.

Law of the file: a private key never leaves the unit, and a certificate is taken only for the key it
was asked for, from the CA that is trusted.
"""

import base64
from datetime import UTC, datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.x509.oid import NameOID

Key = ec.EllipticCurvePrivateKey


def client_key() -> Key:
    return ec.generate_private_key(ec.SECP256R1())


def request_for(key: Key, terminal: str) -> str:
    """A certificate request in PEM, in this terminal's name."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, terminal)])
    request = x509.CertificateSigningRequestBuilder().subject_name(name).sign(key, hashes.SHA256())
    return request.public_bytes(serialization.Encoding.PEM).decode("ascii")


def client_file(key: Key, certificate: str, ca: bytes) -> bytes:
    """Key and certificate in one PEM. Raises ValueError for a certificate that is not ours."""
    try:
        found = x509.load_pem_x509_certificate(certificate.encode("ascii"))
        found.verify_directly_issued_by(x509.load_pem_x509_certificate(ca))
    except (InvalidSignature, TypeError, UnicodeEncodeError) as fault:
        raise ValueError("the certificate is not the trusted CA's") from fault
    if _public(found.public_key()) != _public(key.public_key()):
        raise ValueError("the certificate is another key's")
    if not found.not_valid_before_utc <= datetime.now(UTC) < found.not_valid_after_utc:
        raise ValueError("the certificate does not hold today: look at the clock")
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return pem + found.public_bytes(serialization.Encoding.PEM)


def _public(key: object) -> bytes:
    found: bytes = key.public_bytes(  # type: ignore[attr-defined]  # every kind of key has it
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return found


def token_key() -> tuple[str, str]:
    """An Ed25519 key for return slips: (seed, public key), raw bytes in base64."""
    key = ed25519.Ed25519PrivateKey.generate()
    return _text(key.private_bytes_raw()), _text(key.public_key().public_bytes_raw())


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
