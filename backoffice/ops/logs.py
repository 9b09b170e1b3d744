"""The log: one JSON object a line, for journald and whoever reads it.

Law of the file: a line holds a sentence of ours, fields from a short list, and where a fault arose,
never its words: those may quote what somebody typed. What still looks like a card, a phone or a
code of a slip is struck out last of all.
"""

import json
import logging
import re
import sys
import traceback
from typing import TextIO

from backoffice.cards import masked
from backoffice.clock import rfc3339

FIELDS = ("record", "kind", "terminal", "seq", "route", "method", "status", "ms", "count", "rail")

_PHONE = re.compile(r"(?<!\d)(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")
_CODE = re.compile(
    r"(?<![0-9A-Za-z-])[0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{5}-?"
    r"[0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{5}-?[0-9A-Za-z*~$=](?![0-9A-Za-z-])"
)
_TOKEN = re.compile(r"/T/[A-Za-z2-7]{20,}")


def scrubbed(text: str) -> str:
    """The text without what may belong to a person: the last line of defence, not the first."""
    text = _TOKEN.sub("/T/***", text)
    text = _PHONE.sub("***", masked(text))
    return _CODE.sub(lambda code: code[0] if _is_word(code[0]) else "***", text)


def _is_word(text: str) -> bool:
    """Letters alone are a word of a sentence: a code without a digit is one in some thousands."""
    return text.isalpha() and (text.islower() or text.istitle())


class JsonLines(logging.Formatter):
    """One record, one line."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": rfc3339(int(record.created * 1000)),
            "level": record.levelname.lower(),
            "from": record.name,
            "says": scrubbed(record.getMessage()),
        }
        for name in FIELDS:
            value = getattr(record, name, None)
            if value is not None:
                line[name] = scrubbed(value) if isinstance(value, str) else value
        if record.exc_info and record.exc_info[0] is not None:
            line["fault"] = record.exc_info[0].__name__
            line["where"] = [
                f"{frame.filename}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(record.exc_info[2])
            ]
        return json.dumps(line, ensure_ascii=False)


def log_to(stream: TextIO = sys.stderr, level: int = logging.INFO) -> None:
    """Everything goes there, but for uvicorn's access log: it has paths."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "alembic"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    logging.getLogger("uvicorn.access").disabled = True
    for name in ("httpx", "httpx2", "httpcore"):  # they tell whole addresses
        logging.getLogger(name).setLevel(logging.WARNING)
