"""Where sentences stand on a screen, for pixels and text alike.

Law of the file: a screen says what is important; that sentences follow it is decided here, once.
"""

from terminal.ui.screen import Amount, Block, Busy, Choice, Headline, Panel, Side, Table


def wants_centre(blocks: tuple[Block, ...]) -> bool:
    """Sentences follow the big thing above them into the middle, but never stand so by a list."""
    big = any(isinstance(each, Headline | Amount | Busy | Panel) for each in blocks)
    return big and not any(isinstance(each, Table | Choice | Side) for each in blocks)
