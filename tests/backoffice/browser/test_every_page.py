"""Every page of customer and desk, in both languages, on a phone and at a desk: all of it fits."""

import pytest
from playwright.sync_api import Browser, Page

from backoffice.db.tables import Return
from backoffice.office import Office
from tests.backoffice.browser import shop
from tests.backoffice.browser.conftest import PICTURES
from tests.backoffice.pages import slips

SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 800}}
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
    page.goto(url)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
    assert sticks_out(page) == [], name


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
