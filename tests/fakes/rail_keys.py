"""Key pairs for both sides of a rail, made once a run."""

from functools import cache
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)


class Pair(NamedTuple):
    key: RSAPrivateKey
    private_pem: bytes
    public_pem: bytes


@cache
def pair(name: str) -> Pair:
    """The pair of `name`: shop, rail or stranger."""
    assert name in {"shop", "rail", "stranger"}
    key = generate_private_key(65537, 2048)
    return Pair(
        key,
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
    )
