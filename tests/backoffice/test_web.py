"""Who asks, as it is counted."""

import pytest
from starlette.requests import Request

from backoffice.web import address_of


def asks(host: str) -> str:
    return address_of(Request({"type": "http", "client": (host, 1), "headers": []}))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff:1:2:3", True),  # a household has a /64, a phone its own
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("testclient", "a proxy's word", False),
    ],
)
def test_an_ipv6_network_is_one_stranger(one: str, other: str, *, same: bool) -> None:
    assert (asks(one) == asks(other)) is same


def test_nobody_is_somebody_too() -> None:
    assert address_of(Request({"type": "http", "client": None, "headers": []})) == ""
