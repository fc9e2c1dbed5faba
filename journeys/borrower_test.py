"""A borrower's whole loan in the browser, from registration to the first repayment."""

from journeys import browsing, lives
from journeys.browsing import Browser, House
from journeys.walking import Walk

WANG = lives.someone(901, "王思远")


def test_from_registration_to_the_first_repayment(browser: Browser, house: House) -> None:
    walk = Walk(house, "zh-hans", ("zh-hant", "en"))
    page = browsing.open_page(browser, house, lang="zh-hans", size="phone")
    heard = browsing.listen(page)
    life = lives.Life(browser, house, page, WANG, walk)
    lives.register(life)
    loan = lives.apply_for(life, "6000", "12")
    lives.sign(life, loan)
    lives.receive(life, loan)
    lives.wait_until_due(life)
    lives.pay(life, loan)
    page.context.close()
    assert "\n".join(walk.amiss) == ""
    assert heard == []
