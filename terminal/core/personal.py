"""What of a value is personal, said beside its type: `masked: Personal`.

Law of the file: a text that leads to one customer or names one person bears this mark. What is
marked is kept apart from the records (ledger/apart.py) and erased after the shop's term. Numbers
of staff are pseudonyms and stay: the books need to know that it was one and the same person.
"""

from typing import Annotated, TypeAlias, get_args

MARK = "personal"
Personal: TypeAlias = Annotated[str, MARK]


def is_personal(annotation: object) -> bool:
    """Whether a field so annotated holds personal text, alone, optional or many of it."""
    marks: tuple[object, ...] = getattr(annotation, "__metadata__", ())
    return MARK in marks or any(is_personal(one) for one in get_args(annotation))


def personal_fields(cls: type) -> frozenset[str]:
    """The names of a struct's fields that are personal, inherited ones too."""
    return frozenset(
        name
        for base in cls.__mro__
        for name, annotation in getattr(base, "__annotations__", {}).items()
        if is_personal(annotation)
    )
