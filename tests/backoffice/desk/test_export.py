"""The export of everything, from an office that has much."""

import tracemalloc
from uuid import UUID

from backoffice.office import Office
from backoffice.people import Role
from tests.backoffice import made
from tests.backoffice.desk.clerks import Clerk

MANY, LARGE = 200, 200_000


def test_an_export_does_not_hold_all_that_was_recorded(office: Office) -> None:
    with office.writing() as tx:
        for number in range(MANY):
            made.a_return(tx, str(UUID(int=number))).body = f'{{"more":"{"a" * LARGE}"}}'
    viewer = Clerk(office, Role.VIEWER)
    tracemalloc.start()
    try:
        text = viewer.looks("/returns.csv")
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert text.count("\n") == 1 + MANY
    assert most < MANY * LARGE // 4, f"{most >> 20} MiB for {len(text) >> 10} KiB of lines"
