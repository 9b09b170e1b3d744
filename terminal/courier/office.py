"""The back office, over HTTPS: one request, one checked answer or one fault.

Law of the file: an answer is read up to a limit and within a time, as it came (no encoding, no
redirect, no proxy of the environment); whatever else happens is OfficeFault, with a word for people
and whether anybody was reached at all.
"""

import asyncio
import ssl
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

import httpx
import msgspec

from terminal.courier import answers
from terminal.courier.answers import Acked, FeedPage, Found, Lie
from terminal.courier.events import packed
from terminal.courier.protocol import Record

T = TypeVar("T")

ANSWER_MAX = 2**20  # bytes
FEED_MAX = 4 * 2**20
FEED_WAIT_S = 25
FEED_GRACE_S = 20.0  # for the answer, behind the wait
CONNECT_S = 10.0
DELIVER_S = 60.0
RENEW_S = 30.0
TOO_LARGE = 413
NO_CONTENT = 204


class OfficeFault(Exception):  # noqa: N818 - named for what it is
    """No usable answer. `reached`: somebody with the office's certificate answered."""

    def __init__(
        self, why: str, *, reached: bool, status: int = 0, retry_after_s: float = 0.0
    ) -> None:
        super().__init__(why)
        self.why, self.reached, self.status = why, reached, status
        self.retry_after_s = retry_after_s


class Office:
    """`close` before the next one is made with renewed keys."""

    def __init__(self, url: str, terminal: str, context: ssl.SSLContext) -> None:
        self._terminal = terminal
        self._client = httpx.AsyncClient(
            base_url=url.rstrip("/"),
            verify=context,
            trust_env=False,
            follow_redirects=False,
            timeout=httpx.Timeout(None, connect=CONNECT_S),
            limits=httpx.Limits(max_connections=8, max_keepalive_connections=4),
            headers={"Accept-Encoding": "identity", "User-Agent": "returns-courier/1"},
        )

    async def close(self) -> None:
        await self._client.aclose()

    async def deliver(self, records: Sequence[Record]) -> Acked:
        """As many of the records as one batch holds. Raises OfficeFault."""
        while True:
            count, body = packed(records, self._terminal)
            headers = {
                "Content-Type": "application/cloudevents-batch+json",
                "Content-Encoding": "gzip",
            }
            try:
                data = await self._asked("POST", "/v1/records", DELIVER_S, body, headers)
            except OfficeFault as fault:
                if fault.status != TOO_LARGE or count == 1:
                    raise
                records = records[: count // 2]
                continue
            sent = records[:count]
            return _believed(partial(answers.delivered, data, sent))

    async def look_up(self, query: dict[str, Any], seconds: float) -> Found:
        """Raises OfficeFault."""
        body = msgspec.json.encode(query)
        headers = {"Content-Type": "application/json"}
        data = await self._asked("POST", "/v1/look-up", seconds, body, headers)
        return _believed(partial(answers.found, data))

    async def feed(self, after: int, wait_s: int) -> FeedPage | None:
        """The next page, None when there is none yet. Raises OfficeFault."""
        path = f"/v1/feed?after={after}&wait={wait_s}"
        data = await self._asked("GET", path, wait_s + FEED_GRACE_S, limit=FEED_MAX)
        return _believed(partial(answers.fed, data, after)) if data else None

    async def renewed(self, csr: str) -> str:
        """A new certificate (PEM) for this request. Raises OfficeFault."""
        body = msgspec.json.encode({"csr": csr})
        headers = {"Content-Type": "application/json"}
        data = await self._asked("POST", "/v1/certificate", RENEW_S, body, headers)

        def certificate() -> str:
            try:
                found = msgspec.json.decode(data, type=dict[str, Any])["certificate"]
            except (msgspec.DecodeError, KeyError, RecursionError) as fault:
                raise Lie("no certificate in the answer") from fault
            if not isinstance(found, str):
                raise Lie("no certificate in the answer")
            return found

        return _believed(certificate)

    async def _asked(
        self,
        method: str,
        path: str,
        seconds: float,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
        limit: int = ANSWER_MAX,
    ) -> bytes:
        """The body of a 200; empty for 204. Raises OfficeFault."""
        try:
            async with (
                asyncio.timeout(seconds),
                self._client.stream(method, path, content=body, headers=headers) as answer,
            ):
                if answer.status_code == NO_CONTENT:
                    return b""
                if answer.status_code != httpx.codes.OK:
                    raise _refusal(answer)
                return await _read(answer, limit)
        except TimeoutError as fault:
            raise OfficeFault("timeout", reached=False) from fault
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError) as fault:
            raise OfficeFault(_word(fault), reached=False) from fault


async def _read(answer: httpx.Response, limit: int) -> bytes:
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json" or answer.headers.get("content-encoding", "identity") != (
        "identity"
    ):
        raise OfficeFault("lie: not plain JSON", reached=True)
    found = bytearray()
    async for piece in answer.aiter_raw():
        found += piece
        if len(found) > limit:
            raise OfficeFault("lie: an endless answer", reached=True)
    return bytes(found)


def _believed(check: Callable[[], T]) -> T:
    try:
        return check()
    except Lie as fault:
        raise OfficeFault(f"lie: {fault}", reached=True) from fault


def _refusal(answer: httpx.Response) -> OfficeFault:
    status = answer.status_code
    words = {401: "unknown here", 403: "revoked", 429: "busy", 503: "busy"}
    after = answer.headers.get("retry-after", "")
    wait = float(after) if after.isascii() and after.isdigit() and len(after) < 6 else 0.0
    return OfficeFault(
        words.get(status, f"status {status}"), reached=True, status=status, retry_after_s=wait
    )


def _word(fault: BaseException) -> str:
    """What kind of fault it was; a library's sentence may quote what it was given."""
    inner: BaseException | None = fault
    while inner is not None:
        if isinstance(inner, ssl.SSLCertVerificationError):
            return f"wrong certificate: {inner.verify_message}"
        if isinstance(inner, ssl.SSLError):
            return f"tls: {inner.reason}"
        inner = inner.__cause__ or inner.__context__
    return type(fault).__name__


def offset_ms(server_ms: int) -> int:
    """The server's clock less ours."""
    return server_ms - time.time_ns() // 1_000_000
