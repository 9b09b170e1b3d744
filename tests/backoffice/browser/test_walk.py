"""The customer on a phone and the office at its desk, in Chromium, without a script."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from backoffice import people, returns
from backoffice.office import Office
from backoffice.people import Role
from backoffice.states import RefundState
from backoffice.words import Worded
from tests.backoffice import made
from tests.backoffice.browser.conftest import DESK, PHONE, PICTURES, opened
from tests.backoffice.pages import slips

PASSWORD = "correct horse battery"
Served = tuple[Office, str]


def keep(page: Page, name: str) -> None:
    """The whole page as a picture."""
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


def slip_of_today(office: Office, kind: str = "VERIFIED") -> str:
    address = slips.slip(office)
    with office.writing() as tx:
        ret = returns.find(tx, made.RETURN_ID)
        ret.kind, ret.expires_on = kind, "2099-12-31"
    return address


def test_a_customer_checks_submits_and_sees_how_it_stands(
    chromium: Browser, served: Served
) -> None:
    office, url = served
    page = opened(chromium, PHONE, "zh-CN")
    page.goto(url + slip_of_today(office))
    expect(page.get_by_role("heading", level=1)).to_have_text("请核对商品和金额")
    expect(page.get_by_text("¥ 65.79")).to_be_visible()
    keep(page, "customer_waiting_zh")
    page.get_by_role("button", name="核对无误，提交退货").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("门店已同意退货")
    keep(page, "customer_approved_zh")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The shop has agreed")
    keep(page, "customer_approved_en")


def test_a_page_that_waits_looks_again_by_itself(chromium: Browser, served: Served) -> None:
    office, url = served
    page = opened(chromium, PHONE, "zh-CN")
    page.goto(url + slip_of_today(office, "UNVERIFIED"))
    page.get_by_role("button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("已提交，门店审核中")
    expect(page.get_by_text("本页每 10 秒自动更新一次。")).to_be_visible()
    keep(page, "customer_submitted_zh")
    office.write(lambda tx: returns.approve(tx, made.RETURN_ID, "Li"))
    expect(page.get_by_role("heading", level=1)).to_have_text("门店已同意退货", timeout=30_000)
    page.get_by_role("link", name="停止自动更新").click()
    expect(page.get_by_text("自动更新已停止。")).to_be_visible()


def test_a_customer_without_a_scanner_types_the_short_code(
    chromium: Browser, served: Served
) -> None:
    office, url = served
    slip_of_today(office)
    page = opened(chromium, PHONE, "en")
    page.goto(url)
    page.get_by_label("Short code on the slip").fill("1111111111")
    page.get_by_role("button", name="Find my return").click()
    expect(page.get_by_role("alert")).to_contain_text("was not found")
    keep(page, "customer_code_wrong_en")
    page.get_by_label("Short code on the slip").fill(slips.short_code().lower())
    page.get_by_role("button", name="Find my return").click()
    expect(page.get_by_text("¥ 65.79")).to_be_visible()


def test_the_office_reviews_and_the_customer_reads_its_reason(
    chromium: Browser, served: Served
) -> None:
    office, url = served
    address = slip_of_today(office, "UNVERIFIED")
    with office.writing() as tx:
        people.add(tx, "Li", Role.MANAGER, PASSWORD, "test")
    phone = opened(chromium, PHONE, "zh-CN")
    phone.goto(url + address)
    phone.get_by_role("button").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("已提交，门店审核中")

    desk = opened(chromium, DESK, "en")
    desk.goto(f"{url}/desk")
    desk.get_by_label("Name").fill("Li")
    desk.get_by_label("Password").fill(PASSWORD)
    desk.get_by_role("button", name="Sign in").click()
    expect(desk.get_by_text("Submitted, to be reviewed (1)")).to_be_visible()
    keep(desk, "desk_queue_en")
    desk.get_by_role("link", name=re.compile("R-0571-03")).click()
    keep(desk, "desk_return_en")
    desk.get_by_label("Reason (the customer reads it)").select_option(label="The goods were used.")
    desk.get_by_role("button", name="Decline").click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("declined")
    desk.get_by_role("link", name="The day").click()
    keep(desk, "desk_day_en")

    phone.reload()
    expect(phone.get_by_text("商品已使用，不符合退货条件。")).to_be_visible()
    keep(phone, "customer_declined_zh")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_page_can_be_used_by_everybody(
    chromium: Browser, served: Served, language: str
) -> None:
    """WCAG 2.2 AA as far as axe can tell; axe itself is a script, so here alone one runs."""
    office, url = served
    address = slip_of_today(office, "UNVERIFIED")
    with office.writing() as tx:
        people.add(tx, "Li", Role.MANAGER, PASSWORD, "test")
    context = chromium.new_context(locale=language, bypass_csp=True)
    page = context.new_page()
    axe = Axe()
    for size, paths in (
        (PHONE, (address, "/", "/T/nonsense", "/desk/sign-in")),
        (DESK, ("/desk", "/desk/returns", f"/desk/returns/{made.RETURN_ID}", "/desk/day",
                "/desk/terminals", "/desk/aside", "/desk/people", "/desk/log")),
    ):  # fmt: skip
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        for path in paths:
            page.goto(url + path)
            if path == "/desk/sign-in":
                page.locator("input[name=name]").fill("Li")
                page.locator("input[name=password]").fill(PASSWORD)
            found = axe.run(
                page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}
            )
            assert found.violations_count == 0, f"{path}\n{found.generate_report()}"
            if path == "/desk/sign-in":
                page.locator("main button").click()


def test_a_refund_that_met_a_problem_is_told_kindly(chromium: Browser, served: Served) -> None:
    office, url = served
    address = slip_of_today(office)
    with office.writing() as tx:
        ret = returns.find(tx, made.RETURN_ID)
        made.a_refund(tx)
        ret.confirmed_at = ret.finished_at = tx.now
        returns.changed(tx, ret, "finished", "terminal")
        why = Worded("原支付账户已注销", "The account was closed")
        returns.refund_changed(tx, ret.id, 0, RefundState.ABNORMAL, why=why)
    page = opened(chromium, PHONE, "zh-CN")
    page.goto(url + address)
    expect(page.get_by_text("您的钱不会丢")).to_be_visible()
    expect(page.get_by_text("原支付账户已注销")).to_be_visible()
    keep(page, "customer_problem_zh")
