"""An XML file as its transactions, one small tree at a time, in memory that stays the same.

Law of the file: a stranger's XML. A document type, and with it every entity of its own, is refused;
depth and size of a transaction are bounded; what stands in a foreign namespace is an extension and
passed over whole.
"""

import codecs
import gzip
import re
import zlib
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from terminal.core.words import Told, ToldFault, sentence
from terminal.interchange.decimals import shown
from terminal.interchange.source import Progress
from terminal.interchange.values import UnreadableFile
from terminal.spoken.system_words import foreign, system

NAMESPACE = "http://www.nrf-arts.org/IXRetail/namespace/"
ROOT, UNIT = "POSLog", "Transaction"
CHUNK = 1 << 16
DEPTH_MAX = 60
NODES_MAX = 200_000  # of one transaction: some 5,000 sold lines
TEXT_MAX = 4 << 20
_CHINESE = re.compile(rb"""<\?xml[^>]*encoding=["'](gb2312|gbk|gb18030|cp936)["']""", re.IGNORECASE)


class _Refused(ToldFault):
    pass


def transactions(path: Path, progress: Progress = lambda _: None) -> Iterator[Element]:
    """Each `Transaction` under the root, tags without namespaces. Raises UnreadableFile."""
    parser = _Parser()
    with ExitStack() as opened:
        try:
            raw = opened.enter_context(path.open("rb"))
            stream: IO[bytes] | gzip.GzipFile = raw
            if path.suffix == ".gz":
                stream = opened.enter_context(gzip.GzipFile(fileobj=raw))
            at = 0
            while chunk := stream.read(CHUNK):
                parser.feed(chunk)
                now = raw.tell()
                progress(now - at)
                at = now
                yield from parser.ready()
            parser.feed(b"", last=True)
            yield from parser.ready()
        except (_Refused, expat.ExpatError, LookupError, ValueError) as fault:
            raise UnreadableFile(
                "{path}: {place}: {why}", path=path, place=parser.where(), why=_words(fault)
            ) from fault
        except (gzip.BadGzipFile, EOFError, zlib.error) as fault:
            raise UnreadableFile(
                "{path}: the compressed file is cut short or damaged ({fault}). Copy it again.",
                path=path,
                fault=foreign(str(fault)),
            ) from fault
        except OSError as fault:
            raise UnreadableFile(
                "{path}: cannot be read ({why}). Check its name and that this user may read it.",
                path=path,
                why=system(fault),
            ) from fault


def _words(fault: Exception) -> Told:
    if isinstance(fault, _Refused):
        return fault.told
    if isinstance(fault, expat.ExpatError):
        return sentence("it is not XML: {fault}", fault=foreign(str(fault)))
    return sentence(
        "its encoding cannot be read ({fault}); save it as UTF-8", fault=foreign(str(fault))
    )


class _Parser:
    """expat, told what we take: no document type, no entities, nothing too deep or too large."""

    def __init__(self) -> None:
        self._expat: expat.XMLParserType | None = None
        self._decode: codecs.IncrementalDecoder | None = None
        self._ready: deque[Element] = deque()
        self._builder: TreeBuilder | None = None
        self._depth = self._foreign = self._nodes = self._text = 0

    def feed(self, chunk: bytes, *, last: bool = False) -> None:
        parser = self._expat or self._begun(chunk)
        if self._decode is not None:
            chunk = self._decode.decode(chunk, last).encode()
        parser.Parse(chunk, last)

    def ready(self) -> Iterator[Element]:
        while self._ready:
            yield self._ready.popleft()

    def where(self) -> Told:
        at = self._expat.CurrentLineNumber if self._expat is not None else 1
        return sentence("line {line}", line=at)

    def _begun(self, first: bytes) -> expat.XMLParserType:
        chinese = _CHINESE.match(first[:200].lstrip())
        if chinese:  # expat knows no encoding of several bytes but Unicode's
            self._decode = codecs.getincrementaldecoder("gb18030")()
        parser = expat.ParserCreate("utf-8" if chinese else None, namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        self._expat = parser
        return parser

    def _doctype(self, *_: object) -> None:
        raise _Refused("it declares a document type or entities, which no POSLog does")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        self._depth += 1
        if self._depth > DEPTH_MAX:
            raise _Refused("it is nested far too deep")
        if self._foreign or (space and not space.startswith(NAMESPACE.rstrip("/"))):
            if self._depth == 1:
                self._no_poslog(tag)
            self._foreign += 1
            return
        if self._depth == 1 and tag != ROOT:
            self._no_poslog(tag)
        if self._depth == 2 and tag == UNIT:
            self._builder, self._nodes, self._text = TreeBuilder(), 0, 0
        if self._builder is not None:
            self._nodes += 1
            if self._nodes > NODES_MAX:
                raise _Refused("one transaction is far too large")
            self._builder.start(tag, attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1
        if self._foreign:
            self._foreign -= 1
            return
        if self._builder is not None:
            element = self._builder.end(name.rpartition(" ")[2])
            if self._depth == 1:
                self._builder = None
                self._ready.append(element)

    def _data(self, text: str) -> None:
        if self._builder is not None and not self._foreign:
            self._text += len(text)
            if self._text > TEXT_MAX:
                raise _Refused("one transaction is far too large")
            self._builder.data(text)

    def _no_poslog(self, tag: str) -> None:
        raise _Refused(
            "its root is {tag}, not {root} of {namespace}",
            tag=shown(tag),
            root=ROOT,
            namespace=NAMESPACE,
        )
