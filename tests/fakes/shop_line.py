"""The way to the back office, as a test wants it: up or not; it keeps what it was asked."""

from collections.abc import Mapping


class ShopLine:
    there, name = True, "0571-03"

    def __init__(self) -> None:
        self.up = False
        self.asked: list[tuple[str, Mapping[str, str | int]]] = []

    def ask(self, ask: str, query: Mapping[str, str | int]) -> bool:
        if self.up:
            self.asked.append((ask, query))
        return self.up
