"""Pages that few come by: a new colleague's, those of who answers for a loan, mistakes."""

import base64

import pytest

from evenhand.people import totp
from evenhand.site import demo_lives
from journeys import browsing, lives
from journeys.browsing import Browser, House, Page
from journeys.lives import Life
from journeys.walking import Walk

PASSWORD = "a long enough sentence"
OPEN_FORMS = (
    *("/in/", "/register/", "/join/", "/ours/", "/real/", "/real/number/", "/not-me/"),
    *("/report-fraud/", "/complain/", "/sign-in/invited/"),
)
OWN_FORMS = (
    *("/my/complaint/new/", "/my/me/pin/", "/my/me/number/", "/my/me/account/"),
    *("/my/me/addresses/", "/sure/"),
)


@pytest.fixture(scope="module")
def walk(house: House) -> Walk:
    return Walk(house, "zh-hans", ("zh-hant", "en"))


def demo_life(browser: Browser, house: House, name: str, walk: Walk) -> Life:
    """Somebody of the demo's lives, on a phone; each once: codes come a minute apart."""
    place = next(n for n, life in enumerate(demo_lives.LIVES) if life.name == name)
    page = browsing.open_page(browser, house, lang="zh-hans", size="phone")
    who = lives.someone(demo_lives.FIRST_NUMBER + place, name)
    life = Life(browser, house, page, who, walk)
    lives.sign_in(life)
    return life


def test_a_new_colleague(browser: Browser, house: House) -> None:
    """Invited by one, approved by another; password, second factor, recovery codes."""
    page = browsing.open_page(browser, house, lang="zh-hans", size="desk", name="he")
    page.goto("/staff/people/")
    for field, typed in (("name", "mei"), ("number", "D101"), ("team", "north")):
        page.locator(f"#{field}").fill(typed)
    page.locator("#role").select_option("collector")
    page.locator("form[action$='/invite/'] button").click()
    code = page.locator("#invitation").inner_text()
    fits(page)
    page.context.close()
    other = browsing.open_page(browser, house, lang="zh-hans", size="desk", name="chen")
    other.goto("/staff/people/")
    fits(other)
    other.locator("button[value=approve]").first.click()
    other.locator("button[value=approve]").wait_for(state="detached")
    other.context.close()
    page = browsing.open_page(browser, house, lang="zh-hans", size="phone")
    first_sign_in(page, code)
    page.context.close()


def first_sign_in(page: Page, code: str) -> None:
    page.goto("/sign-in/invited/")
    fits(page)
    for field, typed in (("username", "mei"), ("code", code), ("password", PASSWORD)):
        page.locator(f"#{field}").fill(typed)
    page.locator("main .form-end button").click()
    page.wait_for_url("**/sign-in/")
    page.locator("#username").fill("mei")
    page.locator("#password").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/sign-in/factor/")
    fits(page)
    secret = base64.b32decode(page.locator("#secret").inner_text().replace(" ", ""))
    now = page.evaluate("Date.now()") // 1000
    page.locator("#code").fill(totp.code(secret, now // totp.SECONDS))
    page.locator("main .form-end button").click()
    page.locator("#recovery li").first.wait_for()
    fits(page)
    page.locator("main .main-act a").click()
    page.wait_for_url("**/book/")


def test_invited_to_answer_for_a_loan(browser: Browser, house: House, walk: Walk) -> None:
    """One who applies hands a code over; the other reads what it means, and says yes."""
    asks = demo_life(browser, house, "许文", walk)
    loan = lives.apply_for(asks, "3000", "6")
    asks.open(f"/join/invite/{loan}/")
    asks.page.locator("[name=role][value=guarantor]").check()
    asks.page.locator("main .main-act button").click()
    code = asks.page.locator(".revealed").first.inner_text()
    asks.page.context.close()
    joins = demo_life(browser, house, "陳怡君", walk)
    joins.open("/join/")
    joins.fill(code=code)
    joins.go_on("/join/read/")
    joins.follow("/join/confirm/")
    joins.page.locator("main .main-act button").first.click()
    joins.page.locator("#agree-error").wait_for()
    joins.walk.look(joins.page)
    joins.page.locator("[name=agree]").check()
    joins.go_on("/my/answers-for/")
    joins.page.context.close()
    assert "\n".join(walk.amiss) == ""


@pytest.mark.parametrize("address", OPEN_FORMS)
def test_a_form_sent_empty_is_whole(browser: Browser, house: House, address: str) -> None:
    page = browsing.open_page(browser, house, lang="zh-hans", size="phone")
    sent_empty(page, address)
    page.context.close()


def test_own_forms_sent_empty_are_whole(browser: Browser, house: House) -> None:
    life = demo_life(browser, house, "Ada Birch", Walk(house, "zh-hans"))
    for address in OWN_FORMS:
        sent_empty(life.page, address)
    life.page.context.close()


def sent_empty(page: Page, address: str) -> None:
    """The page comes again and says what is missing, beside the field."""
    page.goto(address)
    page.locator("main form button[type=submit]").last.click()
    page.locator("main .error").first.wait_for()
    fits(page)


def fits(page: Page) -> None:
    assert browsing.amiss(page) == [], page.url
