"""One HTTP exchange with a rail: an answer as it came, or none. It is never repeated here.

Law of the file: whatever went wrong once bytes may have left is the same `NoAnswer`. Neither
redirects nor proxies are followed, and an answer has an end in size and in time.
"""

import time
from collections.abc import Callable, Mapping

import httpx
from msgspec import Struct

from backoffice.words import Unfit

MOST = 1 << 20  # bytes; the answers of a refund take a few hundred


class Reply(Struct, frozen=True):
    """What came back. Header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: str


class NoAnswer(Struct, frozen=True):
    """Nothing came back that can be read. `why` names the kind of trouble, never what was sent."""

    why: str


Exchange = Callable[[str, str, Mapping[str, str], bytes], Reply | NoAnswer]


def check_address(url: str) -> str:
    """The address of a rail, without an end slash. Raises Unfit unless it is https://
    and names no query: each call has its own.

    A server on this machine may speak plain HTTP: the tests' do. Nothing that pays does.
    """
    try:
        parts = httpx.URL(url)
    except httpx.InvalidURL:
        raise Unfit(f"{url} 不是网址", f"{url}: not an address") from None
    local = parts.host in {"127.0.0.1", "::1", "localhost"}
    if not parts.host or parts.scheme not in ({"http", "https"} if local else {"https"}):
        raise Unfit(f"{url}：须为 https:// 网址", f"{url}: an https:// address is needed")
    if {"?", "#"} & set(url):
        raise Unfit(f"{url}：网址不得含 ? 或 #", f"{url}: an address without ? and # is needed")
    return url.rstrip("/")


def exchange_with(address: str, timeout_s: float) -> Exchange:
    """A caller of (method, path, headers, body) at `address`; an answer later than that is none."""
    base, trust = check_address(address), httpx.create_ssl_context()

    def call(method: str, path: str, headers: Mapping[str, str], body: bytes) -> Reply | NoAnswer:
        ends = time.monotonic() + timeout_s
        text = bytearray()
        try:
            with (
                httpx.Client(timeout=timeout_s, verify=trust, trust_env=False) as client,
                client.stream(method, base + path, headers=headers, content=body) as response,
            ):
                for chunk in response.iter_bytes():
                    text += chunk
                    if len(text) > MOST or time.monotonic() > ends:
                        return NoAnswer("an answer without an end")
        except httpx.HTTPError as trouble:
            return NoAnswer(type(trouble).__name__)
        try:
            return Reply(response.status_code, dict(response.headers), text.decode("utf-8"))
        except UnicodeDecodeError:
            return NoAnswer("an answer that is not UTF-8")

    return call
