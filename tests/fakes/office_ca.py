"""A CA of a test's own: the office's certificate and those of its terminals."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Key = ec.EllipticCurvePrivateKey
LIFE = timedelta(days=30)


class OfficeCa:
    """Signs what is asked of it; each life can be chosen, for certificates that end soon."""

    def __init__(self, name: str = "Shop CA") -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.certificate = self._signed(self._name, self.key.public_key(), ca=True)

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    def server_file(self, path: Path, host: str = "localhost") -> Path:
        """Key and certificate of the office itself."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        path.write_text(_private(key) + _pem(self._signed(name, key.public_key(), host=host)))
        return path

    def client_file(
        self, path: Path, terminal: str, begin: datetime | None = None, life: timedelta = LIFE
    ) -> Path:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, terminal)])
        signed = self._signed(name, key.public_key(), begin=begin, life=life)
        path.write_text(_private(key) + _pem(signed))
        return path

    def signs(self, csr: str) -> str:
        request = x509.load_pem_x509_csr(csr.encode())
        assert request.is_signature_valid
        return _pem(self._signed(request.subject, request.public_key()))

    def _signed(
        self,
        subject: x509.Name,
        key: object,
        *,
        ca: bool = False,
        host: str = "",
        begin: datetime | None = None,
        life: timedelta = LIFE,
    ) -> x509.Certificate:
        begin = begin or datetime.now(UTC) - timedelta(minutes=5)
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key)  # type: ignore[arg-type]  # every kind of public key
            .serial_number(x509.random_serial_number())
            .not_valid_before(begin)
            .not_valid_after(begin + life)
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        )
        if host:
            names = x509.SubjectAlternativeName([x509.DNSName(host)])
            builder = builder.add_extension(names, critical=False)
        return builder.sign(self.key, hashes.SHA256())


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


def _private(key: Key) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()
