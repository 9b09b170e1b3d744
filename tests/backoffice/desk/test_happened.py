"""Whatever the office writes down as having happened is said in both languages."""

import re
from pathlib import Path

import pytest

from backoffice import returns
from backoffice.desk.happened import (
    ASIDE,
    AUDIT,
    HISTORY,
    aside_words,
    audit_words,
    who_words,
)
from backoffice.office import Office
from backoffice.words import Worded
from tests.backoffice import made
from tests.backoffice.desk.clerks import Clerk
from tests.backoffice.pages import slips

SOURCES = "\n".join(one.read_text("utf-8") for one in sorted(Path("backoffice").rglob("*.py")))
HAN = re.compile("[一-鿿]")


def written(pattern: str) -> set[str]:
    """The codes that the office's own code writes in such a place."""
    found = set(re.findall(pattern, SOURCES))
    assert len(found) > 3, pattern
    return found


def test_every_step_of_a_history_has_its_words() -> None:
    steps = written(r'(?:changed|history)\(tx, \w+, "(\w+)"')
    assert steps | {"conflict_accepted", "conflict_declined"} <= HISTORY.keys()
    assert {"recorded", "refund", "replaced"} <= steps


def test_every_act_in_the_audit_has_its_words() -> None:
    acts = written(r'audit\(\s*tx, [^"\n]+?, "(\w+)"') | written(r'_done\(who, return_id, "(\w+)"')
    assert acts | {"parked_taken", "parked_not_taken"} <= AUDIT.keys()


def test_every_reason_for_lying_aside_has_its_words() -> None:
    plain = written(r'raise Unreadable\("([^"]+)"\)')
    refused = {"this id is here with other bytes", "it does not fit the chain that is here"}
    assert all(f'"{one}"' in SOURCES for one in refused)
    unsound = set(re.findall(r'return "(its? [^"]+)"', SOURCES))
    assert len(unsound) == 3
    assert plain | refused | unsound <= ASIDE.keys()
    for why in (
        "lines[].sku is not as this version reads it",
        "the books failed on it (KeyError)",
        "record 7: its hash is not that of its bytes",
        "record 9: the record before it is 7",
        "it ends at 7, and 9 was acknowledged",
    ):
        words = aside_words(why)
        assert HAN.search(words.zh)
        assert words.en == why


@pytest.mark.parametrize("code", ["of_a_later_version", ""])
def test_a_code_of_a_later_version_is_shown_as_it_is(code: str) -> None:
    assert audit_words(code) == who_words(code) == aside_words(code) == Worded(code, code)


def test_a_history_is_read_in_the_language_of_the_desk(office: Office) -> None:
    slips.slip(office)
    with office.writing() as tx:
        ret = returns.find(tx, made.RETURN_ID)
        made.a_refund(tx)
        returns.changed(tx, ret, "confirmed", "0571-03", {"how": "signature"})
        returns.changed(tx, ret, "refund", "rail", {"position": 0, "state": "abnormal"})
        returns.changed(tx, ret, "cash", "0571-03", {"amount": 2424})
    page = Clerk(office, language="zh").looks(f"/returns/{made.RETURN_ID}")
    for text in (
        "顾客已确认 · 签字",
        "退款状态 · 第 1 笔 异常",
        "款台付现金 · ¥ 24.24",
        "退款渠道",
    ):
        assert text in page
    assert "{&#34;" not in page
