"""Somebody comes to the counter: staff complain for them, and they read it on their own phone; a
sister tells of an illness, and hears no word on the loan."""

from evenhand.site.demo_lives import FIRST_NUMBER, LIVES
from journeys import browsing, lives
from journeys.browsing import Browser, House
from journeys.lives import Life
from journeys.walking import Walk

NAME = "赵敏"
WHO = lives.someone(FIRST_NUMBER + [life.name for life in LIVES].index(NAME), NAME)


def test_a_step_done_at_the_counter_is_read_on_the_own_phone(
    browser: Browser, house: House
) -> None:
    page = browsing.open_page(browser, house, lang="zh-hans", size="desk", name="chen")
    page.goto("/staff/serve/")
    assert browsing.amiss(page) == []
    for name, text in (("phone", WHO.phone), ("name", "赵明"), ("identity", WHO.identity)):
        page.locator(f"[name={name}]").fill(text)
    page.locator("main .main-act button").click()
    page.locator("#serve-error").wait_for()
    assert browsing.amiss(page) == []
    page.locator("[name=name]").fill(WHO.name)
    page.locator("main .main-act button").click()
    page.wait_for_url("**/my/")
    page.locator(".serving").wait_for()
    assert browsing.amiss(page) == []
    page.goto("/my/me/pin/")
    page.wait_for_url("**/staff/serve/elsewhere/")
    assert browsing.amiss(page) == []
    page.goto("/my/complaint/new/")
    page.locator("main [name=ground][value=contact]").check()
    page.locator("main [name=text]").fill("晚上十点还打电话来")
    page.locator("main .main-act button").click()
    page.wait_for_url("**/my/complaint/*/")
    page.locator(".serving button").click()
    page.wait_for_url("**/staff/serve/")
    page.context.close()
    house.work(1)
    own = browsing.open_page(browser, house, lang="zh-hans", size="phone")
    life = Life(browser, house, own, WHO, Walk(house, "zh-hans", ("zh-hant", "en")))
    lives.sign_in(life)
    life.open("/my/notices/")
    own.get_by_text("我们为您代办了业务").first.wait_for()
    life.open("/my/served/")
    own.locator("main section", has_text="投诉").first.wait_for()
    own.context.close()
    assert "\n".join(life.walk.amiss) == ""


def test_a_sister_tells_of_an_illness_and_it_holds(browser: Browser, house: House) -> None:
    page = browsing.open_page(browser, house, lang="zh-hans", size="desk", name="chen")
    page.goto("/book/")
    page.locator("form[action='/book/find/'] [name=value]").fill(WHO.phone)
    page.locator("form[action='/book/find/'] button").click()
    page.wait_for_url("**/borrowers/*/")
    page.locator("main a[href*='/staff/circumstances/of/']").click()
    assert browsing.amiss(page) == []
    page.locator("main .main-act button").click()
    page.locator("#word-error").wait_for()
    assert browsing.amiss(page) == []
    page.locator("[name=word][value=hospital]").check()
    page.locator("[name=told_by][value=relative]").check()
    page.locator("[name=note]").fill("妹妹来柜台说的")
    page.locator("main .main-act button").click()
    page.locator("main .card").wait_for()
    assert browsing.amiss(page) == []
    page.locator("main .card summary").click()
    assert browsing.amiss(page) == []
    page.goto("/staff/circumstances/")
    assert browsing.amiss(page) == []
    page.context.close()
