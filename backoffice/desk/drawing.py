"""The desk's pages, drawn for whoever is signed in."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fastapi import Response

from backoffice.amounts import money, quantity
from backoffice.desk import words
from backoffice.desk.guard import Visit
from backoffice.desk.happened import aside_words, audit_words, history_words, who_words
from backoffice.pages.words import TENDERS
from backoffice.people import Person
from backoffice.web import Pages
from backoffice.words import Worded, say

_PAGES = Pages("backoffice.desk", "same-origin")
HEADERS = _PAGES.headers
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


def worded(table: str, key: str, language: str) -> str:
    """The word for a code; a code of a shop's own stays as it is."""
    found = _TABLES[table].get(key)
    return say(found, language) if found else key
