"""People of the office at their browser."""

import re

from starlette.testclient import TestClient

from backoffice import people
from backoffice.office import Office
from backoffice.people import Role
from tests.backoffice.front import browser

PASSWORD = "correct horse battery"
NAMES = {Role.VIEWER: "Wang", Role.REVIEWER: "Li", Role.MANAGER: "Chen"}


class Clerk:
    """Somebody of a role; presses the buttons that a page shows."""

    def __init__(self, office: Office, role: Role = Role.MANAGER, language: str = "en") -> None:
        self.http: TestClient = browser(office, language)
        self.name = NAMES[role]
        with office.writing() as tx:
            people.add(tx, self.name, role, PASSWORD, "test")
        self.sign_in(PASSWORD)

    def sign_in(self, password: str) -> int:
        form = {"name": self.name, "password": password}
        return self.http.post("/desk/sign-in", data=form).status_code

    def looks(self, path: str = "", status: int = 200) -> str:
        page = self.http.get(f"/desk{path}")
        assert page.status_code == status, page.text
        return page.text

    def presses(self, on: str, button: str, status: int = 200, **typed: str) -> str:
        """The form of page `on` that posts to an address ending in `button`."""
        page = self.looks(on)
        form = re.search(rf'action="(/desk[^"]*{button})">(.*?)</form>', page, re.DOTALL)
        assert form is not None, f"no {button} on {on}"
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[2]))
        answer = self.http.post(form[1], data=hidden | typed)
        assert answer.status_code == status, answer.text
        return answer.text
