"""The customer's pages, drawn in one language."""

from typing import Any

from fastapi import Response

from backoffice.pages import words
from backoffice.pages.live import Live
from backoffice.settings import Shop
from backoffice.web import Pages
from backoffice.words import say

_PAGES = Pages("backoffice.pages")
HEADERS = _PAGES.headers


def draw(
    shop: Shop,
    language: str,
    template: str,
    status: int = 200,
    live: Live | None = None,
    **values: Any,
) -> Response:
    """One page. `template` without its ending; `live` where something is waited for on it; every
    other value goes to the template.
    """
    label = {key: say(text, language) for key, text in words.LABELS.items()}
    page = _PAGES.draw(
        template,
        status,
        language=language,
        other="en" if language == "zh" else "zh",
        label=label,
        title=label["title"],
        shop=say(shop.name, language),
        phone=shop.phone,
        colon="：" if language == "zh" else ": ",
        live=live,
        updates=say(live.words, language) if live else "",
        **values,
    )
    if live and live.seconds:
        page.headers["Refresh"] = str(live.seconds)
    return page
