"""Keys as enrolment leaves them, for terminals that were never enrolled."""

import base64
import json
from hashlib import sha256
from pathlib import Path

from terminal.slip_code import SlipKey, key_file

SLIP_URL = "HTTPS://R.EXAMPLE.CN/"


def made_key(number: int = 12, slip_url: str = SLIP_URL) -> SlipKey:
    """The same number has the same seed."""
    return SlipKey(number, sha256(str(number).encode()).digest(), slip_url)


def give_key(data: Path, key: SlipKey | None = None, mode: int = 0o600) -> SlipKey:
    """Write it where the terminal looks for it."""
    key = key or made_key()
    seed = base64.b64encode(key.seed).decode()
    said = {"key": key.key, "seed": seed, "slip_url": key.slip_url}
    file = key_file(data)
    file.write_text(json.dumps(said), encoding="utf-8")
    file.chmod(mode)
    return key
