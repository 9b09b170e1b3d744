"""The public side of an office, as a browser reaches it."""

from fastapi import FastAPI
from starlette.testclient import TestClient

from backoffice.app import public_app
from backoffice.office import Office
from backoffice.rails.chosen import MANUAL, Rails
from backoffice.rails.manual import Manual
from backoffice.terminals.authority import Authority


def front(office: Office) -> FastAPI:
    """Every refund by hand."""
    rails = Rails({MANUAL: Manual()}, {})
    return public_app(office, Authority(office.settings.state_dir), rails)


def browser(
    office: Office, language: str = "zh-CN,zh;q=0.9,en;q=0.5", address: str = "testclient"
) -> TestClient:
    asked = {"Accept-Language": language}
    return TestClient(front(office), headers=asked, client=(address, 50_000))
