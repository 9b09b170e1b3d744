"""States as JSON: the same value has the same text, whatever was encoded before it."""

import json

from msgspec.structs import replace

from terminal.core.people import Role, Staff
from terminal.core.states import Ready
from terminal.ledger.codec import Codec

ANN = Staff("1007", 'Ann "王" \\ O\u2028', Role.CASHIER)


def test_a_kept_part_has_the_text_that_a_fresh_codec_gives() -> None:
    used = Codec()
    for state in (Ready(ANN), replace(Ready(ANN), cashier=replace(ANN, name="Bo")), Ready(ANN)):
        assert used.encode(state) == Codec().encode(state)
        assert used.decode(used.encode(state)) == state


def test_the_text_is_compact_json_with_sorted_keys() -> None:
    text = Codec().encode(Ready(ANN))
    plain = json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    assert text == plain


def test_many_values_leave_no_wrong_text_behind() -> None:
    """Kept texts go by the object's id, which a dead object would leave to another."""
    codec = Codec()
    for number in range(2000):
        staff = Staff(str(number), "a name that is long enough to be kept", Role.CASHIER)
        assert codec.decode(codec.encode(Ready(staff))) == Ready(staff)
