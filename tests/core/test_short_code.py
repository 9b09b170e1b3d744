"""The short code: what a person reads out, types and mistypes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.core.short_code import grouped, read_short_code, short_code

ENTROPY = st.integers(0, 2**50 - 1)


@given(ENTROPY)
def test_what_is_printed_is_read_back_however_it_is_typed(entropy: int) -> None:
    code = short_code(entropy)
    assert len(code) == 11
    for typed in (code, code.lower(), grouped(code), grouped(code).replace("-", " ")):
        assert read_short_code(typed) == code


@given(ENTROPY)
def test_letters_that_look_like_digits_are_forgiven(entropy: int) -> None:
    code = short_code(entropy)
    body = code[:-1].replace("1", "l").replace("0", "o")
    assert read_short_code(body + code[-1]) == code


@given(ENTROPY, st.integers(0, 9), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_one_wrong_character_is_noticed(entropy: int, place: int, char: str) -> None:
    code = short_code(entropy)
    wrong = code[:place] + char + code[place + 1 :]
    assert (read_short_code(wrong) is None) is (wrong != code)


@given(ENTROPY, st.integers(0, 8))
def test_two_neighbours_swapped_are_noticed(entropy: int, place: int) -> None:
    code = short_code(entropy)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert (read_short_code(swapped) is None) is (swapped != code)


@given(st.text(max_size=40))
def test_any_text_is_a_code_or_none_and_never_an_error(text: str) -> None:
    found = read_short_code(text)
    assert found is None or len(found) == 11


@pytest.mark.parametrize("text", ["", "0", "U" * 11, "ı" * 11, "٣" * 11, "0" * 12])
def test_what_is_no_code_is_none(text: str) -> None:
    assert read_short_code(text) is None


@given(ENTROPY, ENTROPY)
def test_two_numbers_have_two_codes(one: int, other: int) -> None:
    assert (short_code(one) == short_code(other)) is (one == other)
