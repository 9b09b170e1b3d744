"""What each address of the page answers: look, submit, type a code.

Law of the file: looking is limited by address, guessing more so; an address that opens nothing says
kindly why. What is submitted is what was looked at.
"""

from collections.abc import Callable
from datetime import date, datetime

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from backoffice import returns
from backoffice.amounts import CURRENCIES, money
from backoffice.office import Office, Transaction
from backoffice.pages import words
from backoffice.pages.drawing import HEADERS, draw
from backoffice.pages.opened import Closed, NotOpened, Opened, by_short_code, by_token
from backoffice.pages.shown import page_of, seen
from backoffice.rates import Rate, TooOften
from backoffice.settings import Settings
from backoffice.web import address_of
from backoffice.wire.short_code import read_short_code
from backoffice.words import Refused, say

Find = Callable[[Session], Opened | NotOpened]
STATUS = {Closed.FORGED: 404, Closed.UNKNOWN: 404, Closed.UNREPORTED: 202, Closed.EXPIRED: 410}


class Counter:
    """Answers each address; one rate for looking, a smaller one where a code may be guessed."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._settings: Settings = office.settings
        self._looks = Rate(office.settings.limits.pages_per_minute, office.clock)
        self._guesses = Rate(office.settings.limits.tries_per_minute, office.clock)

    def token(self, text: str) -> Find:
        return lambda session: by_token(session, text, self._today())

    def code(self, typed: str, number: str) -> Find:
        pepper = self._office.pepper
        return lambda session: by_short_code(session, pepper, typed, self._today(), number.upper())

    def look(self, request: Request, find: Find, language: str, *, guess: bool = False) -> Response:
        if self._too_many(request, guess=guess):
            return self._notice(words.TOO_MANY, language, 429)
        with self._office.reading() as session:
            return self._shown(request, find(session), language)

    def submit(
        self, request: Request, find: Find, looked_at: str, language: str, *, guess: bool = False
    ) -> Response:
        if self._too_many(request, guess=guess):
            return self._notice(words.TOO_MANY, language, 429)

        def act(tx: Transaction) -> Response | None:
            opened = find(tx.session)
            if isinstance(opened, NotOpened):
                return self._shown(request, opened, language)
            if seen(opened) != looked_at:
                return self._shown(request, opened, language, status=409)
            returns.submit(tx, opened.ret.id, "page")
            return None

        try:
            answer = self._office.write(act)
        except Refused:
            answer = None  # too late for it: the page says how it stands
        if answer is not None:
            return answer
        here = f"{request.url.path}?lang={language}"
        return RedirectResponse(here, 303, HEADERS)

    def ask(self, request: Request, language: str, wrong: str = "", status: int = 200) -> Response:
        if not wrong and self._too_many(request, guess=False):
            return self._notice(words.TOO_MANY, language, 429)
        return draw(self._settings.shop, language, "code", status, wrong=wrong)

    def typed(self, request: Request, text: str, language: str) -> Response:
        """From a code to its own address, so that the page can be looked at again."""
        if self._too_many(request, guess=True):
            return self._notice(words.TOO_MANY, language, 429)
        with self._office.reading() as session:
            found = self.code(text, "")(session)
        if isinstance(found, NotOpened) and found.why is Closed.UNKNOWN:
            banner = words.CLOSED[Closed.UNKNOWN]
            sentences = (say(banner.headline, language), say(banner.what, language))
            wrong = ("。" if language == "zh" else ". ").join(sentences)
            return self.ask(request, language, wrong, 404)
        if isinstance(found, NotOpened):
            return self._shown(request, found, language)
        code = read_short_code(text)
        return RedirectResponse(f"/R/{found.ret.number}/{code}?lang={language}", 303, HEADERS)

    def _shown(
        self, request: Request, opened: Opened | NotOpened, language: str, status: int = 200
    ) -> Response:
        if isinstance(opened, Opened):
            page = page_of(opened, language)
            shop, path = self._settings.shop, request.url.path
            return draw(shop, language, "return", status, page=page, action=path)
        amount = ""
        token = opened.token
        if opened.why is Closed.UNREPORTED and token and token.currency in CURRENCIES:
            amount = money(token.amount, *CURRENCIES[token.currency])
        return self._notice(words.CLOSED[opened.why], language, STATUS[opened.why], amount)

    def _notice(
        self, banner: words.Banner, language: str, status: int, amount: str = ""
    ) -> Response:
        return draw(
            self._settings.shop,
            language,
            "notice",
            status,
            tone=banner.tone,
            headline=say(banner.headline, language),
            what=say(banner.what, language),
            amount=amount,
        )

    def _too_many(self, request: Request, *, guess: bool) -> bool:
        try:
            (self._guesses if guess else self._looks).take(address_of(request))
        except TooOften:
            return True
        return False

    def _today(self) -> date:
        return datetime.fromtimestamp(self._office.clock() / 1000).astimezone().date()
