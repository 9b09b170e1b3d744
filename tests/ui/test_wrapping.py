"""Breaking lines: nothing lost, nothing too wide, no mark where custom forbids it."""

from hypothesis import given
from hypothesis import strategies as st

from terminal.ui.wrapping import (
    CLOSING,
    OPENING,
    balanced,
    columns,
    shorten,
    wrap,
    wrap_at_most,
)

TEXT = st.text("abc de 退货金额，。（）“”1.5-/", max_size=60)


def _letters(text: str) -> str:
    return text.replace(" ", "")


@given(TEXT, st.integers(2, 30))
def test_nothing_is_lost_and_no_line_is_too_wide(text: str, width: int) -> None:
    lines = wrap(text, width, columns)
    assert _letters("".join(lines)) == _letters(text)
    assert all(columns(line) <= width for line in lines)


@given(TEXT, st.integers(2, 30))
def test_balanced_lines_are_no_more_than_wrapped_ones(text: str, width: int) -> None:
    lines = balanced(text, width, columns)
    assert _letters("".join(lines)) == _letters(text)
    assert len(lines) <= max(len(wrap(text, width, columns)), 1)
    assert all(columns(line) <= width for line in lines)


@given(TEXT, st.integers(3, 30), st.integers(1, 3))
def test_at_most_so_many_lines(text: str, width: int, count: int) -> None:
    lines = wrap_at_most(text, width, count, columns)
    assert len(lines) <= count
    assert all(columns(line) <= width for line in lines)
    whole = len(wrap(text, width, columns)) <= count
    assert whole or lines[-1].endswith("…")


def test_words_break_at_blanks_and_hanzi_anywhere() -> None:
    assert wrap("return the goods", 10, columns) == ("return the", "goods")
    assert wrap("退货已保存不会丢失", 8, columns) == ("退货已保", "存不会丢", "失")
    assert wrap("按 Enter 确认", 8, columns) == ("按 Enter", "确认")


def test_no_line_starts_with_a_closing_mark_or_ends_with_an_opening_one() -> None:
    text = "退货已保存，不会丢失（也不会重复退款）。金额￥80.54"
    for width in range(6, 40):
        lines = wrap(text, width, columns)
        if max(map(columns, lines)) <= width and width >= 10:
            assert not any(line[0] in CLOSING for line in lines[1:]), (width, lines)
            assert not any(line[-1] in OPENING for line in lines[:-1]), (width, lines)


def test_a_word_longer_than_the_line_is_broken_not_dropped() -> None:
    assert wrap("abcdefghij", 4, columns) == ("abcd", "efgh", "ij")


def test_shortened_text_keeps_its_start() -> None:
    assert shorten("退货金额", 8, columns) == "退货金额"
    assert shorten("退货金额", 7, columns) == "退货金…"
    assert shorten("abc", 1, columns) == "…"
