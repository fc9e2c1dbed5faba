"""Makes the pictures of the README again: `python -m journeys.pictures`."""

from pathlib import Path
from typing import NamedTuple

from dev import postgres, testbases
from journeys import browsing
from journeys.browsing import Browser, House, Page

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
DAYS = 120


class Picture(NamedTuple):
    """A page as one sees it; `first` follows the first link of a list."""

    name: str
    lang: str
    size: str
    address: str
    first: bool = False


PICTURES = (
    Picture("book", "en", "desk", "/book/"),
    Picture("file", "en", "desk", "/book/?age=1", first=True),
    Picture("end-of-day", "zh-hans", "desk", "/closes/"),
    Picture("law", "zh-hant", "desk", "/law/cn/"),
    Picture("book-phone", "zh-hant", "phone", "/book/"),
    Picture("file-phone", "zh-hans", "phone", "/book/?age=1", first=True),
)


def make(browser: Browser, house: House) -> None:
    """Every picture, into docs/images."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    for picture in PICTURES:
        page = browsing.open_page(browser, house, lang=picture.lang, size=picture.size, name="chen")
        page.goto(picture.address)
        if picture.first:
            _follow_first(page)
        page.screenshot(path=IMAGES / f"{picture.name}.png")
        page.context.close()


def _follow_first(page: Page) -> None:
    page.locator("td.first a").first.click()
    page.wait_for_url("**/borrowers/*/")


def main() -> None:
    """A house of its own database for as long as it takes."""
    with postgres.using(postgres.server(fast=True)) as server:
        bases = testbases.Bases(server, worker="pictures")
        bases.template()
        bases.clone(bases.own)
        try:
            with (
                browsing.served(bases.url(bases.own), DAYS) as house,
                browsing.chromium() as browser,
            ):
                make(browser, house)
        finally:
            bases.drop(bases.own)


if __name__ == "__main__":
    main()
