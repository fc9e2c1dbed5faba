"""A stranger gets a message: is it real, where did it go, it is not for me; nothing more comes."""

import os
import re
from collections.abc import Iterator

import pytest

from journeys import browsing
from journeys.browsing import Browser, House, Page

CODE = re.compile(r"编号([0-9a-f]{12})")
OPEN_PAGES = ("/real/", "/real/number/", "/not-me/", "/not-me/done/", "/report-fraud/")
PICTURES = os.environ.get("EVENHAND_PICTURES", "")


@pytest.fixture(params=browsing.SIZES)
def page(request: pytest.FixtureRequest, browser: Browser, house: House) -> Iterator[Page]:
    """A stranger's window."""
    page = browsing.open_page(browser, house, lang="zh-hans", size=request.param)
    yield page
    page.context.close()


def seen(page: Page, name: str) -> None:
    """The page is looked at: nothing amiss; kept as a picture where somebody wants to look too."""
    assert browsing.amiss(page) == [], name
    if PICTURES:
        width = (page.viewport_size or {"width": 0})["width"]
        page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)


def test_checked_and_said_not_me_with_one_tap(page: Page) -> None:
    page.goto("/demo/phones/")
    code = CODE.findall(page.inner_text("body"))[0]
    page.goto("/real/")
    page.get_by_label("编号，或整条短信").fill(f"{code[:4]} {code[4:8]} {code[8:]}")
    page.get_by_role("button", name="核实").click()
    page.get_by_text("是我们的。", exact=True).wait_for()
    seen(page, "real-ours")
    page.get_by_role("button", name="这不是发给我的").click()
    page.get_by_text("从现在起，我们不再向您的号码发送任何信息。").wait_for()
    seen(page, "not-me-done")


def test_a_made_up_code_is_not_ours_and_is_reported(page: Page) -> None:
    page.goto("/real/000000000000/")
    seen(page, "real-not-ours")
    page.get_by_role("link", name="举报诈骗").click()
    page.get_by_role("button", name="提交举报").click()
    page.get_by_text("请选择发生了什么。").wait_for()
    seen(page, "report-wrong")
    page.get_by_text("要我付现金，或转到私人账户").click()
    page.get_by_role("button", name="提交举报").click()
    page.get_by_role("heading", name="谢谢您，我们会处理。").wait_for()
    seen(page, "report-done")


@pytest.mark.parametrize("address", OPEN_PAGES)
def test_the_open_pages_are_whole(page: Page, address: str) -> None:
    page.goto(address)
    seen(page, address.strip("/").replace("/", "-"))


def test_staff_read_the_same_and_see_the_reports(browser: Browser, house: House) -> None:
    page = browsing.open_page(browser, house, lang="zh-hans", size="phone", name="wu")
    for address in ("/staff/real/", "/staff/fraud/"):
        page.goto(address)
        seen(page, f"staff-{address[7:-1]}")
    page.context.close()
