"""A machine that cannot run the lab is told why, in words."""

import os

import pytest

from tests.lab import needs


def test_too_little_room_is_told() -> None:
    assert any("room: " in one and "1000000 are needed" in one for one in needs.lacking(room=10**6))
    assert not any("room: " in one for one in needs.lacking(room=0))


@pytest.mark.skipif(os.geteuid() == 0, reason="root lacks nothing")
def test_a_user_who_is_not_root_is_told() -> None:
    assert any("sudo" in one for one in needs.lacking())


def test_nobody_needs_root_for_the_quick_bench() -> None:
    assert not any("sudo" in one for one in needs.lacking(root=False))
