"""HTTP under uvicorn, where what is no body has an end.

httptools keeps a header until it ends, and knows no most (h11 does, and is slower): whoever never
ends an address, a header or a trailer fills the memory of a process before any route is looked for.
"""

import logging

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LOG = logging.getLogger(__name__)
HEAD_MAX = 64 * 1024  # bytes of one request beside its body


class EndingHeads(HttpToolsProtocol):
    """One connection."""

    _beside = 0  # bytes of the request at hand that were no body

    def data_received(self, data: bytes) -> None:
        self._beside += len(data)
        super().data_received(data)
        if self._beside > HEAD_MAX:
            LOG.warning("a request's head without an end: hung up")
            self.transport.abort()  # a close would go on reading, under TLS for half a minute

    def on_body(self, body: bytes) -> None:
        self._beside -= len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._beside = 0
        super().on_message_complete()
