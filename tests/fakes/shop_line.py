"""The way to the back office, as a test wants it: up or not; it keeps what it was asked."""


class ShopLine:
    def __init__(self) -> None:
        self.up = False
        self.asked: list[tuple[str, dict[str, str]]] = []

    def ask(self, ask: str, query: dict[str, str]) -> bool:
        if self.up:
            self.asked.append((ask, query))
        return self.up
