"""The office's desk: returns reviewed, conflicts decided, refunds followed."""

from fastapi import APIRouter

from backoffice.office import Office


def router(_: Office) -> APIRouter:
    """The desk's routes, mounted at /desk of the public side."""
    return APIRouter(prefix="/desk")
