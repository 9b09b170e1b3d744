"""RSA with SHA-256 (PKCS #1 v1.5), as both wallets sign with, over text in UTF-8."""

import binascii
from base64 import b64decode, b64encode

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    load_pem_private_key,
    load_pem_public_key,
)

from backoffice.words import Unfit


def private_key(pem: bytes) -> RSAPrivateKey:
    """The shop's own key. Raises Unfit, without a byte of the key, when it is none."""
    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError):
        raise Unfit(
            "不是无口令的 PEM 格式 RSA 私钥",
            "not an RSA private key in PEM without a password",
        ) from None
    if not isinstance(key, RSAPrivateKey):
        raise Unfit("不是 RSA 私钥", "not an RSA private key")
    return key


def public_key(pem: bytes) -> RSAPublicKey:
    """The rail's key. Raises Unfit when it is none."""
    try:
        key = load_pem_public_key(pem)
    except ValueError:
        raise Unfit("不是 PEM 格式的 RSA 公钥", "not an RSA public key in PEM") from None
    if not isinstance(key, RSAPublicKey):
        raise Unfit("不是 RSA 公钥", "not an RSA public key")
    return key


def sign(key: RSAPrivateKey, text: str) -> str:
    """The signature over `text`, in base64 on one line."""
    return b64encode(key.sign(text.encode(), PKCS1v15(), SHA256())).decode("ascii")


def is_signed(key: RSAPublicKey, text: str, signature: str) -> bool:
    """Whether `signature` (base64) over `text` is of this key's owner."""
    try:
        key.verify(b64decode(signature, validate=True), text.encode(), PKCS1v15(), SHA256())
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True
