"""The customer's page: what the QR code of a slip leads to."""

from fastapi import APIRouter

from backoffice.office import Office


def router(_: Office) -> APIRouter:
    """The page's routes, mounted at the root of the public side."""
    return APIRouter()
