"""Answers of printers: every byte is checked before it is believed."""

import pytest

from printer.status import (
    Paper,
    PrinterFault,
    PrinterStatus,
    from_dle_eot,
    from_gs_r,
    from_lpgetstatus,
    is_dle_eot,
    printed_id,
)


@pytest.mark.parametrize("byte", [0x12, 0x16, 0x1E, 0x32, 0x36, 0x72, 0x7E])
def test_real_status_bytes_are_recognised(byte: int) -> None:
    assert is_dle_eot(byte)


@pytest.mark.parametrize("byte", [0x00, 0x0F, 0x10, 0x11, 0x13, 0x37, 0x41, 0x92, 0xFF])
def test_other_bytes_are_not_taken_for_a_status(byte: int) -> None:
    """Flow control, GS r answers, marks, unasked-for status and noise."""
    assert not is_dle_eot(byte)


@pytest.mark.parametrize(
    ("answers", "fault", "paper"),
    [
        ({1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}, None, Paper.OK),
        ({1: 0x12, 2: 0x12, 3: 0x12, 4: 0x1E}, None, Paper.LOW),
        ({1: 0x1A, 2: 0x32, 3: 0x12, 4: 0x7E}, PrinterFault.PAPER_OUT, Paper.OUT),
        ({1: 0x1A, 2: 0x16, 3: 0x12, 4: 0x12}, PrinterFault.COVER_OPEN, Paper.OK),
        ({1: 0x1A, 2: 0x52, 3: 0x1A, 4: 0x12}, PrinterFault.ERROR, Paper.OK),
        ({1: 0x1A}, PrinterFault.OFFLINE, Paper.UNKNOWN),
        ({}, None, Paper.UNKNOWN),
    ],
)
def test_the_first_thing_to_put_right_is_named(
    answers: dict[int, int], fault: PrinterFault | None, paper: Paper
) -> None:
    status = from_dle_eot(answers)
    assert (status.fault, status.paper) == (fault, paper)


@pytest.mark.parametrize(
    ("byte", "paper"),
    [(0, Paper.OK), (3, Paper.LOW), (0x0C, Paper.OUT), (0x0F, Paper.OUT), (0x12, None)],
)
def test_paper_of_gs_r(byte: int, paper: Paper | None) -> None:
    assert from_gs_r(byte) is paper


def test_usb_port_tells_paper_and_line() -> None:
    assert from_lpgetstatus(0x18).fault is None
    assert from_lpgetstatus(0x38).fault is PrinterFault.PAPER_OUT
    assert from_lpgetstatus(0x08).fault is PrinterFault.OFFLINE
    assert from_lpgetstatus(0x10).fault is PrinterFault.ERROR


def test_the_printed_mark_is_found_among_other_answers() -> None:
    assert printed_id(b"\x12\x37\x22AAAB\x00\x16") == b"AAAB"
    assert printed_id(b"\x37\x22AAAB\x00\x37\x22AAAC\x00") == b"AAAC"
    assert printed_id(b"\x37\x22AAA") is None
    assert printed_id(b"\x37\x22AA\x01B\x00") is None


def test_busy_and_unreached_come_before_all_else() -> None:
    assert PrinterStatus(busy=True, reached=False).fault is PrinterFault.BUSY
    assert PrinterStatus(reached=False).fault is PrinterFault.UNREACHABLE
