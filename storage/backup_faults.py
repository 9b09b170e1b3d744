"""What may stand against a backup or its restoring, each with its remedy."""

from pathlib import Path

from storage.faults import Said, StorageFault


class TargetTaken(StorageFault):
    """A backup would overwrite something."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            file,
            Said("There is a file of this name already.", "已有同名文件。"),
            Said("Choose another name; nothing is overwritten.", "请换一个文件名；不会覆盖。"),
        )


class NumbersUnknown(StorageFault):
    """Nobody can say which return numbers were given since the backup was made."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            file,
            Said(
                "The store there cannot tell which return number was given last.",
                "现有数据库无法读出最后的退货号。",
            ),
            Said(
                "Give the number of the newest slip anybody has: --last-number R-...; 0 if there"
                " was no return since the backup.",
                "请用 --last-number 写明最新一张退货小票上的退货号；备份之后没有退货则写 0。",
            ),
        )


class NewerReturns(StorageFault):
    """The store there is sound and knows returns that the backup does not."""

    def __init__(self, file: Path, numbers: tuple[str, ...], count: int) -> None:
        named = ", ".join(numbers) + (" ..." if count > len(numbers) else "")
        super().__init__(
            file,
            Said(
                f"The store there is sound and has {count} returns more: {named}.",
                f"现有数据库完好，且比备份多 {count} 笔退货：{named}。",
            ),
            Said(
                "Their goods could be returned once more. Keep this store; or restore all the same"
                " with --drop-newer.",
                "恢复后这些商品可能被重复退货。建议保留现有数据库；确需恢复请加 --drop-newer。",
            ),
        )
