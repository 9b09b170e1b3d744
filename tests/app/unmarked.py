"""Finds sentences in the source that no catalogue will ever say.

A sentence is a text of two words or more in a row, and any Chinese. It needs no mark where nobody
reads it: in a docstring, a log line, an assertion, a bug's exception, SQL, a `__str__`.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from terminal.ui.catalogue import KEYWORDS

_SENTENCE = re.compile(r"[A-Za-z]{2,},? [a-z]{2,}|[\u4e00-\u9fff]")
_SQL = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|PRAGMA|BEGIN|WITH|ON|AND|WHERE|FROM)\b")
_TYPE = re.compile(r"\w+\[.*\]")
LOG_TEXT = {"__init__"}  # super().__init__: what an exception says to the log
LOGS = {"debug", "info", "warning", "error", "exception", "critical"}
BUGS = {"AssertionError", "ValueError", "TypeError", "KeyError", "RuntimeError", "_wrong"}
NO_SENTENCE = {"compile", "fullmatch", "match", "search", "execute", "executemany"}
SPARED = {*KEYWORDS, *LOGS, *LOG_TEXT, *BUGS, *NO_SENTENCE}


def unmarked(path: Path) -> Iterator[tuple[int, str]]:
    """Line and text of each sentence without a mark."""
    tree = ast.parse(path.read_text("utf-8"))
    spared = set(_spared(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in spared:
            text = node.value
            if _SENTENCE.search(text) and not _SQL.match(text) and not _TYPE.fullmatch(text):
                yield node.lineno, text


def _spared(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value  # a docstring
        elif isinstance(node, ast.Assert) and node.msg is not None:
            yield from ast.walk(node.msg)
        elif isinstance(node, ast.FunctionDef) and node.name in {"__str__", "__repr__"}:
            yield from ast.walk(node)
        elif isinstance(node, ast.Call) and _name(node.func) in SPARED:
            for argument in (*node.args, *(one.value for one in node.keywords)):
                yield from _texts(argument)


def _texts(argument: ast.AST) -> Iterator[ast.AST]:
    """The texts of an argument itself; calls inside answer for themselves."""
    if not isinstance(argument, ast.Call):
        yield argument
        for child in ast.iter_child_nodes(argument):
            yield from _texts(child)


def _name(called: ast.expr) -> str:
    if isinstance(called, ast.Attribute):
        return called.attr
    return called.id if isinstance(called, ast.Name) else ""
