"""A server on this machine that answers as it is told to, or does not answer at all."""

import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple, Self


class Asked(NamedTuple):
    method: str
    path: str
    headers: Mapping[str, str]
    body: str


class Answered(NamedTuple):
    """What goes back. `hang_up`: the connection closes without a byte of it; `late_s`: only after
    so long; `drip_s`: so long between any two bytes of it.
    """

    status: int
    headers: Mapping[str, str]
    body: str
    hang_up: bool = False
    late_s: float = 0
    drip_s: float = 0


class HttpServer:
    """Serves `answer` on a free port between `with` and its end."""

    def __init__(self, answer: Callable[[Asked], Answered]) -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._serve()

            def do_POST(self) -> None:
                self._serve()

            def log_message(self, *_: object) -> None:
                """Tests read answers, not the console."""

            def _serve(self) -> None:
                size = int(self.headers.get("Content-Length", "0"))
                body = self.rfile.read(size).decode()
                headers = {name.lower(): value for name, value in self.headers.items()}
                answered = answer(Asked(self.command, self.path, headers, body))
                if answered.hang_up:
                    self.close_connection = True
                    return
                time.sleep(answered.late_s)
                with suppress(OSError):  # whoever asked may be gone by then
                    self._say(answered)

            def _say(self, answered: Answered) -> None:
                text = answered.body.encode()
                self.send_response(answered.status)
                for name, value in answered.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                if not answered.drip_s:
                    self.wfile.write(text)
                    return
                for byte in text:
                    self.wfile.write(bytes([byte]))
                    time.sleep(answered.drip_s)

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
