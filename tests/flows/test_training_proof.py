"""From the training room nothing real can be reached: no money, number, record, stock or drawer.

Random trainees press and scan whatever they like; the unit's own files stay the same to the byte.
"""

import random
from pathlib import Path

import pytest

from drivers.values import Key, KeyPress, Scan
from terminal.core import states
from tests.fakes.escpos_parser import Command, Parser
from tests.flows.classroom import Classroom
from tests.flows.shelf import MILK, OIL, RECEIPT

KEYS = tuple(key for key in Key if key is not Key.CHARACTER)


def commands(room: Classroom) -> set[str]:
    """The printer's commands in all that was sent, as an independent parser reads them."""
    found: set[str] = set()
    for _, data in room.printing.sent:
        parser = Parser("gb18030")
        found |= {one.name for one in parser.feed(data) if isinstance(one, Command)}
    return found


def one_thing(room: Classroom, chance: random.Random) -> None:
    """A key, typing, or a scan: of the room's goods or of the real shop's."""
    match chance.randrange(10):
        case 0 | 1 | 2 | 3:
            room.presses(chance.choice((Key.CONFIRM, Key.CONFIRM, Key.F1, Key.F2, Key.DOWN)))
        case 4 | 5:
            room.handle(KeyPress("keypad", chance.choice(KEYS)))
        case 6 | 7:
            room.types(chance.choice(("1", "2", "4", "1007⏎1234⏎", "2001⏎4321⏎1", "75.40⏎")))
        case _:
            codes = [RECEIPT, OIL, MILK, "%BBOSS", "R-0571-03-000001", "T-0571-03-000001"]
            if room.doors.room is not None and room.room._lesson is not None:
                codes += [room.receipt] * 6
            room.handle(Scan("scanner", chance.choice(codes)))


@pytest.mark.parametrize("seed", range(4))
def test_nothing_real_is_touched_by_random_trainees(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    room = Classroom(tmp_path)
    room.enters()
    till = room.till
    before, journal, since = room.real_bytes(), till.journal, len(till.glass.shown)
    trained: set[str] = set()
    for _ in range(400):
        one_thing(room, chance)
        if room.doors.room is None:  # left by Cancel: the trainer opens the room again
            assert till.journal[len(journal) :] == ["TrainingClosed", "SignedOut"]
            room.types("4321⏎")
            room.presses(Key.F4)
            room.types("2")
            before, journal, since = room.real_bytes(), till.journal, len(till.glass.shown)
        elif room.room._lesson is not None:
            trained |= {type(room.lesson.counter.state).__name__}
        assert room.real_bytes() == before
        assert all(one.watermark for one in till.glass.shown[since:])
    assert till.store.next_return_sequence() == 1
    assert till.returns == []
    assert room.printing.kicks == 0
    assert not {"ESC p", "DLE DC4"} & commands(room), "what opens a drawer"
    assert len(trained) > 8, f"the trainees got nowhere: {trained}"
    room.leaves()


def test_whole_drills_record_and_pay_in_the_room_alone(tmp_path: Path) -> None:
    """As far as a return goes: recorded, printed, signed, cash paid out. All of it in the room."""
    room = Classroom(tmp_path)
    room.enters()
    before = room.real_bytes()
    for _ in range(3):
        room.types("1")
        room.types(f"{room.receipt}⏎")
        room.takes_all()
        room.presses(Key.CONFIRM, Key.F2, Key.CONFIRM)
        store = room.lesson._store
        assert store.next_return_sequence() == 2
        assert "CustomerConfirmed" in [row.kind for row in store.journal()]
        room.presses(Key.CONFIRM)
    assert room.real_bytes() == before
    assert room.printing.kicks == 0
    assert len(room.slips) == 6
    assert "GS V" in commands(room)
    assert not {"ESC p", "DLE DC4"} & commands(room), "what opens a drawer"
    assert all("T-0571-03-000001" in paper for paper in room.papers)
    room.leaves()


def test_the_room_is_given_nothing_real(tmp_path: Path) -> None:
    """No object of the room leads to the unit's store, ledger or counter."""
    room = Classroom(tmp_path)
    room.enters()
    room.types("1")
    real = {id(room.till.store), id(room.till.store.staff), id(room.till.counter)}
    real |= {id(room.till.counter._ledger), id(room.till.counter._performer)}
    seen: set[int] = set()
    open_: list[object] = [room.lesson]
    while open_:
        thing = open_.pop()
        if id(thing) in seen or not type(thing).__module__.startswith(("terminal", "storage")):
            continue
        seen.add(id(thing))
        assert id(thing) not in real, thing
        open_ += vars(thing).values() if hasattr(thing, "__dict__") else []
    assert len(seen) > 5
    room.leaves()


def test_slips_of_training_are_unknown_to_the_unit(tmp_path: Path) -> None:
    room = Classroom(tmp_path)
    room.enters()
    room.types("1")
    room.types(f"{room.receipt}⏎")
    room.takes_all()
    room.presses(Key.CONFIRM)
    qr = room.till.qr
    room.presses(Key.F1, Key.CANCEL, Key.CANCEL)
    room.types("4321⏎")
    for code in (qr, "T-0571-03-000001"):
        room.scans(code)
        assert room.till.returns == []
        assert "TRAINING" not in room.till.says
        assert not isinstance(room.till.state, states.ShowingReturn)
        room.presses(Key.CANCEL)
        if not isinstance(room.till.state, states.Ready):
            room.types("2001⏎4321⏎")
    room.leaves()
