"""The customer's page: what the QR code of a slip leads to.

Law of the package: looking changes nothing, for link previews look too; submitting is a POST. What
is submitted is what was looked at, or the page is shown again.
"""

from backoffice.pages.routes import router

__all__ = ["router"]
