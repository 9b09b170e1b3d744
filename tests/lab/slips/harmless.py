"""The commands of a slip with harmless data: what any other of its kind may have, and no more."""

from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path

from msgspec.structs import replace

from printer.escpos import encode
from printer.models import Model
from terminal.commands import trial_slip
from terminal.core.print_jobs import PrintJob, SlipKind
from terminal.core.returns import (
    Condition,
    Disposition,
    Refund,
    Return,
    ReturnLine,
    Settlement,
    Status,
)
from terminal.core.sale import Currency, Unit
from terminal.core.words import Worded
from terminal.paper import press
from terminal.settings import load_settings
from terminal.settings.values import Settings
from terminal.slip_code import SlipCodes
from terminal.ui.words import Words
from tests.lab.slips.roll import LAYOUT, Sheet, sheets

# Slips of one return; the reports of a day have no words of a customer or a shop's goods.
KINDS = (SlipKind.RETURN, SlipKind.RESULT, SlipKind.NOTICE, SlipKind.HOWTO)
TRIAL_MARK = "TEST SLIP"
_CONFIG = Path(__file__).parents[3] / "config"
_LINE = ReturnLine(
    line=1,
    sku="1",
    name="milk",
    unit=Unit.EACH,
    quantity=1000,
    amount=100,
    tax=0,
    reason="QUALITY",
    condition=Condition.UNOPENED,
    disposition=Disposition.RETURN_TO_SUPPLIER,
)
RETURN = Return(
    id="id",
    number="R-0571-03-000001",
    short_code="00000000000",
    sale_id="sale",
    receipt_no="1",
    recorded_at="2026-11-23T14:05:11+08:00",
    cashier="1",
    approver="2",
    currency=Currency("CNY", 2),
    settlement=Settlement((_LINE,), (Refund(0, "cash", "", 100),), 100, 0, 100, 0),
    policy_version="1",
    policy_words=Worded("ok", "ok"),
    expires_on="2026-11-30",
)


def with_words(text: str) -> Return:
    """The text wherever data stands on a slip."""
    it = RETURN.settlement
    lines = tuple(replace(one, name=text, sku=text) for one in it.lines)
    refunds = tuple(replace(one, kind="wechat", masked=text) for one in it.refunds)
    return replace(
        RETURN,
        receipt_no=text,
        cashier=text,
        approver=text,
        policy_words=Worded(text, text),
        settlement=replace(it, lines=lines, refunds=refunds),
    )


@cache
def settings(copies: int = 2) -> Settings:
    """As shipped, the printer left out."""
    kept = load_settings(_CONFIG, {"printer.link": "file", "printer.path": "/dev/null"})
    return replace(kept, printer=replace(kept.printer, copies=copies))


def wire(kind: SlipKind, ret: Return, model: Model, *, copy: int = 0) -> bytes:
    """The bytes that the product makes of a return, in Chinese."""
    on = settings()
    on = replace(on, printer=replace(on.printer, model=model))
    codes = SlipCodes(on.slip_url)
    return press.press(PrintJob("j", kind, copy), ret, on, Words("zh_CN"), codes)[1]


def trial(model: Model) -> bytes:
    """The engineer's test slip."""
    return encode(trial_slip.slip(settings()), model)


def every_wire(ret: Return, model: Model) -> dict[str, bytes]:
    """All that is printed of a return, each under one word; `labelled` is the result of its end."""
    ended = replace(ret, status=Status.REFUNDED)
    return {
        **{kind.value: wire(kind, ret, model) for kind in KINDS},
        "labelled": wire(SlipKind.RESULT, ended, model),
    }


@cache
def _kinds(model: Model) -> tuple[Counter[str], ...]:
    jobs = [trial(model), *every_wire(RETURN, model).values()]
    return tuple(sheet.governing for job in jobs for sheet in sheets(job, model))


def strange(sheet: Sheet, model: Model) -> str:
    """What the sheet has that no sheet with harmless data has; empty when there is nothing.

    A torn one may have less, and what was sent before the printer was lost once more.
    """
    modes = [str(one) for one in sheet.events if str(one) in ("FS &", "FS .")]
    if any(before == after for before, after in pairwise(modes)):
        return "the Chinese mode is switched twice to the same"
    had = sheet.governing
    if any(had == kind or (sheet.torn and had <= kind) for kind in _kinds(model)):
        unknown = sheet.layout - LAYOUT
        return f"layout by {sorted(unknown)}" if unknown else ""
    return f"commands {dict(had)} as no harmless slip has them"
