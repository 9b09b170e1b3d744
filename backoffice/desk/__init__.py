"""The office's desk: returns reviewed, conflicts decided, refunds followed.

Law of the package: nothing is changed by looking; every act is one transaction with its entry in
the audit, and says who did it.
"""

from fastapi import APIRouter

from backoffice.desk import (
    routes_aside,
    routes_looking,
    routes_people,
    routes_reviewing,
    routes_signing,
    routes_units,
)
from backoffice.office import Office


def router(office: Office) -> APIRouter:
    """The desk's routes, mounted at /desk of the public side."""
    routes = APIRouter()
    routes.include_router(routes_signing.router(office), prefix="/desk")
    for part in (routes_looking, routes_reviewing, routes_aside, routes_units, routes_people):
        routes.include_router(part.router, prefix="/desk")
    return routes
