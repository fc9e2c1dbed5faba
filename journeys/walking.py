"""Looking at every page a person comes by: in each language, narrow and wide, with large text.

Each kind of page (its address with numbers left out) is looked at once, in a window beside the
person's own, so that what they typed stays. Findings are collected, and asked for at the end.
"""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from journeys import browsing
from journeys.browsing import House, Page, ViewportSize

WIDTHS: tuple[ViewportSize, ...] = (
    {"width": 1280, "height": 800},
    {"width": 360, "height": 740},
    {"width": 320, "height": 640},
)
LARGE_TEXT = "document.documentElement.style.fontSize = '225%'"  # twice the 112.5 % of the style
PAGE_MAX = 30_000
# What a glance at a tab or a task list must not read.
READS_AS_DEBT = re.compile(
    r"\b(debt|owe|owed|loan|past due|repay|arrears|instalment)\w*"
    r"|逾期|欠|债|債|催|罚息|罰息|还款|還款|贷款|貸款|借款",
    re.IGNORECASE,
)


@dataclass
class Walk:
    """The pages looked at so far, in `langs` besides the person's own, and what was amiss.

    Where there is little time only the last of them, the widest, is looked at beside the own.
    """

    house: House
    lang: str
    langs: tuple[str, ...] = ()
    seen: set[str] = field(default_factory=set)
    amiss: list[str] = field(default_factory=list)
    visited: list[str] = field(default_factory=list)

    def look(self, page: Page) -> None:
        """Look at the page the person is on, unless one of its kind was looked at before."""
        self.visited.append(page.url)
        kind = re.sub(r"\d+", "N", urlsplit(page.url).path)
        if kind in self.seen or not self.langs:
            return
        self.seen.add(kind)
        self.amiss += [f"{kind} {each}" for each in _own(page)]
        beside = page.context.new_page()
        for lang in self.langs if browsing.LONG else self.langs[-1:]:
            browsing.speak(beside, self.house, lang)
            answer = beside.goto(page.url)
            assert answer is not None
            size = len(answer.body())
            found = _shapes(beside, lang) + ([f"weighs {size} bytes"] if size > PAGE_MAX else [])
            self.amiss += [f"{kind} ({lang}) {each}" for each in found]
        beside.close()
        browsing.speak(page, self.house, self.lang)


def _own(page: Page) -> list[str]:
    """As the person has it before them, with what they typed."""
    found = browsing.amiss(page)
    if READS_AS_DEBT.search(page.title()):
        found.append(f"a title to read over a shoulder: {page.title()}")
    if not page.locator("[data-leave]").count():
        found.append("no quick exit")
    return found


def _shapes(page: Page, lang: str) -> list[str]:
    """In another language: three widths, axe at the narrowest, and text twice as large there.

    axe takes a while and sees the same page in any language: it had it in the person's own, and has
    it in English where there is time (`make soak-pages`).
    """
    found = [] if page.locator("html").get_attribute("lang") == lang else ["in another language"]
    if READS_AS_DEBT.search(page.title()):
        found.append(f"a title to read over a shoulder: {page.title()}")
    for size in WIDTHS:
        page.set_viewport_size(size)
        found += [f"at {size['width']}: {each}" for each in browsing.too_wide(page)]
    if lang == "en" and browsing.LONG:
        found += browsing.amiss(page)
    page.evaluate(LARGE_TEXT)
    return found + [f"with large text: {each}" for each in browsing.too_wide(page)]
