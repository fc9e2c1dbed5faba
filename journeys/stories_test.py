"""What staff come to do, step by step."""

from datetime import timedelta

import pytest

from journeys import browsing
from journeys.browsing import Browser, House, Page


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_from_the_door_to_a_borrowers_sums(browser: Browser, house: House, script: bool) -> None:
    page = browsing.open_page(browser, house, lang="en", size="phone", script=script)
    browsing.sign_in(page, "lin")
    page.locator("a.bar-1").click()
    page.locator("td.first a").first.click()
    page.get_by_text("Oldest unpaid due day").wait_for()
    page.get_by_text("Late interest ·").click()
    page.get_by_text("Unpaid principal × days").first.wait_for()
    page.get_by_role("button", name="Verify every link").click()
    page.get_by_text("links hold").wait_for()
    page.context.close()


def test_a_look_states_its_purpose_and_stays_in_the_log(browser: Browser, house: House) -> None:
    page = browsing.open_page(browser, house, lang="en", size="desk", name="chen")
    _open_somebody(page)
    page.get_by_text("Show something in clear").click()
    page.get_by_label("What").select_option("phone")
    page.get_by_label("Why").select_option("complaint")
    page.get_by_role("button", name="Show", exact=True).click()
    page.locator(".revealed").wait_for()
    assert browsing.amiss(page) == []
    page.get_by_role("heading", name="Who looked").wait_for()
    page.get_by_text("Phone number · Answering a complaint").wait_for()
    page.context.close()


def test_the_language_changes_on_the_page_one_is_on(browser: Browser, house: House) -> None:
    page = browsing.open_page(browser, house, lang="en", size="phone", name="chen")
    _open_somebody(page)
    where = page.url
    page.get_by_role("button", name="简体中文").click()
    page.get_by_role("heading", name="联系记录").wait_for()
    assert page.url == where
    page.context.close()


def test_a_wrong_door_is_said_plainly(browser: Browser, house: House) -> None:
    page = browsing.open_page(browser, house, lang="en", size="phone", name="lin")
    page.goto("/closes/")
    page.get_by_role("heading", name="This page is not open to your role").wait_for()
    assert browsing.amiss(page) == []
    page.get_by_role("link", name="To the first page").click()
    page.wait_for_url("**/book/")
    page.context.close()


def test_the_file_prints_without_buttons(browser: Browser, house: House) -> None:
    page = browsing.open_page(browser, house, lang="en", size="desk", name="chen")
    _open_somebody(page)
    page.emulate_media(media="print")
    assert page.locator("button:visible").count() == 0
    assert page.locator("h1:visible").count() == 1
    page.context.close()


def test_the_demo_bar_lives_through_a_day(browser: Browser, house: House) -> None:
    page = browsing.open_page(browser, house, lang="en", size="desk", name="lin")
    page.goto("/book/")
    today = browsing.today(page)
    page.get_by_role("button", name="One day on").click()
    page.get_by_text("Living through day").wait_for()
    assert browsing.amiss(page) == []
    house.work()
    tomorrow = today + timedelta(days=1)
    page.get_by_text(f"House clock {tomorrow:%-d %b %Y}").wait_for()
    page.get_by_text(f"As of {tomorrow:%-d %b %Y}").wait_for()
    page.context.close()


def _open_somebody(page: Page) -> None:
    page.goto("/book/?age=1")
    page.locator("td.first a").first.click()
    page.wait_for_url("**/borrowers/*/")
