"""What the office tells its terminals of its own accord: policy and reasons, recalls."""

import json
import tomllib
from hashlib import sha256
from typing import Any

from backoffice.feed import EVERYBODY, Audience
from backoffice.office import Transaction
from backoffice.words import Refused

POLICY_FILES = ("policy.toml", "reasons.toml")


def send_policy(tx: Transaction, file: str, text: str, store: str = "") -> str:
    """To the tills of a store, or to all; in force at each one's next idle screen. Its sha256."""
    if file not in POLICY_FILES:
        raise Refused(
            f"文件须为 {'、'.join(POLICY_FILES)}", f"The file is one of {', '.join(POLICY_FILES)}"
        )
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise Refused("文件不是 TOML", f"The file is not TOML: {fault}") from fault
    digest = sha256(text.encode()).hexdigest()
    to = Audience.store(store) if store else EVERYBODY
    tx.tell(to, "policy", file, {"file": file, "text": text, "sha256": digest})
    return digest


def send_recalls(tx: Transaction, text: str) -> None:
    """The whole list of recalls (召回), in the place of the one before. Raises Refused."""
    try:
        plain = json.loads(text)
    except ValueError as fault:
        raise Refused("文件不是 JSON", "The file is not JSON") from fault
    if not _is_recall(plain):
        raise Refused(
            '召回须为 {"skus": [...], "batches": [...], "words": {"zh", "en"}}',
            'Recalls are {"skus": [...], "batches": [...], "words": {"zh", "en"}}',
        )
    tx.tell(EVERYBODY, "recall", "", plain)


def _is_recall(plain: Any) -> bool:
    if not isinstance(plain, dict) or plain.keys() != {"skus", "batches", "words"}:
        return False
    words = plain["words"]
    return (
        all(_texts(plain[key]) for key in ("skus", "batches"))
        and isinstance(words, dict)
        and words.keys() == {"zh", "en"}
        and all(isinstance(one, str) for one in words.values())
    )


def _texts(found: Any) -> bool:
    return isinstance(found, list) and all(isinstance(one, str) for one in found)
