"""Each request leaves one log line and one figure: its route as written, never its path."""

import logging
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backoffice.ops.figures import Figures

LOG = logging.getLogger("backoffice.requests")


class Watching:
    """ASGI middleware of one side."""

    def __init__(self, app: ASGIApp, side: str, figures: Figures) -> None:
        self._app = app
        self._side = side
        self._figures = figures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = time.perf_counter()
        status = 500

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            seconds = time.perf_counter() - begun
            route = getattr(scope.get("route"), "path", "none")
            method = scope["method"] if scope["method"] in _METHODS else "OTHER"
            self._figures.requests.labels(self._side, route, method, str(status)).observe(seconds)
            said = {"route": route, "method": method, "status": status, "ms": int(seconds * 1000)}
            LOG.info("request", extra=said)


_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
