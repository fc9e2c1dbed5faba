"""A borrower's whole loan in the browser, from registration to the first repayment."""

from urllib.parse import urlsplit

from journeys import browsing, changing, lives, privacy, routes
from journeys.browsing import Browser, House
from journeys.lives import Someone
from journeys.privacy import Known
from journeys.walking import Walk

WANG = lives.someone(901, "王思远")
WU = lives.someone(902, "吴安然")


def test_from_registration_to_the_first_repayment(browser: Browser, house: House) -> None:
    """In zh-Hans on a phone; every page on the way is looked at in the other languages too."""
    walk = Walk(house, "zh-hans", ("zh-hant", "en"))
    page = browsing.open_page(browser, house, lang="zh-hans", size="phone")
    heard = browsing.listen(page)
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    life = lives.Life(browser, house, page, WANG, walk)
    lives.register(life)
    loan = lives.apply_for(life, "6000", "12")
    life.open(f"/apply/{loan}/withdraw/")
    life.open(f"/join/invite/{loan}/")
    life.open(f"/decision/{loan}/")
    lives.sign(life, loan)
    lives.receive(life, loan)
    lives.wait_until_due(life)
    facts = page.locator(".key-facts").first.bounding_box()
    assert facts and facts["height"] < browsing.SIZES["phone"]["height"]
    lives.pay(life, loan)
    lives.come_back(life)
    lives.look_around(life, loan)
    changing.move_the_due_day(life, loan)
    lives.pay_by_keyboard(life, loan, "20.00")
    page.context.close()
    assert "\n".join(walk.amiss) == ""
    assert heard == []
    assert routes.pages() - {routes.name_of(urlsplit(url).path) for url in walk.visited} == set()
    assert privacy.findings(house.database, house.log.read_text(), asked, [known(WANG)]) == []


def test_the_same_without_script(browser: Browser, house: House) -> None:
    """On a desk in zh-Hant: nothing needs a script, and too quick a yes is told so."""
    page = browsing.open_page(browser, house, lang="zh-hant", size="desk", script=False)
    life = lives.Life(browser, house, page, WU, Walk(house, "zh-hant"))
    lives.register(life)
    loan = lives.apply_for(life, "5000", "6")
    lives.read_the_table(life, loan)
    lives.sign(life, loan)
    lives.receive(life, loan)
    lives.pay(life, loan)
    page.context.close()


def known(who: Someone) -> Known:
    """What the house knows of a person and may keep in the vault alone."""
    return Known(who.name, (who.phone, who.identity, who.account))
