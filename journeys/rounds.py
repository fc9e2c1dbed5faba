"""A round through the pages of staff: from the navigation on, each kind of page once, as its role.

A kind is the name of an address, whatever its numbers. Each is looked at on a phone with axe, and
for its width on a desk and in English, the widest (`make soak-pages`: in every language);
`pages_test` gives pages to axe on a desk.
"""

import os
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from journeys import browsing, routes
from journeys.browsing import Browser, House, Page

OURS = ("/staff/", "/book/", "/borrowers/", "/closes/", "/law/")
"""Where pages of staff are."""
LANG = "zh-hans"
LINKS = "links => links.map(each => each.getAttribute('href'))"
PICTURES = os.environ.get("EVENHAND_PICTURES", "")


@dataclass
class Rounds:
    """What was seen so far by whomever, and what was amiss."""

    browser: Browser
    house: House
    seen: set[str] = field(default_factory=set)
    amiss: list[str] = field(default_factory=list)

    def go(self, name: str) -> None:
        """The round of one of staff: whatever they are led to that nobody saw before."""
        page = browsing.open_page(self.browser, self.house, lang=LANG, size="desk", name=name)
        page.goto("/staff/")
        ahead = _links(page)
        while ahead:
            address = ahead.pop(0)
            kind = routes.name_of(address)
            if kind in self.seen:
                continue
            self.seen.add(kind)
            answer = page.goto(address)
            assert answer is not None
            wrong = _look(page, self.house) if answer.ok else [f"answers {answer.status}"]
            self.amiss += [f"{kind} ({name}) {each}" for each in wrong]
            ahead += _links(page)
        page.context.close()


def _links(page: Page) -> list[str]:
    """The pages of staff that a page leads to, without what is asked of them."""
    found = page.eval_on_selector_all("nav a[href], main a[href]", LINKS)
    return [urlsplit(href).path for href in found if href.startswith(OURS)]


def _look(page: Page, house: House) -> list[str]:
    found = []
    for size, viewport in browsing.SIZES.items():
        page.set_viewport_size(viewport)
        look = browsing.amiss if size == "phone" else browsing.too_wide
        found += [f"{size}: {each}" for each in look(page)]
        _keep(page, size)
    page.set_viewport_size(browsing.SIZES["phone"])
    for lang in browsing.LANGUAGES if browsing.LONG else ("en",):
        browsing.speak(page, house, lang)
        page.reload()
        found += [f"{lang}: {each}" for each in browsing.too_wide(page)]
        if page.locator("html").get_attribute("lang") != lang:
            found.append(f"not in {lang}")
    browsing.speak(page, house, LANG)
    page.set_viewport_size(browsing.SIZES["desk"])
    return found


def _keep(page: Page, size: str) -> None:
    """A picture, where somebody wants to look too."""
    if PICTURES:
        name = routes.name_of(urlsplit(page.url).path)
        page.screenshot(path=f"{PICTURES}/{name}-{size}.png", full_page=True)
