"""Text: cleaned of everything that could be a command, wrapped within the paper, nothing lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printer.models import Charset
from printer.text import clean, columns, encodable, to_firmware, wrap

EVERYTHING = st.text(st.characters(), max_size=60)


@given(EVERYTHING)
def test_nothing_that_could_be_a_command_survives_cleaning(text: str) -> None:
    for char in clean(text):
        assert ord(char) >= 0x20
        assert not 0x7F <= ord(char) <= 0x9F


def test_breaks_become_spaces_and_invisible_signs_vanish() -> None:
    assert clean("a\nb\tc\x1b@\u202e\u200b\ud800d\u2028e\u3000f") == "a b c@d e\u3000f"


@given(EVERYTHING, st.integers(2, 60))
def test_no_line_is_wider_than_the_paper(text: str, room: int) -> None:
    assert all(columns(line) <= room for line in wrap(clean(text), room, columns))


@given(EVERYTHING, st.integers(2, 60))
def test_wrapping_loses_nothing_but_spaces(text: str, room: int) -> None:
    whole = clean(text)
    assert "".join(wrap(whole, room, columns)).replace(" ", "") == whole.replace(" ", "")


def test_words_stay_whole_and_closing_marks_do_not_begin_a_line() -> None:
    assert wrap("olive oil from Crete", 10, columns) == ("olive oil", "from Crete")
    assert wrap("生鲜内衣除外。请", 12, columns) == ("生鲜内衣除", "外。请")
    assert wrap("antidisestablishment", 8, columns) == ("antidise", "stablish", "ment")
    assert wrap("  indent stays", 9, columns) == ("  indent", "stays")
    assert wrap("", 9, columns) == ("",)


def test_currency_signs_take_their_firmware_form() -> None:
    """GB18030 has U+00A5 in four bytes, which GBK firmware prints as the digits 0 and 6."""
    assert to_firmware("¥12 £3").encode("gb18030") == b"\xa3\xa412 \xa1\xea3"
    assert encodable(to_firmware("¥£"), Charset.GB2312)


@pytest.mark.parametrize("char", ["é", "€", "𠮷", "\u9fff", "😀", "ñ"])
def test_characters_that_firmware_may_lack_are_not_sent_as_text(char: str) -> None:
    assert not encodable(char, Charset.GBK)
    assert char == "€" or not encodable(char, Charset.GB18030), "four bytes, or ugly"


def test_rarer_characters_need_the_richer_set() -> None:
    assert encodable("镕", Charset.GBK)
    assert not encodable("镕", Charset.GB2312)
    assert not encodable("a", Charset.NONE)
