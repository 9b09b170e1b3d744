"""Our signatures and OpenSSL's own agree, and nothing else passes."""

import base64
import subprocess
from pathlib import Path

import pytest

from backoffice.rails.signing import is_signed, private_key, public_key, sign
from tests.fakes.rail_keys import pair

TEXT = "GET\n/v3/certificates\n1554208460\n593BEC0C930BF1AFEB40B4A08C8FB242\n退款\n"


def test_openssl_makes_the_same_signature(tmp_path: Path) -> None:
    (tmp_path / "key.pem").write_bytes(pair("shop").private_pem)
    made = subprocess.run(
        ["openssl", "dgst", "-sha256", "-sign", tmp_path / "key.pem"],
        input=TEXT.encode(),
        capture_output=True,
        check=True,
    ).stdout
    assert sign(private_key(pair("shop").private_pem), TEXT) == base64.b64encode(made).decode()


def test_only_this_text_by_this_key_passes() -> None:
    signature = sign(private_key(pair("shop").private_pem), TEXT)
    key = public_key(pair("shop").public_pem)
    assert is_signed(key, TEXT, signature)
    assert not is_signed(key, TEXT + " ", signature)
    assert not is_signed(public_key(pair("rail").public_pem), TEXT, signature)
    for broken in ("", "?", signature[:-4], signature + "AAAA", "A" * len(signature)):
        assert not is_signed(key, TEXT, broken)


@pytest.mark.parametrize("pem", [b"", b"secret", pair("rail").public_pem])
def test_a_file_that_is_no_private_key_is_told_without_a_byte_of_it(pem: bytes) -> None:
    with pytest.raises(ValueError, match="not an RSA private key") as told:
        private_key(pem)
    assert told.value.__context__ is None or told.value.__suppress_context__
    with pytest.raises(ValueError, match="not an RSA public key"):
        public_key(pair("shop").private_pem)
