"""What the office tells its terminals of its own accord."""

from hashlib import sha256
from pathlib import Path

import pytest

from backoffice import notices
from backoffice.office import Office
from backoffice.words import Refused
from tests.backoffice.client import Speaker


def test_a_policy_goes_down_as_it_was_written(office: Office) -> None:
    text = Path("config/policy.toml").read_text("utf-8")
    with office.writing() as tx:
        notices.send_policy(tx, "policy.toml", text)
    ((what, body),) = Speaker(office).hears()
    assert what == "policy"
    assert body == {
        "file": "policy.toml", "text": text, "sha256": sha256(text.encode()).hexdigest(),
    }  # fmt: skip


def test_what_is_no_policy_or_recall_is_not_sent(office: Office) -> None:
    for file, text in (("keys.toml", "a = 1"), ("policy.toml", "a = = 1")):
        with office.writing() as tx, pytest.raises(Refused):
            notices.send_policy(tx, file, text)
    for text in ("{", "[]", '{"skus": [1], "batches": [], "words": {"zh": "", "en": ""}}'):
        with office.writing() as tx, pytest.raises(Refused):
            notices.send_recalls(tx, text)
    assert Speaker(office).hears() == []
