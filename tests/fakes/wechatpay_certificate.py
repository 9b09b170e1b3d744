"""WeChat Pay as merchants from before its public keys know it: a platform certificate (平台证书).

Their requests name no key. Answers are signed with the certificate's, which is downloaded from
`/v3/certificates`, sealed with the APIv3 key.
"""

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from tests.fakes.http_server import Asked
from tests.fakes.rail_keys import pair
from tests.fakes.wechatpay import WeChatPayServer, sealed

SERIAL = 0x1DDE55AD98ED71D6EDD4A4A16996DE7B47773A8C


class CertificateServer(WeChatPayServer):
    key_id = f"{SERIAL:X}"
    named = None

    def _get(self, asked: Asked) -> tuple[int, dict[str, Any]]:
        if asked.path != "/v3/certificates":
            return super()._get(asked)
        certificate = _certificate()
        one = {
            "serial_no": self.key_id,
            "effective_time": certificate.not_valid_before_utc.isoformat(),
            "expire_time": certificate.not_valid_after_utc.isoformat(),
            "encrypt_certificate": sealed(
                certificate.public_bytes(Encoding.PEM).decode(), "certificate"
            ),
        }
        return 200, {"data": [one]}


@cache
def _certificate() -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Tenpay.com sign")])
    today = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(pair("rail").key.public_key())
        .serial_number(SERIAL)
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .sign(pair("rail").key, SHA256())
    )
