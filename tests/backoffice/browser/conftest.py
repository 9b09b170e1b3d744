"""A real Chromium before a real server on loopback."""

import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from backoffice.db.migrate import migrate
from backoffice.office import Office
from backoffice.settings import Settings
from tests.backoffice.front import front

PICTURES = Path(__file__).parents[3] / "var" / "browser"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's own: nothing is downloaded. Its driver keeps an event loop running in this thread,
    so it must be gone before another module's test runs one.
    """
    found = shutil.which("chromium")
    assert found is not None, "apt-get install chromium (.ci/setup test does)"
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Office, str]]:
    """An office on SQLite and its address."""
    office = Office(Settings(f"sqlite:///{tmp_path / 'office.db'}", tmp_path / "state"))
    migrate(office.engine)
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    config = uvicorn.Config(front(office), log_level="warning", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield office, f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()
    listener.close()
    office.close()


def opened(browser: Browser, size: dict[str, int], language: str) -> Page:
    """A new page without anybody's cookies, scripts switched off: none is needed."""
    context = browser.new_context(
        viewport={"width": size["width"], "height": size["height"]},
        locale=language,
        java_script_enabled=False,
    )
    return context.new_page()
