"""Our own certificate authority: terminals trust it alone, and it vouches for them alone.

Key and certificate are one file, ca.pem in the state directory, readable by its owner alone.
Whoever has it can be any terminal; after a restore it must be the same, or all units enrol anew.
"""

import base64
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from backoffice.once import kept_once, write_secret
from backoffice.words import Refused

CA_YEARS = 30
SERVER_DAYS = 397
_BEFORE = timedelta(minutes=10)  # a unit's clock may be a little slow


class Authority:
    """`certificate` is the CA's, PEM; `mark` what a terminal compares it with at enrolment."""

    def __init__(self, state_dir: Path) -> None:
        self._state_dir = state_dir
        bundle = kept_once(state_dir / "ca.pem", _new_bundle)
        key = serialization.load_pem_private_key(bundle, password=None)
        assert isinstance(key, ec.EllipticCurvePrivateKey), "ca.pem holds an EC key"
        self._key = key
        self._own = x509.load_pem_x509_certificate(bundle)

    @property
    def certificate(self) -> str:
        return self._own.public_bytes(serialization.Encoding.PEM).decode()

    @property
    def mark(self) -> str:
        """The first 16 base32 characters of sha256 of its DER (docs/WIRE.md, Enrolment)."""
        der = self._own.public_bytes(serialization.Encoding.DER)
        return base64.b32encode(sha256(der).digest()).decode()[:16]

    def sign_terminal(self, csr_pem: str, terminal: str, now_ms: int, days: int) -> str:
        """A client certificate for the key of this request, whatever names it claims.

        Raises Refused where it is no request of an elliptic or Ed25519 key, or not signed by it.
        """
        try:
            csr = x509.load_pem_x509_csr(csr_pem.encode())
            sound = csr.is_signature_valid
        except (ValueError, TypeError) as fault:
            raise _bad_request() from fault
        key = csr.public_key()
        if not sound or not isinstance(key, ec.EllipticCurvePublicKey | Ed25519PublicKey):
            raise _bad_request()
        now = _moment(now_ms)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, terminal)])
        builder = self._builder(name, key, now, timedelta(days=days))
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH])
        signed = builder.add_extension(usage, critical=True).sign(self._key, hashes.SHA256())
        return signed.public_bytes(serialization.Encoding.PEM).decode()

    def server_files(self, names: tuple[str, ...], now_ms: int) -> Path:
        """A new certificate for these host names and addresses with its key, as one PEM file."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0][:64])])
        days = timedelta(days=SERVER_DAYS)
        builder = self._builder(subject, key.public_key(), _moment(now_ms), days)
        builder = builder.add_extension(
            x509.SubjectAlternativeName([_alternative(one) for one in names]), critical=False
        )
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
        signed = builder.add_extension(usage, critical=True).sign(self._key, hashes.SHA256())
        file = self._state_dir / "server.pem"
        write_secret(file, _pem(key) + signed.public_bytes(serialization.Encoding.PEM))
        return file

    def _builder(
        self,
        subject: x509.Name,
        key: CertificatePublicKeyTypes,
        now: datetime,
        lasting: timedelta,
    ) -> x509.CertificateBuilder:
        ours = self._own.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
        until = min(now + lasting, self._own.not_valid_after_utc)
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._own.subject)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - _BEFORE)
            .not_valid_after(until)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(ours),
                critical=False,
            )
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        )


def fingerprint(pem: str) -> str:
    """sha256 of a certificate's DER, hex."""
    return x509.load_pem_x509_certificate(pem.encode()).fingerprint(hashes.SHA256()).hex()


def expiry_ms(pem: str) -> int:
    """Until when a certificate is good."""
    until = x509.load_pem_x509_certificate(pem.encode()).not_valid_after_utc
    return int(until.timestamp()) * 1000


def _new_bundle() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Returns back office")])
    now = datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=False, content_commitment=False, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=True, crl_sign=True,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
    own = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365 * CA_YEARS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return _pem(key) + own.public_bytes(serialization.Encoding.PEM)


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _alternative(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _moment(now_ms: int) -> datetime:
    return datetime.fromtimestamp(now_ms // 1000, UTC)


def _bad_request() -> Refused:
    return Refused("证书请求无效", "The certificate request is not one, or not signed by its key")
