"""A card number is cut wherever it stands, and a payment's own number is not one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.cards import masked_all
from backoffice.sales.interchange import offered
from tests.backoffice.pos import interchange
from tests.flows.shelf import one_oil

CARD = "4111111111111111"
WECHAT = "4200001234202611201234567890"
ALIPAY = "2026112022001412341234567890"


@given(st.text("0123456789", min_size=23, max_size=23), st.sampled_from(["wechat", "alipay", "x"]))
def test_a_payment_number_of_a_wallet_stays_whole(digits: str, kind: str) -> None:
    tender = {"kind": kind, "reference": f"42000{digits}"}
    assert masked_all(tender) == tender


@pytest.mark.parametrize(
    "written", [CARD, "4111 1111 1111 1111", f"PAN {CARD}", "4111-1111-1111-1111"]
)
def test_a_card_in_the_place_of_a_payment_number_is_cut(written: str) -> None:
    found = masked_all({"kind": "card", "reference": written})["reference"]
    assert "1111111" not in found.replace(" ", "").replace("-", "")


def test_payment_and_serial_numbers_are_what_the_pos_wrote() -> None:
    for reference in (WECHAT, ALIPAY):
        plain = interchange(one_oil(tenders=(("wechat", "59.90", "零钱"),)))
        plain["tenders"][0]["reference"] = reference
        plain["lines"][0]["serials"] = ["SN-860123456789015"]
        plain["note"] = f"card {CARD}"
        sale = offered(plain)
        assert sale.tenders[0].reference == reference
        assert sale.body["tenders"][0]["reference"] == reference
        assert sale.body["lines"][0]["serials"] == ["SN-860123456789015"]
        assert CARD not in str(sale.body)
