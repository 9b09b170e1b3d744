"""A small honest back office on localhost: TLS with client certificates, the wire's answers.

Law of the file: it keeps records as docs/WIRE.md says (chain, verdicts, acknowledgement), whatever
a test makes of its answers. `trouble` takes the place of an answer once the work was done.
"""

import gzip
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from tests.fakes.office_ca import OfficeCa
from tests.fakes.office_records import RecordBook

Json = dict[str, Any]
Answer = tuple[int, dict[str, str], bytes]
Trouble = Callable[[str, Answer], Answer | None]  # (path, honest answer) -> another; None: hang up


def js(value: Json, status: int = 200) -> Answer:
    return status, {"Content-Type": "application/json"}, json.dumps(value).encode()


class BackOffice:
    """`with BackOffice(folder) as office`: it listens on `office.url` until the end."""

    def __init__(self, folder: Path, ca: OfficeCa | None = None, port: int = 0) -> None:
        self.ca = ca or OfficeCa()
        self.book = RecordBook()
        self.found: list[Json] = []  # what every look-up answers
        self.queries: list[Json] = []
        self.codes: dict[str, Json] = {}  # enrolment codes, and what they answer besides the keys
        self.feed: list[tuple[int, str, Any]] = []
        self.trouble: Trouble = lambda _, honest: honest
        self.busy: dict[str, float] = {}  # path -> Retry-After; asked before any work is done
        self.spread_s = 0
        self.doubles = False  # every question reaches it twice, as a way that repeats brings it
        self.requests: list[tuple[float, str]] = []
        self.serials: set[int] = set()
        self.open: set[socket.socket] = set()
        self._news = threading.Condition()
        office = self

        class Handler(_Handler):
            back = office

        self._server = _Server(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.ca.server_file(folder / "server.pem"))
        context.load_verify_locations(cadata=self.ca.pem)
        context.verify_mode = ssl.CERT_OPTIONAL
        self._server.socket = context.wrap_socket(
            self._server.socket, server_side=True, do_handshake_on_connect=False
        )
        self.port: int = self._server.server_address[1]
        self.url = f"https://localhost:{self.port}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.goes_away()

    def goes_away(self) -> None:
        """Every connection is cut; may be called twice."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()
        for one in tuple(self.open):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def tells(self, *items: tuple[str, Any]) -> int:
        """Put items on the feed; the last cursor."""
        with self._news:
            for what, body in items:
                self.feed.append((len(self.feed) + 1, what, body))
            self._news.notify_all()
        return len(self.feed)

    def count(self, path: str) -> int:
        return sum(one == path for _, one in self.requests)

    # What it answers, honestly.

    def answers(self, path: str, query: dict[str, list[str]], body: bytes) -> Answer:
        match path:
            case "/v1/records":
                answer = self.book.take(json.loads(gzip.decompress(body)))
                now = time.time_ns() // 1_000_000
                return js(answer | {"server_ms": now, "spread_s": self.spread_s})
            case "/v1/look-up":
                self.queries.append(json.loads(body))
                return js({"sales": self.found, "return": None})
            case "/v1/feed":
                return self._feed(int(query["after"][0]), float(query["wait"][0]))
            case "/v1/ca":
                return 200, {"Content-Type": "application/x-pem-file"}, self.ca.pem.encode()
            case "/v1/enrol":
                return self._enrol(json.loads(body))
            case "/v1/certificate":
                return js({"certificate": self.ca.signs(json.loads(body)["csr"])})
            case _:
                return js({}, 404)

    def _feed(self, after: int, wait: float) -> Answer:
        with self._news:
            self._news.wait_for(lambda: len(self.feed) > after, min(wait, 5.0))
        items = [
            {"cursor": cursor, "what": what, "body": body}
            for cursor, what, body in self.feed[after : after + 500]
        ]
        if not items:
            return 204, {}, b""
        return js({"items": items, "next": items[-1]["cursor"]})

    def _enrol(self, asked: Json) -> Answer:
        more = self.codes.pop(asked["code"], None)
        if more is None:
            return js({"why": "no such code"}, 403)
        certificate = self.ca.signs(asked["csr"])
        return js(
            {"certificate": certificate, "ca": self.ca.pem, "key": 12, "acked": 0,
             "slip_url": "HTTPS://R.EXAMPLE.CN/", "numbers_after": 0} | more
        )  # fmt: skip


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """Who hangs up in the middle of a handshake is no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    back: BackOffice

    def setup(self) -> None:
        self.back.open.add(self.request)
        self.request.settimeout(30)
        self.request.do_handshake()  # in this connection's thread
        super().setup()

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            self.close_connection = True  # whoever asked is gone

    def finish(self) -> None:
        self.back.open.discard(self.request)
        with suppress(OSError):
            super().finish()

    def do_GET(self) -> None:
        self._serve(b"")

    def do_POST(self) -> None:
        self._serve(self.rfile.read(int(self.headers["Content-Length"])))

    def _serve(self, body: bytes) -> None:
        split, office = urlsplit(self.path), self.back
        office.requests.append((time.monotonic(), split.path))
        known = self.request.getpeercert()
        if known:
            office.serials.add(int(known["serialNumber"], 16))
        answer: Answer | None
        if split.path in office.busy:
            answer = js({}, 503)
            answer[1]["Retry-After"] = f"{office.busy[split.path]:.0f}"
        elif not known and split.path not in ("/v1/ca", "/v1/enrol"):
            answer = js({}, 401)
        else:
            honest = office.answers(split.path, parse_qs(split.query), body)
            if office.doubles and split.path != "/v1/enrol":
                honest = office.answers(split.path, parse_qs(split.query), body)
            answer = office.trouble(split.path, honest)
        if answer is None:
            self.close_connection = True
            return
        status, headers, data = answer
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """A test reads its own failures."""
