"""Which devices are listened to, in a tree like the kernel's."""

from pathlib import Path

import pytest

from drivers.scanner_candidates import Tree, candidates
from drivers.scanner_verdict import Source
from tests.fakes.hid_pos_scanner import USUAL

KEYBOARD = "1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe"
POWER = "10000000000000 0"
BUTTONS = "ffff00000000 0 0 0 0"  # a mouse's, all above 0x100


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    found = Tree(tmp_path / "sys", tmp_path / "dev")
    for folder in (found.sys / "input", found.sys / "hidraw", found.dev / "input"):
        folder.mkdir(parents=True)
    return found


def plug(tree: Tree, number: int, keys: str, usb: str = "0c2e:0901", port: str = "1") -> Path:
    device = tree.sys / f"input/event{number}/device"
    (device / "id").mkdir(parents=True)
    (device / "capabilities").mkdir()
    vendor, product = usb.split(":")
    said = {"id/vendor": vendor, "id/product": product, "name": "Gun", "uniq": ""}
    said |= {"phys": f"usb-0000:00:14.0-{port}/input{number}", "capabilities/key": keys}
    for what, text in said.items():
        (device / what).write_text(f"{text}\n")
    node = tree.dev / f"input/event{number}"
    node.touch()
    return node


def link(node: Path, *place: str) -> str:
    path = node.parents[1].joinpath(*place)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(node)
    return str(path)


def test_what_types_is_listened_to_and_power_buttons_and_mice_are_not(tree: Tree) -> None:
    plug(tree, 0, POWER, port="0")
    plug(tree, 1, BUTTONS, port="9")
    node = plug(tree, 2, KEYBOARD)
    path = link(node, "input/by-id/usb-Maker_Gun-event-kbd")
    assert candidates(tree) == [Source("hid", str(node), path, 0x0C2E, 0x0901, "Gun")]


def test_the_nodes_of_one_unit_are_one_candidate(tree: Tree) -> None:
    plug(tree, 2, KEYBOARD)
    plug(tree, 3, KEYBOARD)
    assert len(candidates(tree)) == 1


def test_two_of_a_kind_are_told_apart_by_their_sockets(tree: Tree) -> None:
    first, second = plug(tree, 2, KEYBOARD), plug(tree, 3, KEYBOARD, port="2")
    link(first, "input/by-id/usb-Maker_Gun-event-kbd")
    paths = [link(first, "input/by-path/a-event-kbd"), link(second, "input/by-path/b-event-kbd")]
    assert [one.path for one in candidates(tree)] == paths


def test_a_hidraw_node_counts_when_it_calls_itself_a_scanner(tree: Tree) -> None:
    for number, descriptor in enumerate((USUAL, b"\x05\x01\x09\x06\xa1\x01\xc0")):
        device = tree.sys / f"hidraw/hidraw{number}/device"
        device.mkdir(parents=True)
        (device / "report_descriptor").write_bytes(descriptor)
        (device / "uevent").write_text("HID_ID=0003:00000C2E:00000901\nHID_NAME=Reader\n")
    node = tree.dev / "hidraw0"
    node.touch()
    path = link(tree.dev / "input/x", "returns/hid-pos-scanner")
    Path(path).unlink()
    Path(path).symlink_to(node)
    assert candidates(tree) == [Source("hid-pos", str(node), path, 0x0C2E, 0x0901, "Reader")]


def test_serial_lines_go_by_their_lasting_names_and_the_printers_is_left_alone(tree: Tree) -> None:
    nodes = [tree.dev / name for name in ("ttyACM0", "ttyUSB0", "ttyS0")]
    for node in nodes:
        node.touch()
    by_id = tree.dev / "serial/by-id"
    by_id.mkdir(parents=True)
    for name, node in zip(("usb-Gun", "usb-Printer"), nodes[:2], strict=True):
        (by_id / name).symlink_to(node)
    found = candidates(tree, lines=[str(nodes[2]), "/dev/none"], leave=[str(nodes[1])])
    assert found == [
        Source("serial", str(nodes[0]), str(by_id / "usb-Gun")),
        Source("serial", str(nodes[2]), str(nodes[2])),
    ]
