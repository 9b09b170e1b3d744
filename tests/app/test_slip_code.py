"""The code of a slip: what it says byte by byte, who made it, and that a phone reads it."""

import base64
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import zxingcpp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec.structs import replace

from drivers.values import Scan
from printer.models import Model
from printer.qr import QUIET, qr_dots, qr_matrix
from printer.slip import Qr, Slip
from terminal.core.currency_numbers import NO_CURRENCY, number_of
from terminal.core.sale import Currency
from terminal.scans import FalseSlip, Other, SignedSlip, recognise
from terminal.slip_code import (
    TOKEN_BYTES,
    SlipCodes,
    SlipKey,
    SlipKeyFault,
    codes_of,
    key_file,
    load_key,
)
from tests.app.test_slips import RETURN, SETTINGS
from tests.fakes.slip_keys import SLIP_URL, give_key, made_key
from tests.printer.paper_trail import printed
from tests.printer.samples import MODELS
from tests.printer.test_raster import as_a_phone_sees

ID = "0192f0c1-5a17-7c0d-8e1f-0123456789ab"
RET = replace(RETURN, id=ID)
HOST_OF_40 = "HTTPS://" + "R.SHOP-WITH-A-LONG-NAME-OF-ITS-OWN.COM.CN"[:40] + "/"


def token(code: str) -> bytes:
    text = code.rsplit("/", 1)[1]
    return base64.b32decode(text + "=" * (-len(text) % 8))


def test_the_bytes_are_those_of_the_wire() -> None:
    """docs/WIRE.md: version 1, key 3, return 16, issued 4, last day 2, amount 5, currency 2, 64."""
    key = made_key(0x010203)
    code = SlipCodes("", key).of(RET)
    assert code.startswith(f"{SLIP_URL}T/")
    assert len(code) - len(f"{SLIP_URL}T/") == 156
    said = token(code)
    assert (len(said), TOKEN_BYTES) == (97, 97)
    issued = int(datetime.fromisoformat(RET.recorded_at).timestamp())
    last_day = (date(2026, 11, 30) - date(1970, 1, 1)).days
    assert said[:33].hex() == (
        "01010203" + ID.replace("-", "") + f"{issued:08x}{last_day:04x}{10346:010x}{156:04x}"
    )
    public = Ed25519PrivateKey.from_private_bytes(key.seed).public_key()
    public.verify(said[33:], said[:33])  # raises: another library than ours agrees


def test_the_same_return_has_the_same_code_whatever_became_of_it() -> None:
    codes = SlipCodes("", made_key())
    assert codes.of(RET) == codes.of(replace(RET, copies=3)) == SlipCodes("", made_key()).of(RET)
    assert codes.of(RET) != SlipCodes("", made_key(13)).of(RET)


def test_without_a_key_the_shop_looks_up_number_and_short_code() -> None:
    code = SlipCodes("https://r.example.cn/").of(RET)
    assert code == f"{SLIP_URL}R/{RET.number}/{RET.short_code}"


def test_an_address_in_small_letters_is_printed_in_capitals(tmp_path: Path) -> None:
    give_key(tmp_path, made_key(slip_url="https://r.example.cn/"))
    code = codes_of(tmp_path, "", training=False).of(RET)
    assert code.startswith("HTTPS://R.EXAMPLE.CN/T/")


def test_what_was_signed_is_read_again() -> None:
    codes = SlipCodes("", made_key())
    found = codes.read(codes.of(RET))
    assert found is not None
    assert (found.return_id, found.amount, found.currency) == (ID, 10346, 156)
    assert (found.key, found.last_day, found.ours) == (12, date(2026, 11, 30), True)
    assert found.issued == datetime.fromisoformat(RET.recorded_at).astimezone(UTC)
    assert codes.read(codes.of(RET).lower()) == found, "a scanner may turn capitals around"


@pytest.mark.parametrize("at", [0, 1, 4, 20, 24, 26, 31, 33, 60, 96])
def test_a_code_with_one_bit_changed_is_no_slip_of_ours(at: int) -> None:
    codes = SlipCodes("", made_key())
    said = bytearray(token(codes.of(RET)))
    said[at] ^= 1
    forged = f"{SLIP_URL}T/{base64.b32encode(bytes(said)).decode().rstrip('=')}"
    found = codes.read(forged)
    if at == 0:
        assert found is None, "of another version"
    else:
        assert found is not None
        assert found.ours is (None if at == 1 else False)


def test_scans_know_a_signed_slip_a_false_one_and_one_of_another_key() -> None:
    ours, others = SlipCodes("", made_key()), SlipCodes("", made_key(13))
    forged = SlipCodes("", SlipKey(12, bytes(32), SLIP_URL))
    for maker, reader, kind in (
        (ours, ours, SignedSlip(ID)),
        (others, ours, SignedSlip(ID)),
        (forged, ours, FalseSlip()),
        (ours, SlipCodes(SLIP_URL), SignedSlip(ID)),
    ):
        scan = Scan("scanner", maker.of(RET), "")
        assert recognise(scan, SETTINGS.patterns, reader) == kind


def test_half_a_code_is_none() -> None:
    text = SlipCodes("", made_key()).of(RET)[:-1]
    assert isinstance(recognise(Scan("scanner", text, ""), SETTINGS.patterns), Other)


@pytest.mark.parametrize(("letters", "number"), [("CNY", 156), ("JPY", 392), ("KWD", 414)])
def test_a_currency_has_the_number_of_the_standard(letters: str, number: int) -> None:
    codes = SlipCodes("", made_key())
    found = codes.read(codes.of(replace(RET, currency=Currency(letters, 2))))
    assert found is not None
    assert found.currency == number_of(letters) == number
    assert number_of("QQQ") == NO_CURRENCY


# The code on paper.


def test_with_a_host_of_forty_characters_it_fits_version_8() -> None:
    assert len(HOST_OF_40) == len("HTTPS://") + 40 + 1
    matrix = qr_matrix(SlipCodes("", made_key(slip_url=HOST_OF_40)).of(RET))
    version = (len(matrix) - 2 * QUIET - 17) // 4
    assert version <= 8
    assert qr_dots(matrix, MODELS["generic-80mm"]) == 8
    assert qr_dots(matrix, MODELS["generic-58mm"]) == 6


def _page(model: Model) -> str:
    code = SlipCodes("", made_key(slip_url=HOST_OF_40)).of(RET)
    page = printed(Slip((Qr(code),)), model).pages[0].picture(model.width)
    for picture in (page.convert("L"), as_a_phone_sees(page)):
        assert [one.text for one in zxingcpp.read_barcodes(picture)] == [code]
    return code


@pytest.mark.parametrize("name", ["generic-80mm", "generic-58mm", "raster-only-58mm"])
def test_a_phone_reads_it_askew_from_afar_and_out_of_focus(name: str) -> None:
    assert _page(MODELS[name])


def test_at_three_dots_that_phone_reads_nothing() -> None:
    """The control: what the limit of dots is for."""
    with pytest.raises(AssertionError):
        _page(replace(MODELS["generic-80mm"], qr_dots_min=2, qr_dots_max=2))


# The key file.


def test_no_key_file_is_no_fault(tmp_path: Path) -> None:
    assert load_key(key_file(tmp_path)) is None


def test_the_key_is_read_and_not_shown(tmp_path: Path) -> None:
    key = give_key(tmp_path)
    assert load_key(key_file(tmp_path)) == key
    assert str(key.seed) not in repr(key)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"key": 12}',
        '{"key": 0, "seed": "' + "A" * 43 + '=", "slip_url": "HTTPS://R.EXAMPLE.CN/"}',
        '{"key": 12, "seed": "' + "A" * 43 + '=", "slip_url": 7}',
        '{"key": 12, "seed": "AAAA", "slip_url": "HTTPS://R.EXAMPLE.CN/"}',
        '{"key": 12, "seed": "' + "A" * 43 + '=", "slip_url": "HTTPS://R.EXAMPLE.CN/?x="}',
        "\udcff",
    ],
)
def test_a_torn_key_is_told_and_the_slips_go_on_unsigned(
    tmp_path: Path, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    give_key(tmp_path)
    key_file(tmp_path).write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(SlipKeyFault):
        load_key(key_file(tmp_path))
    assert "/R/" in codes_of(tmp_path, SLIP_URL, training=False).of(RET)
    assert "not signed" in caplog.text


def test_a_key_that_others_can_read_is_not_used(tmp_path: Path) -> None:
    give_key(tmp_path, mode=0o640)
    with pytest.raises(SlipKeyFault, match="0600"):
        load_key(key_file(tmp_path))


def test_training_never_signs(tmp_path: Path) -> None:
    give_key(tmp_path)
    assert "/T/" in codes_of(tmp_path, SLIP_URL, training=False).of(RET)
    assert "/T/" not in codes_of(tmp_path, SLIP_URL, training=True).of(RET)


def test_the_library_is_not_imported_before_the_first_code() -> None:
    ask = "import sys, terminal.app, terminal.slip_code; print('nacl' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
