r"""One record as it is delivered: a CloudEvents 1.0.2 event whose hash and promise are checked.

hash = sha256(prevhash + "seq\nid\nkind\natms\nboot\nuptimems\npromise\nbody"),
promise = sha256(salt + personal).
"""

from hashlib import sha256
from typing import Annotated

from msgspec import Meta, Struct

PREFIX = "returns."
RESTORED = "StoreRestored"

Count = Annotated[int, Meta(ge=0, lt=2**53)]
Seq = Annotated[int, Meta(ge=1, lt=2**53)]
Word = Annotated[str, Meta(max_length=200, pattern=r"\A[^\x00-\x1f]*\Z")]
Uuid = Annotated[
    str, Meta(pattern=r"\A[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z")
]
Hex32 = Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]


class Data(Struct, frozen=True):
    """`salt` and `personal` are empty once erased, or where nothing was personal."""

    body: str
    salt: Annotated[str, Meta(max_length=128, pattern=r"\A([0-9a-f]{2})*\Z")] = ""
    personal: str = ""


class Event(Struct, frozen=True):
    """Attributes as docs/WIRE.md names them; others are ignored."""

    specversion: Annotated[str, Meta(pattern=r"\A1\.0\Z")]
    id: Uuid
    source: Annotated[str, Meta(pattern=r"\A/terminals/[0-9A-Za-z_.-]{1,64}\Z")]
    type: Annotated[str, Meta(pattern=r"\Areturns\.[A-Za-z]{1,64}\Z")]
    time: Word
    datacontenttype: Annotated[str, Meta(pattern=r"\Aapplication/json\Z")]
    seq: Seq
    atms: Count
    boot: Word
    uptimems: Count
    origin: Annotated[str, Meta(pattern=r"\A[0-9a-f]{32}\Z")]
    prevhash: Hex32
    hash: Hex32
    promise: Annotated[str, Meta(pattern=r"\A([0-9a-f]{64})?\Z")]
    data: Data

    @property
    def terminal(self) -> str:
        return self.source.rpartition("/")[2]

    @property
    def kind(self) -> str:
        return self.type.removeprefix(PREFIX)

    def sound(self) -> str:
        """Empty where hash and promise are those of these bytes; otherwise why not."""
        if "\x00" in self.data.body or "\x00" in self.data.personal:
            return "it holds a NUL character"
        if chained(self) != bytes.fromhex(self.hash):
            return "its hash is not that of its bytes"
        part = bytes.fromhex(self.data.salt) + self.data.personal.encode()
        if part and sha256(part).hexdigest() != self.promise:
            return "its promise is not that of its personal part"
        return ""


def chained(event: Event) -> bytes:
    """The hash that these bytes have after `prevhash`."""
    text = (
        f"{event.seq}\n{event.id}\n{event.kind}\n{event.atms}\n{event.boot}\n{event.uptimems}"
        f"\n{event.promise}\n{event.data.body}"
    )
    return sha256(bytes.fromhex(event.prevhash) + text.encode()).digest()


def genesis(origin: str) -> bytes:
    """The hash before a journal's first record."""
    return sha256(origin.encode()).digest()
