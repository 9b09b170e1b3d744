"""What may stand against a backup or its restoring."""

from pathlib import Path

from storage.faults import CannotOpen, StorageFault


class TargetTaken(StorageFault):
    """A backup would overwrite something."""


class TargetUnusable(CannotOpen):
    """The copy could not be written where it was wanted; the store itself is as it was."""


class NumbersUnknown(StorageFault):
    """Nobody can say which return numbers were given since the backup was made."""


class NewerReturns(StorageFault):
    """The store there is sound, and knows returns, or the end of some, that the backup does not.

    `numbers` are some of them.
    """

    def __init__(self, file: Path, numbers: tuple[str, ...], count: int) -> None:
        super().__init__(file)
        self.numbers = numbers
        self.count = count
