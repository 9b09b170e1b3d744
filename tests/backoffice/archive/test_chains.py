"""Whether the records here are what was written is proved from the rows."""

import re
from typing import Any

import pytest
from sqlalchemy import text

from backoffice.archive.chains import walk
from backoffice.desk.happened import aside_words
from backoffice.office import Office
from tests.backoffice.chains import chain, record, restored
from tests.backoffice.client import Speaker


def faults(office: Office) -> list[tuple[str, ...]]:
    with office.reading() as session:
        return [one.faults for one in walk(session)]


@pytest.fixture
def filled(office: Office) -> Office:
    """Two branches, with something personal in the second."""
    unit = Speaker(office)
    old = chain(4)
    begins = restored(3, old[1]["hash"], number=1)
    personal = record(4, begins["hash"], personal='["王芳"]', number=1)
    unit.delivers([*old, begins, personal])
    return office


def test_a_whole_chain_has_no_fault(filled: Office) -> None:
    assert faults(filled) == [(), ()]


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE records SET body = '{}' WHERE seq = 2", "not that of its bytes"),
        ("UPDATE record_parts SET personal = '[\"李\"]'", "promise"),
        ("DELETE FROM records WHERE seq = 1", "the record before it is 0"),
        ("DELETE FROM records WHERE seq = 4 AND branch = 1", "it ends at 3"),
        ("DELETE FROM records WHERE branch = 2", "it ends at 2"),
        ("UPDATE records SET branch = 2 WHERE seq = 4", "the record before it is 4"),
    ],
)
def test_a_row_that_was_touched_is_found(filled: Office, statement: str, said: str) -> None:
    with filled.writing() as tx:
        tx.session.execute(text(statement))
    found: list[Any] = [words for one in faults(filled) for words in one]
    assert any(said in words for words in found), found
    left = [re.findall("[a-z]+", aside_words(words).zh) for words in found]
    assert not any(left), "English in Chinese"
