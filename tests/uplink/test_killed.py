"""Terminal, courier and office are killed at random moments: nothing is lost, nothing doubled."""

import random
import subprocess
import sys
import time
from pathlib import Path

from storage.store import open_reader
from tests.courier.terminal_end import enrolled
from tests.fakes.back_office import BackOffice

ROOT = Path(__file__).parents[2]
ROUNDS = 10


def courier(folder: Path, socket: Path) -> subprocess.Popen[bytes]:
    command = ("-m", "terminal.courier", "--socket", str(socket), "--state", str(folder))
    return subprocess.Popen([sys.executable, *command], cwd=ROOT, stderr=subprocess.DEVNULL)


def terminal(data: Path, socket: Path, seconds: float) -> subprocess.Popen[bytes]:
    command = ("-m", "tests.uplink.child", str(data), str(socket), str(seconds))
    return subprocess.Popen([sys.executable, *command], cwd=ROOT, stdout=subprocess.PIPE)


def test_whatever_is_killed_in_the_middle_of_a_delivery(tmp_path: Path) -> None:
    chance = random.Random(11)
    data, socket, said = tmp_path / "data", tmp_path / "s", 0
    with BackOffice(tmp_path) as office:
        state = enrolled(tmp_path / "state", office)
        network = courier(state, socket)
        for _ in range(ROUNDS):
            till = terminal(data, socket, 60.0)
            assert till.stdout is not None
            said = max(said, int(till.stdout.readline()))  # it is at work
            time.sleep(chance.random())
            if chance.random() < 0.6:
                network.kill()
                network.wait()
                network = courier(state, socket)
                time.sleep(chance.random())
            till.kill()
            out, _ = till.communicate()
            said = max([said, *(int(line) for line in out.split(b"\n")[:-1])])
        last = terminal(data, socket, 0.0)
        assert last.wait(timeout=90) == 0
        last.communicate()
        network.kill()
        network.wait()
        with open_reader(data / "returns.db") as store:
            kept, _ = store.journal_head()
            assert (store.unsent_count(), store.verify_chain()) == (0, None)
    assert said > ROUNDS
    assert kept >= said
    assert [one["seq"] for one in office.book.records] == list(range(1, kept + 1))
