"""What is wrong with a slip is seen: a byte too many, another return's code, words that differ."""

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image

from printer.control import recovery
from printer.slip import Slip
from terminal.core.print_jobs import SlipKind
from terminal.slip_code import SlipCodes
from tests.fakes.slip_keys import made_key
from tests.flows.cashier import Till
from tests.flows.shelf import RECEIPT, Sold, sale
from tests.lab.slips import readers
from tests.lab.slips.harmless import RETURN, trial, wire
from tests.lab.slips.looks import (
    MODELS,
    UNKNOWN,
    Known,
    Look,
    Wrong,
    _ends,
    held,
    look,
    token,
)
from tests.lab.slips.readers import READERS, Disagree, alike, photo, read, zxing
from tests.lab.slips.roll import sheets
from tests.printer.paper_trail import printed
from tests.printer.samples import CHINESE, ENGLISH, PAYLOAD

MODEL = MODELS["generic-80mm"]
TWO = {"zxing": zxing, "once more": zxing}  # where the lab's other readers are not installed
ALL = pytest.mark.skipif(
    bool(readers.missing()), reason="the lab's readers are not installed: .ci/setup lab"
)
SLIP = wire(SlipKind.RETURN, RETURN, MODEL)
CODE = f"{RETURN.number}/{RETURN.short_code}"


def looked(raw: bytes, known: Known = UNKNOWN) -> list[Look]:
    return [look("slip", one, MODEL, known, TWO) for one in sheets(raw, MODEL)]


def test_a_sound_slip_has_no_fault() -> None:
    both = frozenset({CODE})
    customer, shop = looked(SLIP, Known(both, both))
    assert customer.faults == shop.faults == []
    assert list(customer.codes) == [f"HTTPS://R.EXAMPLE.CN/R/{CODE}"]
    assert shop.codes == {}
    assert str(customer).startswith("✓ slip: ")


HOSTILE = (
    b"\x1b@", b"\x1dV\x01", b"\x1ba\x01", b"\x10\x04\x01", b"\x1bp\x00\x19\xfa", b"\x1cp", b"\x07",
    b"\x1c.",
)  # fmt: skip


@pytest.mark.parametrize("command", HOSTILE)
def test_a_command_in_a_name_is_seen(command: bytes) -> None:
    """As an encoder would send it that cleaned nothing."""
    assert any(one.faults for one in looked(SLIP.replace(b"milk", b"mi" + command + b"lk", 1)))


def test_a_test_slip_leads_to_the_shops_address() -> None:
    (seen,) = looked(trial(MODEL), Known(frozenset(), frozenset()))
    assert seen.faults == []
    assert list(seen.codes) == ["HTTPS://R.EXAMPLE.CN/"]
    (changed,) = sheets(trial(MODEL), MODEL)
    changed.page.strips[:] = sheets(SLIP, MODEL)[0].page.strips
    assert look("slip", changed, MODEL, by=TWO).faults


def test_half_a_character_is_seen() -> None:
    whole = "退货".encode("gb18030")
    assert SLIP.count(whole)
    assert any(one.faults for one in looked(SLIP.replace(whole, whole[:-1], 1)))


def test_another_returns_code_is_seen() -> None:
    other = replace(RETURN, short_code="7K2M9Q4XCTH")
    ours, theirs = sheets(SLIP, MODEL)[0], sheets(wire(SlipKind.RETURN, other, MODEL), MODEL)[0]
    ours.page.strips[:] = theirs.page.strips
    assert any("the words say" in one for one in look("slip", ours, MODEL, by=TWO).faults)


@pytest.mark.parametrize("known", [Known(shown=frozenset()), Known(recorded=frozenset({"x"}))])
def test_a_code_that_is_on_no_screen_or_no_record_is_seen(known: Known) -> None:
    assert looked(SLIP, known)[0].faults


def test_the_code_on_paper_is_held_to_the_units_own_file(tmp_path: Path) -> None:
    till = Till(tmp_path, [sale([Sold("milk", "9.90")])])
    till.signs_on()
    till.returns_all(RECEIPT)
    till.confirms()
    till.switch_off()
    (raw,) = (data for _, data in till.printing.sent)
    (tmp_path / "slips.bin").write_bytes(raw)
    shutil.move(till.folder, tmp_path / "data")
    assert "1 codes read" in held(tmp_path, MODEL, TWO)
    (tmp_path / "slips.bin").write_bytes(wire(SlipKind.RETURN, RETURN, MODEL))
    with pytest.raises(Wrong, match="the record has"):
        held(tmp_path, MODEL, TWO)


def test_a_slip_torn_off_may_lack_its_end_and_no_more() -> None:
    torn, *whole = looked(SLIP[:900] + recovery(MODEL) + SLIP)
    assert torn.sheet.torn
    assert [one.faults for one in (torn, *whole)] == [[], [], []]
    hostile = SLIP[:300] + b"\n\x1dr\x01\x1b=\x02" + SLIP[300:900]
    assert looked(hostile + recovery(MODEL) + SLIP)[0].faults


def test_a_slip_without_its_end_is_seen() -> None:
    assert "not cut off" in looked(SLIP[:-3])[-1].faults


def test_a_code_that_one_reader_alone_reads_does_not_count() -> None:
    picture = sheets(SLIP, MODEL)[0].picture
    with pytest.raises(Disagree, match="fewer than 2"):
        read(picture, {"zxing": zxing, "blind": lambda _: (), "also": lambda _: ()})
    with pytest.raises(Disagree):
        read(picture, {**TWO, "other": lambda _: ("HTTPS://ELSEWHERE",)})


def test_a_phone_sees_another_picture_than_the_printer_drew() -> None:
    picture = sheets(SLIP, MODEL)[0].picture
    seen = photo(picture)
    assert seen.size != picture.size
    assert len(seen.getcolors(1 << 20) or []) > 50, "blurred: more than black and white"


def test_a_scenario_holds_or_names_the_sheets_that_do_not(tmp_path: Path) -> None:
    (tmp_path / "slips.bin").write_bytes(SLIP)
    said = "2 sheets, no command from data, 1 codes read by 2 readers"
    assert held(tmp_path, MODEL, TWO) == said
    (tmp_path / "slips.bin").write_bytes(SLIP.replace(b"milk", b"mi\x1b@lk", 1))
    with pytest.raises(Wrong, match=r"slips 1: .* as no harmless slip"):
        held(tmp_path, MODEL, TWO)


@ALL
@pytest.mark.parametrize("name", sorted(MODELS))
def test_the_code_of_a_slip_is_read_from_every_printer(name: str) -> None:
    model = MODELS[name]
    customer = sheets(wire(SlipKind.RETURN, RETURN, model), model)[0]
    (by,) = read(customer.picture).values()
    assert len(by) >= 2


@ALL
@pytest.mark.parametrize("slip", [CHINESE, ENGLISH], ids=["zh", "en"])
def test_all_three_readers_read_a_code_as_long_as_a_signed_token(slip: Slip) -> None:
    machine = printed(slip, MODEL)
    assert read(machine.pages[0].picture(machine.width)) == {PAYLOAD: list(READERS)}


@ALL
@pytest.mark.parametrize("name", ["flow_WaitingForCustomer_zh.png", "screen-customer-zh.png"])
def test_all_three_readers_read_the_screens_code(name: str) -> None:
    found = alike(Image.open(Path(__file__).parents[2] / "golden" / name))
    assert [len(by) for by in found.values()] == [3]


def test_a_signed_code_is_read_as_the_wire_says_and_must_be_of_a_return_on_file() -> None:
    ret = replace(RETURN, id="0192f0c1-5a17-7c0d-8e1f-0123456789ab")
    code = SlipCodes("", made_key()).of(ret)
    said = token(code)
    assert said == ("0192f0c15a177c0d8e1f0123456789ab", ret.settlement.refund)
    numbers = frozenset({CODE})
    assert _ends([code], {said: CODE}) == numbers
    for other in ((said[0], said[1] + 1), ("0" * 32, said[1])):
        assert _ends([code], {other: CODE}) != numbers
    with pytest.raises(ValueError, match=r"not the bytes of docs/WIRE.md"):
        token(code[:-4])
