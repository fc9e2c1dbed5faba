"""Every page, in three languages, on a phone and on a desk: nothing amiss."""

import re

import pytest

from journeys import browsing
from journeys.browsing import Browser, House, Page

# axe takes a while: here it has a page once, on a desk; `rounds` gives it those of a phone.
AXE_AT = ("en", "desk")
# What a page says itself: codes, cited titles and what is marked as English are not its words.
CHINESE = """() => {
    const said = document.querySelector("main").cloneNode(true);
    said.querySelectorAll("code, cite, [lang=en]").forEach(each => each.remove());
    return said.textContent;
}"""


def addresses(page: Page) -> list[str]:
    """Every kind of page of the house, with real borrowers and days in it."""
    page.goto("/book/")
    borrowers = page.locator("td.first a")
    late = borrowers.first.get_attribute("href")
    page.goto("/book/?age=0")
    current = page.locator("td.first a").first.get_attribute("href")
    page.goto("/closes/")
    day = page.locator("td.first a").first.get_attribute("href")
    assert late and current and day
    return [
        *("/book/", "/book/?age=0&page=2", "/book/?age=-1", "/book/?state=complaint"),
        *(late, f"{late}?facts=all&verify=1", current),
        *("/closes/", day, "/law/", "/law/cn/", "/law/policy/"),
        *("/demo/phones/", "/no-such-page/"),
    ]


@pytest.mark.parametrize("lang", browsing.LANGUAGES)
def test_nothing_is_amiss_on_any_page(browser: Browser, house: House, lang: str) -> None:
    page = browsing.open_page(browser, house, lang=lang, size="phone", name="chen")
    heard = browsing.listen(page)
    found = {}
    for address in addresses(page):
        page.goto(address)
        wrong = []
        for size, viewport in browsing.SIZES.items():
            page.set_viewport_size(viewport)
            look = browsing.amiss if (lang, size) == AXE_AT else browsing.too_wide
            wrong += [f"{size}: {each}" for each in look(page)]
        if page.locator("html").get_attribute("lang") != lang:
            wrong.append("in another language")
        if wrong:
            found[address] = wrong
    page.context.close()
    assert not found
    assert [each for each in heard if "404" not in each] == []


@pytest.mark.parametrize("size", browsing.SIZES)
@pytest.mark.parametrize("lang", browsing.LANGUAGES)
def test_nothing_is_amiss_at_the_door(browser: Browser, house: House, lang: str, size: str) -> None:
    page = browsing.open_page(browser, house, lang=lang, size=size)
    page.goto("/sign-in/")
    assert browsing.amiss(page) == []
    page.locator("#username").fill("nobody")
    page.locator("#password").fill("guess")
    page.locator("main button[type=submit]").click()
    page.locator("#error").wait_for()
    assert browsing.amiss(page) == []
    page.context.close()


def test_no_page_says_english_words_in_chinese(browser: Browser, house: House) -> None:
    """Latin words on Chinese pages are names, codes and currencies only."""
    page = browsing.open_page(browser, house, lang="zh-hant", size="desk", name="chen")
    for address in addresses(page):
        page.goto(address)
        if address != "/demo/phones/":  # a message is in its borrower's language
            text = re.sub(r"https?://\S+|github:\S+", "", page.evaluate(CHINESE))
            assert not re.findall(r"\b[a-z]{4,}\b(?![._])", text), address
    page.context.close()
