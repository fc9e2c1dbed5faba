"""Opening the house in a browser: the served house, the sizes, signing in, and what is amiss."""

import html
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Final
from urllib.request import Request, urlopen

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from dev.testbases import ENVIRONMENT

BROWSERS: Final = (Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium"))
"""Debian's. The shell is Chromium without windows: a page costs it half the work."""
CHROMIUM = next(filter(Path.exists, BROWSERS), BROWSERS[-1])
LONG = bool(os.environ.get("EVENHAND_LONG"))
"""Has axe each page in a second language too, and are those of staff opened in all (soak-pages)?"""
DAYS = 60
SIZES: dict[str, ViewportSize] = {
    "phone": {"width": 360, "height": 740},
    "desk": {"width": 1280, "height": 800},
}
LANGUAGES = ("zh-hant", "zh-hans", "en")
AXE = """() => axe.run({ resultTypes: ["violations"] }).then(({ violations }) =>
    violations.map(each => `${each.id}: ${each.nodes[0].html.slice(0, 160)}`))"""
MESSAGE = re.compile(r'<li class="about-contact">(.*?)</li>', re.DOTALL)
TAG = re.compile(r"<[^>]*>")
TOO_WIDE = """() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    return Array.from(document.querySelectorAll("body *"))
        .filter(each => each.getBoundingClientRect().right > clientWidth + 1)
        .map(each => each.outerHTML.slice(0, 90)).concat("the page").reverse();
}"""

__all__ = ["Browser", "House", "Page"]


@dataclass(frozen=True, slots=True)
class House:
    """A served house: its address, database and log, its process, and the sessions signed in, by
    name."""

    address: str
    database: str
    log: Path
    process: subprocess.Popen[str]
    sessions: dict[str, Any] = field(default_factory=dict)

    def work(self, minutes: int = 0) -> None:
        """Work the jobs that wait, and what the minutes after that ask for, without waiting."""
        self._passes("minutes", minutes)

    def live(self, days: int) -> None:
        """Live through some days, as by the demo's bar."""
        self._passes("days", days)

    def _passes(self, unit: str, count: int) -> None:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(f"{unit} {count}\n")
        self.process.stdin.flush()
        said = self.process.stdout.readline().strip()
        assert said == "passed", f"{count} {unit} did not pass; the log says why"


@contextmanager
def served(database: str, days: int = DAYS, lives: str = "demo") -> Iterator[House]:
    """The small book made in `database` and served; ready when it is yielded.

    What it logs is kept as long as it is served, and shown at the end.
    """
    with (
        NamedTemporaryFile(suffix=".log") as log,
        subprocess.Popen(
            [sys.executable, "-m", "journeys.house", str(days), lives],
            env={**os.environ, **ENVIRONMENT, "DATABASE_URL": database},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        ) as process,
    ):
        assert process.stdout is not None and process.stdin is not None
        port = process.stdout.readline().strip()
        try:
            assert port, "the house did not come up"
            yield House(f"http://127.0.0.1:{port}", database, Path(log.name), process)
            process.stdin.close()
        finally:
            sys.stderr.write(Path(log.name).read_text())


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


def open_page(
    browser: Browser, house: House, *, lang: str, size: str, name: str = "", script: bool = True
) -> Page:
    """A fresh browser window, signed in as `name` where one is given; what goes wrong is kept."""
    if name and name not in house.sessions:
        house.sessions[name] = _session(browser, house, name)
    context = browser.new_context(
        viewport=SIZES[size],
        java_script_enabled=script,
        storage_state=house.sessions.get(name),
        base_url=house.address,
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    speak(page, house, lang)
    return page


def speak(page: Page, house: House, lang: str) -> None:
    """The pages that come speak this language."""
    cookie = {"name": "django_language", "value": lang, "url": house.address}
    page.context.add_cookies([cookie])


def today(page: Page) -> date:
    """The day of the house, as the demo's bar of a page says it."""
    said = page.locator(".demo time").first.get_attribute("datetime")
    return date.fromisoformat(str(said)[:10])


def phones(house: House) -> list[str]:
    """What the demo's phones show, the newest first: when, the number masked, the words.

    Asked for without a browser: a window of its own is not opened to read a code.
    """
    asked = Request(f"{house.address}/demo/phones/", headers={"Accept-Language": "en"})
    with urlopen(asked) as answer:
        shown = answer.read().decode()
    return [html.unescape(TAG.sub("", each)) for each in MESSAGE.findall(shown)]


def listen(page: Page) -> list[str]:
    """What the browser complains of from now on: script errors, broken policy, failed requests."""
    heard: list[str] = []
    page.on("console", lambda said: heard.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


def amiss(page: Page) -> list[str]:
    """What axe finds, and whether the page is wider than the screen."""
    page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(AXE)
    return found + too_wide(page)


def too_wide(page: Page) -> list[str]:
    """Whether one must scroll sideways, and because of what."""
    return [f"wider than the screen: {each}" for each in page.evaluate(TOO_WIDE)[:3]]


def sign_in(page: Page, name: str) -> None:
    """By the forms, as a person does, with the password and the code the demo shows there."""
    page.goto("/sign-in/")
    page.locator("#username").fill(name)
    page.locator("#password").fill(page.locator("#demo-password").inner_text())
    page.locator("main button[type=submit]").click()
    page.locator("#code").fill(page.locator("#demo-code").inner_text())
    page.locator("main button[type=submit]").click()
    page.locator("form[action='/sign-out/']").first.wait_for()


def _session(browser: Browser, house: House, name: str) -> Any:
    context = browser.new_context(base_url=house.address)
    sign_in(context.new_page(), name)
    state = context.storage_state()
    context.close()
    return state
