"""Nothing on paper leads to a person: tails are short, staff are numbers."""

import pytest
from msgspec.structs import replace

from terminal.core.print_jobs import SlipKind
from terminal.core.returns import (
    Refund,
    Status,
)
from tests.app.test_slips import (
    KINDS,
    LANGUAGES,
    MONEY,
    NOTICES,
    PAN,
    RETURN,
    slip,
    text,
    with_settlement,
)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_means_of_payment_is_printed_longer_than_its_tail(kind: SlipKind, language: str) -> None:
    """A return that somehow holds a whole card number still prints four digits of it."""
    whole = Refund(0, "card", PAN, 6000)
    ret = replace(with_settlement(refunds=(whole, MONEY[1])), status=Status.ACCEPTED)
    assert PAN not in text(slip(kind, ret, language)).replace(" ", "")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_staff_are_numbers_on_paper_and_the_approver_is_not_there(
    kind: SlipKind, language: str
) -> None:
    said = text(slip(kind, replace(RETURN, status=Status.ACCEPTED), language))
    assert "2001" not in said
    assert ("1007" in said) is (kind not in NOTICES)
