"""The office pays by hand and writes down that it did: no machine moves money here.

Law of the file: it stays `Processing` until a person marks it (backoffice/rails/acts.py), so it is
never polled and never ends by itself.
"""

from backoffice.rails.rail import Asked, Found, Processing, RefundRequest


class Manual:
    """The rail of every tender without another one."""

    gap_ms = 0

    def refund(self, request: RefundRequest, now_ms: int) -> Asked:  # noqa: ARG002 - see the law
        return Processing()

    def query(self, request: RefundRequest, now_ms: int) -> Found:  # noqa: ARG002 - likewise
        return Processing()

    def poll_ms(self, age_ms: int) -> int | None:  # noqa: ARG002 - likewise
        return None
