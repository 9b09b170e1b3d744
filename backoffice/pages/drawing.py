"""The customer's pages, drawn in one language."""

from typing import Any

from fastapi import Response

from backoffice.pages import words
from backoffice.settings import Shop
from backoffice.web import Pages
from backoffice.words import say

_PAGES = Pages("backoffice.pages")
HEADERS = _PAGES.headers


def draw(shop: Shop, language: str, template: str, status: int = 200, **values: Any) -> Response:
    """One page. `template` without its ending; every other value goes to it."""
    label = {key: say(text, language) for key, text in words.LABELS.items()}
    return _PAGES.draw(
        template,
        status,
        language=language,
        other="en" if language == "zh" else "zh",
        label=label,
        title=label["title"],
        shop=say(shop.name, language),
        phone=shop.phone,
        **values,
    )
