"""Who falls behind, from the first reminder on; whoever gets messages for somebody else; and the
collector's morning. In a house of their own, whose days go by from one journey to the next."""

import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.utils import translation

from evenhand.site import demo_staff
from evenhand.site.demo_people import FIRST_DAY
from evenhand.web.words import word
from journeys import browsing, changing, late, lives, routes
from journeys.browsing import Browser, House, Page
from journeys.lives import Life
from journeys.rounds import Rounds
from journeys.walking import Walk

CODE = re.compile(r"(?:编号|編號)([0-9a-f]{12})")
ATTENTION = "需要留意"
"""What a reminder's message says, in both Chinese scripts."""
WORDS = "我已经约好了还款的日子，还是一再催我。"
ANSWER = "我们核对过了：您约好的日子算数，我们向您道歉。"
NOTE = "下周发工资后还"
DETAILS = {
    *("call", "claim", "complaint-file", "file", "fraud-one"),
    *("plan-file", "staff-member", "suspense-money"),
}
"""Pages of staff about one thing; the journeys before have brought one of each."""
PROMISED_FOR = FIRST_DAY + timedelta(days=late.DAYS + 6)


@pytest.fixture(scope="module")
def walk(late_house: House) -> Walk:
    """Each kind of page is looked at once, whoever comes by it."""
    return Walk(late_house, "zh-hans", ("zh-hant", "en"))


def living(browser: Browser, house: House, name: str, walk: Walk, *, script: bool = True) -> Life:
    """Somebody of the late ones with a phone, from the day on which they are behind."""
    page = browsing.open_page(browser, house, lang=walk.lang, size="phone", script=script)
    page.goto("/demo/phones/")
    if browsing.today(page) == FIRST_DAY + timedelta(days=late.DAYS):
        house.live(1)
    return Life(browser, house, page, late.of(name), walk)


def seen(page: Page) -> None:
    """Nothing is amiss on a page of staff."""
    assert browsing.amiss(page) == [], page.url


def test_a_collectors_morning(browser: Browser, late_house: House) -> None:
    """By name, password and code to the list; a call the law allows, and one it does not."""
    page = browsing.open_page(browser, late_house, lang="zh-hans", size="desk")
    browsing.sign_in(page, "lin")
    page.locator('nav a[href="/staff/day/"]').first.click()
    allowed, refused = (page.locator("tbody tr", has_text=name) for name in ("白*", "石*"))
    allowed.locator(".badge:not(.stop)").first.wait_for()
    refused.locator(".badge.stop").get_by_text("现在不可").wait_for()
    seen(page)
    refused.locator('a[href^="/staff/calls/"]').click()
    page.locator("main dl.pairs").wait_for()
    assert page.locator("form[action$='/begin/']").count() == 0
    seen(page)
    page.go_back()
    allowed.locator('a[href^="/staff/calls/"]').click()
    here = page.url
    page.locator("form[action$='/begin/'] button").click()
    page.locator(".revealed", has_text=late.of("白露").phone[-4:]).wait_for()
    seen(page)
    page.locator("[name=outcome][value=conversation]").check()
    page.locator("#note").fill(NOTE)
    page.locator("#amount").fill("300.00")
    page.locator("#by").fill(PROMISED_FOR.isoformat())
    page.locator("main form .main-act button").click()
    page.wait_for_url("**/staff/day/")
    assert allowed.count() == 0, "what was promised is waited for"
    page.goto(here)
    page.get_by_text("300.00").wait_for()
    page.get_by_text(NOTE).wait_for()
    seen(page)
    page.context.close()


def test_reminded_checked_and_a_plan_kept(browser: Browser, late_house: House, walk: Walk) -> None:
    life = living(browser, late_house, "何雨晴", walk)
    reminders = [text for text in life.received() if ATTENTION in text]
    genuine(life, CODE.findall(reminders[0])[0])
    lives.sign_in(life)
    life.follow("/my/plan/", "/my/plan/*/")
    loan = int(re.findall(r"/my/plan/(\d+)/", life.page.url)[0])
    changing.agree_on_parts(life, loan, "2")
    lives.pay_amount(life, loan, changing.amount_of(life.page))
    life.open(f"/my/plan/{loan}/")
    first, second = (row.inner_text() for row in life.page.locator("tbody tr").all())
    assert "已还款" in first and "待付" in second
    life.open(f"/my/pay/{loan}/")
    life.page.locator("[name=choice][value=past_due]").check()
    life.go_on(f"/my/pay/{loan}/on-its-way/")
    late_house.work(2)
    late_house.live(1)
    life.open("/my/notices/")
    life.page.get_by_text("个性化分期已履行完毕").first.wait_for()
    life.page.context.close()


def genuine(life: Life, code: str) -> None:
    """Anybody who holds the message sees on the open page that it is ours, and where it went."""
    life.open("/real/")
    life.fill(code=f"{code[:4]} {code[4:8]} {code[8:]}")
    life.page.locator("main .main-act button").click()
    life.page.get_by_text("是我们的。", exact=True).wait_for()
    assert life.who.phone[-2:] in life.page.locator(".note dl.pairs").inner_text()
    life.walk.look(life.page)


def test_paid_ahead_for_smaller_instalments(
    browser: Browser, late_house: House, walk: Walk
) -> None:
    life = living(browser, late_house, "沈星", walk)
    changing.pay_ahead(life, changing.sign_in_to_the_loan(life), "1000.00")
    life.page.context.close()


def test_relief_asked_for_offered_and_accepted(
    browser: Browser, late_house: House, walk: Walk
) -> None:
    life = living(browser, late_house, "白露", walk)
    changing.relief_answered_with_an_offer(life, changing.sign_in_to_the_loan(life))
    life.page.context.close()


def test_a_complaint_silence_and_an_answer(browser: Browser, late_house: House, walk: Walk) -> None:
    life = living(browser, late_house, "罗大川", walk)
    lives.sign_in(life)
    life.follow("/my/complaint/")
    life.page.locator("main [name=ground][value=contact]").check()
    life.fill(text=WORDS)
    life.go_on("/my/complaint/*/")
    late_house.work(1)
    before = collected(life)
    late_house.live(3)
    late_house.work(1)
    assert collected(life) == before > 0
    assert any(ATTENTION in text for text in of_somebody_else(life, "丁山")), "others are reminded"
    staff_answers(browser, late_house, life)
    late_house.work(1)
    life.open("/my/notices/")
    life.page.get_by_text("投诉").first.wait_for()
    life.open("/my/complaint/")
    life.page.locator('main a[href^="/my/complaint/"]:not([href*="new"])').first.click()
    life.page.get_by_text(ANSWER).wait_for()
    life.page.locator("form[action$='/appeal/'] button").wait_for()
    life.walk.look(life.page)
    life.page.context.close()


def collected(life: Life) -> int:
    """How many reminders the borrower's own list of contacts has, made or tried."""
    life.open("/my/contacts/")
    with translation.override("zh-hans"):
        reminder = word("purpose", "collect")
    return life.page.locator(".timeline > li", has_text=f"· {reminder}").count()


def of_somebody_else(life: Life, name: str) -> list[str]:
    return life._replace(who=late.of(name)).received()


def staff_answers(browser: Browser, house: House, life: Life) -> None:
    """A supervisor takes the complaint on, and answers it with reasons."""
    page = browsing.open_page(browser, house, lang="zh-hans", size="desk", name="wu")
    page.goto("/staff/complaints/")
    seen(page)
    page.locator("tbody tr", has_text="罗**").locator("a").first.click()
    page.get_by_text(WORDS).wait_for()
    page.locator("form[action$='/take/'] button").click()
    page.locator("[name=outcome]").first.check()
    seen(page)
    form = page.locator("form[action$='/answer/']")
    form.locator("textarea").fill(ANSWER)
    form.locator("button").click()
    page.get_by_text(ANSWER).wait_for()
    page.context.close()


def test_who_is_not_meant_hears_no_more(browser: Browser, late_house: House, walk: Walk) -> None:
    life = living(browser, late_house, "马小满", walk)
    stranger = browsing.open_page(browser, late_house, lang="zh-hans", size="phone", script=False)
    stranger.goto("/not-me/")
    stranger.locator("#code").fill(CODE.findall(life.received()[0])[0])
    stranger.locator("main .main-act button").click()
    stranger.wait_for_url("**/not-me/done/")
    late_house.work(1)
    before = life.received()
    late_house.live(3)
    assert life.received()[:1] == before[:1], "nothing more goes to that number"
    assert [text for text in of_somebody_else(life, "丁山") if ATTENTION in text]
    stranger.context.close()
    lives.sign_in(life)
    life.open("/my/notices/")
    life.open("/my/me/")
    life.follow("/my/number/")
    life.follow("/my/number/confirm/")
    life.page.locator("main .main-act button").click()
    life.arrive("/my/me/")
    assert life.page.locator('main a[href="/my/number/"]').count() == 0
    life.page.context.close()


def test_the_evidence_proves_itself_offline(
    browser: Browser, late_house: House, walk: Walk, tmp_path: Path
) -> None:
    life = living(browser, late_house, "石磊", walk)
    lives.sign_in(life)
    life.open("/my/evidence/")
    with life.page.expect_download() as kept:
        life.page.locator("main .form-end a").click()
    file = tmp_path / "evidence.html"
    kept.value.save_as(file)
    life.page.context.close()
    changed = tmp_path / "changed.html"
    text = file.read_text("utf-8")
    assert '"loan.signed"' in text
    changed.write_text(text.replace('"loan.signed"', '"loan.signet"'), "utf-8")
    assert proves(browser, file) == ("holds", [])
    assert proves(browser, changed)[0] == "fails"


def proves(browser: Browser, file: Path) -> tuple[str, list[str]]:
    """What the file says of itself, opened without a network; and what is amiss on it."""
    context = browser.new_context(offline=True, viewport=browsing.SIZES["phone"])
    page = context.new_page()
    page.goto(file.as_uri())
    page.locator("#holds:visible, #fails:visible").wait_for()
    said = "holds" if page.locator("#holds").is_visible() else "fails"
    amiss = browsing.amiss(page)
    context.close()
    return said, amiss


def test_without_script_a_plan_and_a_complaint(browser: Browser, late_house: House) -> None:
    life = living(browser, late_house, "丁山", Walk(late_house, "zh-hant"), script=False)
    lives.sign_in(life)
    life.follow("/my/plan/", "/my/plan/*/")
    loan = int(re.findall(r"/my/plan/(\d+)/", life.page.url)[0])
    changing.agree_on_parts(life, loan, "10")
    assert life.page.locator("tbody tr").count() == 10, "a person of ours answers"
    life.open("/my/complaint/")
    life.page.locator("main .main-act button").click()
    life.page.locator("#ground-error").wait_for()
    life.page.locator("main [name=ground][value=other]").check()
    life.go_on("/my/complaint/*/")
    life.open("/report-fraud/")
    life.page.locator("main [name=what]").first.check()
    life.page.locator("main .main-act button").click()
    life.arrive("/report-fraud/done/")
    life.page.context.close()


def test_every_page_of_staff(browser: Browser, late_house: House) -> None:
    """Each role goes round its pages, with what the journeys before have brought there."""
    money_without_a_loan(browser, late_house)
    rounds = Rounds(browser, late_house)
    callers_first = sorted(demo_staff.ROLL, key=lambda line: line[1] != "collector")
    for name, _role in callers_first:
        rounds.go(name)
    assert "\n".join(rounds.amiss) == ""
    assert rounds.seen >= DETAILS


def money_without_a_loan(browser: Browser, house: House) -> None:
    """A payment comes in with a reference that is nobody's."""
    page = browsing.open_page(browser, house, lang="zh-hans", size="desk", name="zhao")
    page.goto("/demo/bank/")
    page.locator("#loan").fill("1")
    with page.expect_navigation():
        page.locator("button[value=wrong]").click()
    page.context.close()


def test_the_walk_came_by_every_page(browser: Browser, late_house: House, walk: Walk) -> None:
    """What no journey came by is opened now; then nothing was amiss on any page."""
    life = living(browser, late_house, "何雨晴", walk)
    lives.sign_in(life)
    life.follow("/my/loan/", "/my/loan/*/")
    loan = int(life.page.url.split("/")[-2])
    for name in sorted(routes.pages(routes.LATE_ROOMS) - came_by(walk)):
        life.open(routes.address_of(name, loan))
    life.page.context.close()
    assert "\n".join(walk.amiss) == ""
    assert routes.pages(routes.LATE_ROOMS) - came_by(walk) == set()


def came_by(walk: Walk) -> set[str]:
    return {routes.name_of(urlsplit(url).path) for url in walk.visited}
