"""What a person is told of a fault of the database: what happened and what is safe, and what to do.

Law of the file: every fault of the store has both; a test goes through all of them.
"""

from storage.backup_faults import NewerReturns, NumbersUnknown, TargetTaken, TargetUnusable
from storage.faults import (
    CannotOpen,
    Damaged,
    DiskFault,
    DiskFull,
    ForeignDatabase,
    InUse,
    NewerSchema,
    NotADatabase,
    PepperMissing,
    ReadOnly,
    StorageFault,
    StoreUnusable,
)
from terminal.core.words import Told, sentence

_PLAIN = {
    NotADatabase: sentence("This is not a database."),
    DiskFull: sentence("The disk is full; the last step was not recorded."),
    ReadOnly: sentence("The database cannot be written."),
    PepperMissing: sentence("The key that PINs are bound to is missing or cut short."),
    TargetTaken: sentence("There is a file of this name already."),
    NumbersUnknown: sentence("The store there cannot tell which return number was given last."),
}
_AS_IT_WAS = sentence("It was left as it is. Set the right data folder, or move this file away.")
_DAMAGED = sentence(
    "Nothing was changed. Take no returns here; copy the file and its -wal to safety and call"
    " support."
)
_REMEDIES = {
    NotADatabase: _AS_IT_WAS,
    ForeignDatabase: sentence("It was left as it is. Set the right data folder in terminal.toml."),
    NewerSchema: sentence("It was left as it is. Install the newer program again."),
    Damaged: _DAMAGED,
    InUse: sentence("Only one terminal may write. Stop the other one, then start again."),
    DiskFull: sentence("Earlier returns are safe. Free some space, then start again."),
    ReadOnly: sentence(
        "Check that the disk is mounted for writing and the folder belongs to this user."
    ),
    DiskFault: sentence(
        "Earlier returns are safe. Start again: the file is checked then. If it comes back,"
        " replace the disk."
    ),
    CannotOpen: sentence(
        "Check the data folder in terminal.toml: it must exist and belong to this user."
    ),
    PepperMissing: sentence(
        "Put it back from its copy. Or let everybody leave and come back with a new PIN:"
        " returns-terminal staff leave ..., then staff rejoin ..."
    ),
    TargetUnusable: sentence(
        "Look whether the folder or stick is there, has room, and lets this user write."
    ),
    TargetTaken: sentence("Choose another name; nothing is overwritten."),
    NumbersUnknown: sentence(
        "Give the number of the newest slip anybody has: --last-number R-...; 0 if there was no"
        " return since the backup."
    ),
    NewerReturns: sentence(
        "Their goods or money could go back once more. Keep this store; or restore all the same"
        " with --drop-newer."
    ),
}


def told(fault: StorageFault) -> Told:
    """File, problem and remedy, in one line."""
    return sentence(
        "{file}: {problem} {remedy}", file=fault.file, problem=problem(fault), remedy=remedy(fault)
    )


def problem(fault: StorageFault) -> Told:
    match fault:
        case ForeignDatabase(application_id=found):
            return sentence(
                "This database belongs to another program (application id {id:#x}).", id=found
            )
        case NewerSchema(found=found, known=known):
            return sentence(
                "This database has schema {found}; this program knows schemas up to {known}.",
                found=found,
                known=known,
            )
        case Damaged():
            return sentence("The database is damaged: {detail}.", detail=_detail(fault))
        case InUse(pid=None):
            return sentence("The database is in use by another process.")
        case InUse(pid=pid):
            return sentence("The database is in use by process {pid}.", pid=pid)
        case DiskFault():
            return sentence(
                "The disk failed ({detail}); the last step may not be recorded.",
                detail=_detail(fault),
            )
        case TargetUnusable():
            return sentence(
                "The backup cannot be written there ({detail}). The terminal's data is as it was.",
                detail=_detail(fault),
            )
        case CannotOpen():
            return sentence("The database cannot be opened ({detail}).", detail=_detail(fault))
        case StoreUnusable(cause=cause):
            return sentence(
                "No new return is taken after a storage fault: {problem}", problem=problem(cause)
            )
        case NewerReturns(numbers=numbers, count=count):
            named = ", ".join(numbers) + (" ..." if count > len(numbers) else "")
            return sentence(
                "The store there is sound and has {count} returns that are newer, or were paid or"
                " voided since: {numbers}.",
                count=count,
                numbers=named,
            )
        case _:
            return _PLAIN[type(fault)]


def remedy(fault: StorageFault) -> Told:
    if isinstance(fault, StoreUnusable):
        return remedy(fault.cause)
    kind = next(one for one in type(fault).__mro__ if one in _REMEDIES)
    return _REMEDIES[kind]


def _detail(fault: Damaged | DiskFault | CannotOpen) -> Told:
    return sentence(fault.detail, **fault.values)
