"""A power cut at any write: what was acknowledged is there. Weaker settings must fail this."""

from pathlib import Path

import pytest

from tests.storage import power_cut
from tests.storage.test_disk_faults import needs_strace


@needs_strace
def test_a_power_cut_loses_no_acknowledged_step(tmp_path: Path) -> None:
    tried, bad = power_cut.faults(tmp_path, steps=8, every=1)
    assert tried > 100
    assert bad == []


@needs_strace
@pytest.mark.parametrize("synchronous", ["NORMAL", "OFF"])
def test_the_control_with_fewer_syncs_loses_steps(tmp_path: Path, synchronous: str) -> None:
    _, bad = power_cut.faults(tmp_path, steps=6, every=1, synchronous=synchronous)
    assert bad
