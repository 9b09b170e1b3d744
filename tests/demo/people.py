"""The demo's customer and its clerk: in headless Chromium where that is there, else over HTTP."""

import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self

import httpx

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PATIENCE_S = 20.0


class Lost(Exception):  # noqa: N818 - named for what happened
    """A page did not say what was waited for."""


class Visitor(Protocol):
    """Somebody before a page."""

    def opens(self, url: str) -> str:
        """The page's text."""
        ...

    def presses(self, button: str, typed: dict[str, str] | None = None) -> str:
        """Types into named fields, presses the button; the text of the page that follows."""
        ...

    def follows(self, link: str) -> str:
        """The page behind the link of this text."""
        ...

    def close(self) -> None: ...


class ByHttp:
    """No browser: the form that holds the button is sent as a browser would."""

    def __init__(self, language: str) -> None:
        self._client = httpx.Client(
            follow_redirects=True, headers={"Accept-Language": language}, trust_env=False
        )
        self._page = ""
        self._url = ""

    def opens(self, url: str) -> str:
        return self._shows(self._client.get(url))

    def presses(self, button: str, typed: dict[str, str] | None = None) -> str:
        for form in re.findall(r"<form[^>]*>.*?</form>", self._page, re.DOTALL):
            if f">{button}</button>" not in form:
                continue
            action = re.search(r'action="([^"]*)"', form)
            hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
            assert action is not None, form
            url = httpx.URL(self._url).join(action[1].replace("&amp;", "&"))
            return self._shows(self._client.post(url, data=hidden | (typed or {})))
        raise Lost(f"no button {button!r} on:\n{_text(self._page)}")

    def follows(self, link: str) -> str:
        found = re.search(rf'<a[^>]*href="([^"]*)"[^>]*>{re.escape(link)}</a>', self._page)
        if found is None:
            raise Lost(f"no link {link!r} on:\n{_text(self._page)}")
        return self.opens(str(httpx.URL(self._url).join(found[1])))

    def close(self) -> None:
        self._client.close()

    def _shows(self, answer: httpx.Response) -> str:
        self._page, self._url = answer.text, str(answer.url)
        return _text(self._page)


class ByBrowser:
    """A page of Debian's Chromium, and a picture of whatever it shows."""

    def __init__(self, page: "Page", picture: Callable[[], Path]) -> None:
        self._page = page
        self._picture = picture

    def opens(self, url: str) -> str:
        self._page.goto(url)
        return self._shows()

    def presses(self, button: str, typed: dict[str, str] | None = None) -> str:
        for name, text in (typed or {}).items():
            self._page.locator(f"[name={name}]").first.fill(text)
        self._page.get_by_role("button", name=button, exact=True).click()
        self._page.wait_for_load_state()
        return self._shows()

    def follows(self, link: str) -> str:
        self._page.get_by_role("link", name=link).first.click()
        self._page.wait_for_load_state()
        return self._shows()

    def close(self) -> None:
        self._page.close()

    def _shows(self) -> str:
        self._page.screenshot(path=self._picture(), full_page=True)
        return self._page.locator("body").inner_text()


class Person:
    """A visitor with patience."""

    def __init__(self, visitor: Visitor) -> None:
        self._visitor = visitor

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._visitor.close()

    def sees(self, url: str, *words: str) -> str:
        """The page once it says all of it. Raises Lost."""
        due = time.monotonic() + PATIENCE_S
        while True:
            text = self._visitor.opens(url)
            if all(one in text for one in words):
                return text
            if time.monotonic() > due:
                raise Lost(f"waited for {words}; {url} says:\n{text}")
            time.sleep(0.3)

    def presses(self, button: str, **typed: str) -> str:
        return self._visitor.presses(button, typed)

    def follows(self, link: str) -> str:
        return self._visitor.follows(link)


@contextmanager
def visitors(folder: Path) -> Iterator[Callable[[str, tuple[int, int]], Person]]:
    """Makes people by name and size of their screen; in Chromium where it and its driver are there,
    and then each page leaves a picture in `folder`.
    """
    count = iter(range(1, 1000))
    with ExitStack() as opened:
        browser = _chromium(opened) if shutil.which("chromium") else None

        def person(name: str, size: tuple[int, int]) -> Person:
            if browser is None:
                return opened.enter_context(Person(ByHttp("zh-CN")))
            width, height = size
            page = browser.new_context(
                locale="zh-CN", viewport={"width": width, "height": height}
            ).new_page()
            return opened.enter_context(
                Person(ByBrowser(page, lambda: folder / f"{next(count):02d}-{name}.png"))
            )

        yield person


def _chromium(opened: ExitStack) -> "Browser | None":
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:  # the demo's own set-up does not bring it
        return None
    playwright = opened.enter_context(sync_playwright())
    browser = playwright.chromium.launch(
        executable_path=shutil.which("chromium"), args=["--no-sandbox"]
    )
    opened.callback(browser.close)
    return browser


def _text(html: str) -> str:
    without = re.sub(r"<style>.*?</style>|<[^>]+>", "\n", html, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "\n", without)
