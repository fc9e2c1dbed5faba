"""What every borrower's page has: quick exit, reading aloud, a page without a connection."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from journeys import browsing
from journeys.browsing import Browser, House, Page

HARMLESS = "https://www.weather.com.cn/"
KEPT = {"/static/web/evenhand.css", "/static/web/app.js", "/static/web/icon.svg", "/offline/"}
IN_CACHES = """caches.keys()
    .then(names => Promise.all(names.map(name => caches.open(name).then(kept => kept.keys()))))
    .then(found => found.flat().map(each => each.url))"""
# A device with one voice, which writes down what it was given to say.
VOICE = """
    const voice = {lang: "zh-CN", name: "one"};
    window.said = [];
    Object.defineProperty(window, "SpeechSynthesisUtterance", {value: function (text) {
        this.text = text;
    }});
    Object.defineProperty(window, "speechSynthesis", {value: {
        speaking: false, getVoices: () => [voice], addEventListener: () => undefined,
        speak: (speech) => window.said.push(speech.text), cancel: () => undefined,
    }});
"""
FACTS = """() => {
    const main = document.querySelector("main");
    main.innerHTML = "<section class='key-facts'><p>一</p><p>二</p></section>";
}"""


@pytest.fixture
def page(browser: Browser, house: House) -> Iterator[Page]:
    """A window of somebody's, in which the harmless page can be reached."""
    page = browsing.open_page(browser, house, lang="zh-hans", size="phone")
    page.route(f"{HARMLESS}**", lambda route: route.fulfill(body="sunny"))
    yield page
    page.context.close()


def test_the_quick_exit_leaves_at_once_and_going_back_shows_nothing(page: Page) -> None:
    page.goto("/")
    page.goto("/offline/")
    page.evaluate("localStorage.setItem('evenhand-kept', '{}')")
    page.get_by_role("link", name="快速离开").click()
    page.wait_for_url(HARMLESS)
    page.go_back()
    assert "/offline/" not in page.url
    assert page.evaluate("localStorage.getItem('evenhand-kept')") is None


def test_escape_twice_leaves_and_once_does_not(page: Page) -> None:
    page.goto("/register/")
    page.keyboard.press("Escape")
    page.locator("[name=phone]").fill("1")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_url(HARMLESS)


def test_without_script_the_exit_is_a_plain_link(browser: Browser, house: House) -> None:
    page = browsing.open_page(browser, house, lang="zh-hans", size="phone", script=False)
    page.goto("/")
    with page.expect_request(HARMLESS) as left:  # where a redirection leads cannot be made up
        page.get_by_role("link", name="快速离开").click()
    assert left.value.is_navigation_request() and left.value.frame == page.main_frame
    page.context.close()


def test_without_a_connection_a_phone_shows_how_to_reach_us(page: Page) -> None:
    page.goto("/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.goto("/offline/")
    kept = '{"as_of": "截至5月4日", "lines": ["下一笔 100.00", "5月10日"]}'
    page.evaluate("kept => localStorage.setItem('evenhand-kept', kept)", kept)
    page.context.set_offline(True)
    page.goto("/register/")
    page.get_by_text("下一笔 100.00").wait_for()
    page.get_by_text("截至5月4日").wait_for()
    assert page.locator('a[href^="tel:"]').count() == 1
    page.context.set_offline(False)
    page.get_by_role("button", name="从这部手机删除").click()
    assert page.evaluate("localStorage.getItem('evenhand-kept')") is None
    assert {urlsplit(address).path for address in page.evaluate(IN_CACHES)} == KEPT


def test_key_facts_are_read_aloud_where_the_device_has_a_voice(page: Page) -> None:
    page.add_init_script(VOICE)
    page.goto("/offline/")
    page.evaluate(FACTS)
    _run_again(page)
    page.get_by_role("button", name="朗读").click()
    assert page.evaluate("window.said") == ["一. 二"]


def test_a_device_without_a_voice_offers_no_reading(page: Page) -> None:
    page.goto("/offline/")
    page.evaluate(FACTS)
    _run_again(page)
    assert page.get_by_role("button", name="朗读").count() == 0


def _run_again(page: Page) -> None:
    """The page's script once more, over the parts put in."""
    page.evaluate(
        "() => new Promise(done => { const script = document.createElement('script');"
        " script.src = '/static/web/app.js'; script.onload = done; document.head.append(script); })"
    )


def test_pages_print_on_paper_in_large_type(page: Page) -> None:
    page.goto("/where-to-pay/")
    page.emulate_media(media="print")
    assert page.locator("button:visible, .exit:visible, nav:visible").count() == 0
    assert page.locator("h1:visible").count() == 1
    size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)")
    assert size >= 17, "13 points or more"
