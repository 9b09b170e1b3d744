"""A batch of records: unpacked within its limits, whatever it claims to be.

Law of the file: the limit holds while unpacking, so that a small body never becomes a large one.
"""

import zlib
from dataclasses import dataclass
from typing import Any

import msgspec

from backoffice.wire.event import Event

BATCH_TYPE = "application/cloudevents-batch+json"
RECORDS_MAX = 200
UNPACKED_MAX = 1024 * 1024
PACKED_MAX = UNPACKED_MAX  # gzip of what cannot be packed is a little larger than itself
_GZIP = 16 + zlib.MAX_WBITS
_EVENTS = msgspec.json.Decoder(list[Event])


class BadBatch(Exception):  # noqa: N818 - named for what happened
    """It is no batch: `status` is the answer's, `why` for whoever runs the terminal."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status
        self.why = why


@dataclass(frozen=True, slots=True)
class Sent:
    """An event, its place in its batch, and the batch's JSON."""

    event: Event
    place: int
    batch: bytes

    @property
    def raw(self) -> bytes:
        """The very bytes it came in."""
        rows = msgspec.json.decode(self.batch, type=list[msgspec.Raw])
        return bytes(rows[self.place]).strip()


def unpacked(body: bytes, encoding: str) -> bytes:
    """The JSON of a body. Raises BadBatch 413, 415 or 422."""
    if encoding in ("", "identity"):
        plain = body
    elif encoding == "gzip":
        plain = _gunzipped(body)
    else:
        raise BadBatch(415, "Content-Encoding must be gzip or none")
    if len(plain) > UNPACKED_MAX:
        raise BadBatch(413, f"a batch holds at most {UNPACKED_MAX} bytes unpacked")
    return plain


def _gunzipped(body: bytes) -> bytes:
    unpack = zlib.decompressobj(_GZIP)
    try:
        plain = unpack.decompress(body, UNPACKED_MAX + 1)
    except zlib.error as fault:
        raise BadBatch(422, "the body is not gzip") from fault
    if len(plain) > UNPACKED_MAX or unpack.unconsumed_tail:
        raise BadBatch(413, f"a batch holds at most {UNPACKED_MAX} bytes unpacked")
    if not unpack.eof or unpack.unused_data:
        raise BadBatch(422, "the gzip stream is cut off, or something follows it")
    return plain


def read(plain: bytes, terminal: str) -> tuple[Sent, ...]:
    """The records of one terminal's batch, in their order. Raises BadBatch 422."""
    try:
        events = _EVENTS.decode(plain)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
        raise BadBatch(422, f"not a batch of CloudEvents: {_bare(str(fault))}") from fault
    if len(events) > RECORDS_MAX:
        raise BadBatch(422, f"a batch holds at most {RECORDS_MAX} records")
    if any(one.terminal != terminal for one in events):
        raise BadBatch(422, "source is not the terminal of this certificate")
    return tuple(Sent(one, place, plain) for place, one in enumerate(events))


def _bare(fault: str) -> str:
    """What msgspec says without what it read: values stand in quotation marks there."""
    return fault.split("'", maxsplit=1)[0].strip() or "wrong shape"


def schema_of_batch() -> dict[str, Any]:
    """A batch as JSON Schema, for the OpenAPI document: patterns as ECMAScript writes them."""
    event, parts = msgspec.json.schema_components((Event,))
    whole = {"type": "array", "maxItems": RECORDS_MAX, "items": _inlined(event[0], parts)}
    text = msgspec.json.encode(whole).decode()
    plain: dict[str, Any] = msgspec.json.decode(text.replace(r"\\A", "^").replace(r"\\Z", "$"))
    return plain


def _inlined(node: Any, parts: dict[str, Any]) -> Any:
    if isinstance(node, list):
        return [_inlined(one, parts) for one in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return _inlined(parts[node["$ref"].rpartition("/")[2]], parts)
    return {key: _inlined(one, parts) for key, one in node.items()}
