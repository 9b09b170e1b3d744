"""The desk's pages, drawn for whoever is signed in."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fastapi import Response

from backoffice.amounts import money, quantity
from backoffice.db.tables import Return
from backoffice.desk import words
from backoffice.desk.guard import Visit
from backoffice.desk.happened import aside_words, audit_words, history_words, who_words
from backoffice.pages.words import TENDERS
from backoffice.people import Person
from backoffice.web import Pages
from backoffice.words import Worded, say

_PAGES = Pages("backoffice.desk", "same-origin")
HEADERS = _PAGES.headers
MINUTE_MS, HOUR_MS, DAY_MS = 60_000, 3_600_000, 86_400_000
CLOCK_OFF_MS = 2 * MINUTE_MS  # less is of no consequence for what is counted in days
_TABLES: Mapping[str, Mapping[Any, Worded]] = {
    "states": words.STATES,
    "refund_states": words.REFUNDS,
    "kinds": words.KINDS,
    "roles": words.ROLES,
    "tenders": TENDERS,
    "declined": words.DECLINED,
    "excess": words.EXCESS,
    "conditions": words.CONDITIONS,
    "dispositions": words.DISPOSITIONS,
}


def draw(who: Visit, template: str, status: int = 200, **values: Any) -> Response:
    """A page of somebody who is signed in."""
    return plain(who.language, template, status, person=who.person, **values)


def plain(
    language: str, template: str, status: int = 200, person: Person | None = None, **values: Any
) -> Response:
    """A page of somebody who may not be."""
    label = {key: say(text, language) for key, text in words.LABELS.items()}
    return _PAGES.draw(
        template,
        status,
        language=language,
        label=label,
        person=person,
        word=lambda table, key: worded(table, key, language),
        table=lambda name: {str(key): say(text, language) for key, text in _TABLES[name].items()},
        money=money,
        quantity=quantity,
        moment=moment,
        off=lambda ret, ahead_ms: clock_off(ret, ahead_ms, language),
        happened=lambda entry, ret: say(history_words(entry, ret), language),
        act=lambda what: say(audit_words(what), language),
        whom=lambda who: say(who_words(who), language),
        aside=lambda why: say(aside_words(why), language),
        **values,
    )


def moment(at_ms: int | None) -> str:
    """As the office's clock shows it."""
    if at_ms is None:
        return ""
    return f"{datetime.fromtimestamp(at_ms / 1000).astimezone():%Y-%m-%d %H:%M}"


def clock_off(ret: Return, ahead_ms: int, language: str) -> str:
    """How wrong the clock was that a return was recorded by; empty up to two minutes."""
    if abs(ahead_ms) <= CLOCK_OFF_MS:
        return ""
    text = say(words.LABELS["clock_ahead" if ahead_ms > 0 else "clock_behind"], language)
    return text.format(_span(abs(ahead_ms), language), moment(ret.recorded_at - ahead_ms))


def _span(ms: int, language: str) -> str:
    """Whole ones of the largest unit of which there are two."""
    for unit, zh, en in ((DAY_MS, "天", "days"), (HOUR_MS, "小时", "hours")):
        if ms >= 2 * unit:
            return f"{ms // unit} {say(Worded(zh, en), language)}"
    return f"{ms // MINUTE_MS} {say(Worded('分钟', 'min'), language)}"


def worded(table: str, key: str, language: str) -> str:
    """The word for a code; a code of a shop's own stays as it is."""
    found = _TABLES[table].get(key)
    return say(found, language) if found else key
