"""What argparse says, in Chinese; a test compares it with argparse.

argparse asks gettext for its sentences by a name of its own, `_`. That name is led to this table: a
catalogue of files for these few sentences would be more than they are.
"""

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager

from backoffice.commands.saying import language_of

CHINESE = {
    "usage: ": "用法：",
    "options": "选项",
    "positional arguments": "参数",
    "show this help message and exit": "显示本说明并退出",
    "%(prog)s: error: %(message)s\n": "%(prog)s：错误：%(message)s\n",
    "argument %(argument_name)s: %(message)s": "参数 %(argument_name)s：%(message)s",
    "ambiguous option: %(option)s could match %(matches)s": (
        "选项 %(option)s 不明确，可能是 %(matches)s"
    ),
    "expected one argument": "缺少值",
    "ignored explicit argument %r": "不应带值 %r",
    "invalid choice: %(value)r (choose from %(choices)s)": "没有 %(value)r，可选：%(choices)s",
    "the following arguments are required: %s": "缺少参数：%s",
    "unrecognized arguments: %s": "无法识别的参数：%s",
}


@contextmanager
def speaking() -> Iterator[None]:
    """Within, argparse speaks the shell's language; what is not known here is said as it is."""
    before = vars(argparse)["_"]
    if language_of(os.environ) == "zh":
        vars(argparse)["_"] = lambda text: CHINESE.get(text, text)
    try:
        yield
    finally:
        vars(argparse)["_"] = before
