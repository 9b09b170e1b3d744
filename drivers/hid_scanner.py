"""A scanner that types like a keyboard (HID wedge)."""

from collections.abc import Callable, Sequence
from pathlib import Path

from drivers.hid_keys import WedgeDecoder
from drivers.input_link import InputLink
from drivers.input_nodes import DEV, Node, NodeMatch, open_nodes
from drivers.profile import ScannerProfile
from drivers.tending import Tended


class HidScanner(Tended):
    """An InputDevice. Grabs all nodes of the scanner, so that nothing it types goes elsewhere."""

    def __init__(
        self,
        name: str,
        match: NodeMatch,
        profile: ScannerProfile | None = None,
        *,
        open_with: Callable[[NodeMatch], Sequence[Node]] = open_nodes,
    ) -> None:
        rules = profile or ScannerProfile()

        def connect() -> InputLink:
            return InputLink(open_with(match), lambda node: WedgeDecoder(name, rules, node.held))

        super().__init__(name, connect, Path(match.path) if match.path else DEV / "event")
