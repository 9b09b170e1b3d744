"""A command's page of help: what it does in plain words, then examples of how it is called."""

from argparse import ArgumentParser
from collections.abc import Callable, Iterable

from terminal.ui.wrapping import columns, wrap

PROGRAM = "returns-terminal"
WIDTH = 96
Add = Callable[[str, str, str], ArgumentParser]
Example = tuple[str, str]  # the arguments, and what for


def prose(text: str) -> str:
    """One paragraph, broken where a line of the shell ends; Chinese counts two columns a sign."""
    return "\n".join(wrap(text, WIDTH, columns)) + "\n"


def examples(heading: str, found: Iterable[Example]) -> str:
    """Calls of this program, what they are for in a column beside them."""
    lines = [(f"  {PROGRAM} {arguments}", what) for arguments, what in found]
    longest = max((len(call) for call, what in lines if what), default=0)
    told = (f"{call:<{longest}}   {what}".rstrip() for call, what in lines)
    return "\n".join((f"\n{heading}", *told, ""))
