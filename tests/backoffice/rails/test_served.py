"""`returns-backoffice serve` with rails: a refund that is due goes to its rail by itself."""

import os
import subprocess
import sys
import time
from pathlib import Path

from backoffice.office import Office
from tests.backoffice.ports import free_port
from tests.backoffice.rails.books import a_refund, a_sale, refund_of


def _serve(office: Office, tmp_path: Path, rails: str) -> subprocess.Popen[str]:
    config = tmp_path / "backoffice.toml"
    listen = [f'listen = "127.0.0.1:{free_port()}"' for _ in range(3)]
    config.write_text(
        f'state_dir = "{office.settings.state_dir}"\n[terminals]\n{listen[0]}\n'
        f"[public]\n{listen[1]}\n[operations]\n{listen[2]}\n{rails}"
    )
    return subprocess.Popen(
        [sys.executable, "-m", "backoffice", "--config", str(config), "serve"],
        env=os.environ | {"DATABASE_URL": office.settings.database_url},
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_due_refund_is_paid(office: Office, tmp_path: Path) -> None:
    with office.writing() as tx:
        a_sale(tx)
        a_refund(tx, amount=2901)  # the simulator takes its time with it
    rails = '[rails.kinds]\nwechat = "simulator"\n[rails.simulator]\ndelay_s = 2\n'
    process = _serve(office, tmp_path, rails)
    ends = time.monotonic() + 90
    try:
        while refund_of(office).state != "success":
            assert process.poll() is None, process.communicate()[1]
            assert time.monotonic() < ends
            time.sleep(0.1)
    finally:
        process.terminate()
        _, log = process.communicate(timeout=60)
    assert process.returncode == 0, log
    assert refund_of(office).actual == 2901
    assert '"level": "error"' not in log


def test_a_rail_without_its_table_is_told_before_anything_is_served(
    office: Office, tmp_path: Path
) -> None:
    process = _serve(office, tmp_path, '[rails.kinds]\nwechat = "wechatpay"\ncash = "manual"\n')
    _, told = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "rails.kinds.wechat: needs the table [rails.wechatpay]" in told
    assert "rails.kinds.cash: cash is paid at the drawer" in told
