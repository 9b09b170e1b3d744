"""A slip as text for the console."""

from hypothesis import given
from hypothesis import strategies as st

from printer.plain import ConsolePaper, slip_text
from printer.slip import Columns, Mark, Size, Slip, Text
from tests.printer.paper_trail import same_text
from tests.printer.samples import CHINESE, ENGLISH


def test_slip_reads_as_agreed() -> None:
    assert same_text("plain.txt", slip_text(CHINESE) + slip_text(ENGLISH, 32))


@given(st.text(st.characters(), max_size=60))
def test_no_text_leaves_its_line_or_moves_the_cursor(text: str) -> None:
    paper = ConsolePaper(32)
    for line in slip_text(Slip((Text(text), Columns(text, text), Mark(text))), 32).split("\n"):
        assert paper.measure(line, Size.NORMAL) <= 32
        assert all(ord(char) >= 0x20 and not 0x7F <= ord(char) <= 0x9F for char in line)
