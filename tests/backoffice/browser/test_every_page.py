"""Every page of customer and desk, in both languages, on a phone and at a desk: all of it fits."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from backoffice.db.tables import Return
from backoffice.office import Office
from tests.backoffice.browser import shop
from tests.backoffice.browser.conftest import PICTURES
from tests.backoffice.pages import slips

SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 800}}
PAGE_MAX = 30_000  # bytes: on the slowest network of a shop it is there at once
CHECKED = "_zh_phone"  # what axe looks at: every page once
RULES = ("wcag2a", "wcag2aa", "wcag21aa", "wcag22aa")
CUSTOMER = (*shop.STATES, "unreported", "forged", "expired", "code", "code_wrong")
DESK = (
    "", "/returns", "/returns?state=voided&store=9999", "/day", "/terminals", "/aside", "/people",
    "/log", *(f"/returns/{shop.id_of(one)}" for one in shop.STATES),
)  # fmt: skip


def sticks_out(page: Page) -> list[str]:
    """What is wider than the window and cannot be scrolled to within a frame of its own."""
    found: list[str] = page.evaluate(
        """() => {
        const wide = document.documentElement.clientWidth;
        const framed = (one) => one && (getComputedStyle(one).overflowX !== 'visible' ||
            framed(one.parentElement));
        return [...document.body.querySelectorAll('*')].filter((one) => {
            const box = one.getBoundingClientRect();
            return box.width > 0 && (box.right > wide + 1 || box.left < -1) && !framed(one);
        }).map((one) => one.outerHTML.slice(0, 120));
    }"""
    )
    return found


def shown(page: Page, url: str, name: str) -> None:
    answer = page.goto(url)
    assert answer is not None
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
    assert sticks_out(page) == [], name
    if name.startswith("customer"):
        assert len(answer.body()) < PAGE_MAX, name
    if name.endswith(CHECKED):
        found = Axe().run(page, options={"runOnly": list(RULES)})
        assert found.violations_count == 0, f"{name}\n{found.generate_report()}"


@pytest.mark.timeout(600)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_fits(
    chromium: Browser, served: tuple[Office, str], language: str, size: str
) -> None:
    office, url = served
    key = shop.filled(office)
    context = chromium.new_context(
        viewport={"width": SIZES[size]["width"], "height": SIZES[size]["height"]},
        locale="zh-CN" if language == "zh" else "en",
        bypass_csp=True,  # axe is a script; the pages run none
    )
    page = context.new_page()
    for one in CUSTOMER:
        shown(page, url + _customer(office, one, key), f"customer_{one}_{language}_{size}")
    page.goto(f"{url}/desk")
    page.screenshot(path=PICTURES / f"desk_sign_in_{language}_{size}.png", full_page=True)
    page.locator("input[name=name]").fill("Li")
    page.locator("input[name=password]").fill(shop.PASSWORD)
    page.locator("main button").click()
    for path in DESK:
        state = next((one for one in shop.STATES if shop.id_of(one) in path), "")
        name = f"return_{state}" if state else path.strip("/").split("?")[0] or "queue"
        name += "_nothing" if "9999" in path else ""
        shown(page, f"{url}/desk{path}", f"desk_{name}_{language}_{size}")
    context.close()


def _customer(office: Office, one: str, key: int) -> str:
    if one in shop.STATES:
        return shop.address_of(one, key)
    if one == "unreported":
        return f"/T/{slips.token(key, '01a21e0f-aed1-73bc-8d81-0000000000ff')}"
    if one == "expired":
        with office.writing() as tx:
            tx.session.get_one(Return, shop.id_of("waiting")).expires_on = "2026-01-01"
        return shop.address_of("waiting", key)
    return {"forged": "/T/nonsense", "code": "/", "code_wrong": "/R/R-0571-03-000001/0"}[one]
