"""Pages of ours: templates to HTML, and the headers that keep a page to itself.

Law of the file: nothing of a third party, no script, nothing kept by caches or sent on in a
referrer; the one style is named by its hash.
"""

import base64
import hashlib
from ipaddress import IPv4Address, ip_address, ip_network
from typing import Any

from fastapi import Request, Response
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup


class Pages:
    """The templates of one package, with `style.css` in their head.

    Where forms are checked by their origin `referrer` is same-origin: under no-referrer a browser
    sends `Origin: null`.
    """

    def __init__(self, package: str, referrer: str = "no-referrer") -> None:
        self._sources = Environment(
            loader=PackageLoader(package),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        style = self._sources.get_template("style.css").render().replace("\n", "")
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        self._style = Markup(style)  # noqa: S704 - our own file, no value of anybody
        self.headers = {
            "Content-Security-Policy": (
                f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; "
                "base-uri 'none'; frame-ancestors 'none'"
            ),
            "Referrer-Policy": referrer,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
            "Vary": "Accept-Language",
            "Cross-Origin-Opener-Policy": "same-origin",
            "X-Robots-Tag": "noindex",
        }

    def draw(self, template: str, status: int = 200, **values: Any) -> Response:
        """One page. `template` without its ending; every value goes to it, escaped."""
        text = self._sources.get_template(f"{template}.html").render(style=self._style, **values)
        return Response(text, status, self.headers, "text/html; charset=utf-8")


def address_of(request: Request) -> str:
    """Who asks; behind a proxy of ours uvicorn has put the true address here.

    An IPv6 network of 64 bits is one: it belongs to one household or phone, which may ask from any
    address in it (RFC 6177, RFC 7934).
    """
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host  # a proxy's word for it
    if isinstance(address, IPv4Address):
        return host
    return str(address.ipv4_mapped or ip_network((address, 64), strict=False).network_address)


def language_of(wanted: str, accepted: str) -> str:
    """What the address asks for, else what the browser prefers (RFC 9110 12.5.4): zh or en."""
    if wanted in ("zh", "en"):
        return wanted
    best, weight = "en", 0.0
    for part in accepted.lower().split(",")[:20]:
        tag, _, parameter = part.strip().partition(";")
        quality = _quality(parameter)
        language = tag.split("-")[0]
        if language in ("zh", "en") and quality > weight:
            best, weight = language, quality
    return best


def _quality(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name != "q":
        return 1.0
    try:
        return min(1.0, max(0.0, float(value)))
    except ValueError:
        return 0.0
