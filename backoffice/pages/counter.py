"""What each address of the page answers: look, submit, type a code.

Law of the file: looking is limited by address, wrong codes more so; an address that opens nothing
says kindly why. What is submitted is what was looked at.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from backoffice import returns
from backoffice.amounts import CURRENCIES, money
from backoffice.office import Office, Transaction
from backoffice.pages import words
from backoffice.pages.drawing import HEADERS, draw
from backoffice.pages.live import LIVE, Live, live
from backoffice.pages.opened import Closed, NotOpened, Opened, by_short_code, by_token
from backoffice.pages.shown import page_of, seen
from backoffice.rates import Rate, TooOften, Tries
from backoffice.settings import Settings
from backoffice.states import State
from backoffice.web import address_of
from backoffice.wire.short_code import read_short_code
from backoffice.words import Refused, say


@dataclass(frozen=True)
class Visit:
    """One request. `guesses`: its address is a code that may be guessed; `still`: the page is not
    to look again by itself.
    """

    request: Request
    language: str
    guesses: bool = False
    still: bool = False


Find = Callable[[Session], Opened | NotOpened]
STATUS = {Closed.FORGED: 404, Closed.UNKNOWN: 404, Closed.UNREPORTED: 202, Closed.EXPIRED: 410}


class Counter:
    """Answers each address; a rate for looking, and tries where a code may be guessed."""

    def __init__(self, office: Office) -> None:
        limits = office.settings.limits
        self._office = office
        self._settings: Settings = office.settings
        self._looks = Rate(limits.pages_per_minute, office.clock)
        self._tries = Tries(office, "short code", limits.tries_per_minute)

    def token(self, text: str) -> Find:
        return lambda session: by_token(session, text, self._today())

    def code(self, typed: str, number: str) -> Find:
        pepper = self._office.pepper
        return lambda session: by_short_code(session, pepper, typed, self._today(), number.upper())

    def look(self, visit: Visit, find: Find) -> Response:
        if seconds := self._too_many(visit):
            return self._busy(visit, seconds)
        with self._office.reading() as session:
            opened = find(session)
            answer = self._shown(visit, opened)
        self._count(visit, opened)
        return answer

    def submit(self, visit: Visit, find: Find, looked_at: str) -> Response:
        if seconds := self._too_many(visit):
            return self._busy(visit, seconds)

        def act(tx: Transaction) -> tuple[Opened | NotOpened, Response | None]:
            opened = find(tx.session)
            if isinstance(opened, NotOpened):
                return opened, self._shown(visit, opened)
            if seen(opened) != looked_at:
                return opened, self._shown(visit, opened, 409)
            returns.submit(tx, opened.ret.id, "page")
            return opened, None

        try:
            opened, answer = self._office.write(act)
            self._count(visit, opened)
        except Refused:
            answer = None  # too late for it: the page says how it stands
        if answer is not None:
            return answer
        here = f"{visit.request.url.path}?lang={visit.language}"
        return RedirectResponse(here, 303, HEADERS)

    def ask(self, visit: Visit, wrong: str = "", status: int = 200) -> Response:
        if not wrong and (seconds := self._too_many(visit)):
            return self._busy(visit, seconds)
        return draw(self._settings.shop, visit.language, "code", status, wrong=wrong)

    def typed(self, visit: Visit, text: str) -> Response:
        """From a code to its own address, so that the page can be looked at again."""
        if seconds := self._too_many(visit):
            return self._busy(visit, seconds)
        with self._office.reading() as session:
            found = self.code(text, "")(session)
        self._count(visit, found)
        if isinstance(found, NotOpened) and found.why is Closed.UNKNOWN:
            banner = words.CLOSED[Closed.UNKNOWN]
            sentences = (say(banner.headline, visit.language), say(banner.what, visit.language))
            wrong = ("。" if visit.language == "zh" else ". ").join(sentences)
            return self.ask(visit, wrong, 404)
        if isinstance(found, NotOpened):
            return self._shown(visit, found)
        code = read_short_code(text)
        return RedirectResponse(f"/R/{found.ret.number}/{code}?lang={visit.language}", 303, HEADERS)

    def _shown(self, visit: Visit, opened: Opened | NotOpened, status: int = 200) -> Response:
        if isinstance(opened, Opened):
            page = page_of(opened, visit.language)
            waits = State(opened.ret.state) in LIVE
            return draw(
                self._settings.shop, visit.language, "return", status,
                self._live(visit, opened.ret.changed_at) if waits else None,
                page=page, action=visit.request.url.path,
            )  # fmt: skip
        amount, refreshes = "", None
        token = opened.token
        if opened.why is Closed.UNREPORTED and token:
            refreshes = self._live(visit, token.issued_s * 1000)
            if token.currency in CURRENCIES:
                amount = money(token.amount, *CURRENCIES[token.currency])
        return self._notice(visit, words.CLOSED[opened.why], STATUS[opened.why], amount, refreshes)

    def _live(self, visit: Visit, since_ms: int) -> Live | None:
        if visit.request.method == "POST":
            return (
                None  # a page that looks again would not send the form again, but lose its answer
            )
        return live(since_ms, self._office.clock(), still=visit.still)

    def _notice(
        self,
        visit: Visit,
        banner: words.Banner,
        status: int,
        amount: str = "",
        refreshes: Live | None = None,
    ) -> Response:
        return draw(
            self._settings.shop,
            visit.language,
            "notice",
            status,
            refreshes,
            tone=banner.tone,
            headline=say(banner.headline, visit.language),
            what=say(banner.what, visit.language),
            amount=amount,
            again_helps=refreshes is not None or banner is words.TOO_MANY,
        )

    def _busy(self, visit: Visit, seconds: int) -> Response:
        answer = self._notice(visit, words.TOO_MANY, 429)
        answer.headers["Retry-After"] = str(seconds)
        return answer

    def _too_many(self, visit: Visit) -> int:
        """Seconds until it may be asked again; 0 where it may now."""
        try:
            self._looks.take(address_of(visit.request))
            if visit.guesses:
                self._tries.check(address_of(visit.request))
        except TooOften as often:
            return often.seconds
        return 0

    def _count(self, visit: Visit, opened: Opened | NotOpened) -> None:
        """A code that opened nothing was perhaps a guess; a right one is none."""
        if visit.guesses and isinstance(opened, NotOpened) and opened.why is Closed.UNKNOWN:
            self._tries.failed(address_of(visit.request))

    def _today(self) -> date:
        return datetime.fromtimestamp(self._office.clock() / 1000).astimezone().date()
