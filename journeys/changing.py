"""What changes the instalments of a loan, in the browser: a plan, another day, money paid ahead."""

import re

from journeys import browsing, lives
from journeys.browsing import Page
from journeys.lives import Life


def sign_in_to_the_loan(life: Life) -> int:
    """To the page of the loan; its number."""
    lives.sign_in(life)
    life.follow("/my/loan/", "/my/loan/*/")
    return int(life.page.url.split("/")[-2])


def agree_on_parts(life: Life, loan: int, parts: str) -> None:
    """From the form to a plan that holds, seen to the cent before it does."""
    life.page.locator("main [name=parts]").select_option(parts)
    life.go_on(f"/my/plan/{loan}/offer/**")
    life.go_on(f"/my/plan/{loan}/")


def amount_of(page: Page) -> str:
    """The sum that stands out on a page."""
    text = page.locator("main .key-facts .amount").first.inner_text()
    return re.sub(r"[^0-9.]", "", text)


def move_the_due_day(life: Life, loan: int) -> None:
    """Another day of the month: seen before anything holds, answered at once, then the loan's."""
    page, today = life.page, browsing.today(life.page)
    day = (today.day + 4) % 28 + 1
    life.open(f"/my/relief/{loan}/")
    life.follow(f"/my/relief/{loan}/later_due_day/")
    page.locator("main [name=due_day]").select_option(str(day))
    life.go_on(f"/my/relief/{loan}/later_due_day/*due_day={day}")
    now, after = page.locator("main table tbody tr").first.locator("td").all()[1:3]
    was, moved = (each.inner_text().split("·")[0].strip() for each in (now, after))
    life.go_on(f"/my/loan/{loan}/")
    assert was != moved and page.locator("main tbody tr", has_text=was).count() == 0
    assert page.locator("main tbody tr", has_text=moved).count() == 1
    page.locator("main h2 + ul.plain li", has_text=str(day)).wait_for()


def pay_ahead(life: Life, loan: int, amount: str) -> None:
    """More than is due, for smaller instalments: seen before, and then so on the loan's page."""
    page, before = life.page, agreed(life, loan)
    life.open(f"/my/pay/{loan}/")
    page.locator("main [name=choice][value=other]").check()
    life.fill(amount=amount)
    life.go_on(f"/my/pay/{loan}/")
    page.locator("#way-lower").check()
    shown = page.locator(".choice:has(#way-lower) + dl.pairs").inner_text()
    page.locator("main [name=by][value=debit]").click()
    life.arrive(f"/my/pay/{loan}/on-its-way/")
    life.house.work(2)
    after = agreed(life, loan)
    assert page.locator("main .doc-list dl.pairs").inner_text() == shown
    assert after[0] == before[0] and len(after) == len(before)
    assert all(less < more for less, more in zip(after[1:], before[1:], strict=True))


def agreed(life: Life, loan: int) -> list[int]:
    """What each instalment of a loan comes to, paid or not, in minor units."""
    life.open(f"/my/loan/{loan}/")
    rows = life.page.locator("main table").first.locator("tbody tr td:nth-child(3)")
    return [minor(text) for text in rows.all_inner_texts()]


def minor(text: str) -> int:
    """An amount of money as a page writes it, in minor units."""
    return int(re.sub(r"\D", "", text))


def relief_answered_with_an_offer(life: Life, loan: int) -> None:
    """Asked for, seen by staff as the borrower sees it, answered with an offer, accepted: what was
    seen is on every page then, to the cent."""
    page = life.page
    life.open(f"/my/relief/{loan}/later_due_day/?due_day=28")
    asked = after(page)
    life.go_on(f"/my/relief/{loan}/")
    assert after(page) == asked
    offered = answered(life, loan, asked)
    life.open("/my/")
    life.follow(f"/my/relief/{loan}/")
    assert after(page) == offered
    page.set_viewport_size(browsing.SIZES["desk"])
    life.go_on(f"/my/loan/{loan}/")
    owed = page.locator("main table").first.locator("tbody tr")
    rows = [[each.strip() for each in row.locator("td").all_inner_texts()] for row in owed.all()]
    assert [(day, minor(text)) for _n, day, _agreed, text in rows] == offered
    life.open(f"/my/sum/{loan}/instalment-{len(offered)}/")
    assert minor(page.locator("main .amount").inner_text()) == offered[-1][1]
    life.open(f"/my/statement/{loan}/")
    told = page.locator("main tbody tr", has_text="全部应还").locator("td").last.inner_text()
    assert minor(told) == sum(each for _day, each in offered)
    life.open("/my/")
    assert minor(amount_of(page)) in {sum(each for _day, each in offered[:n]) for n in (1, 2)}


def answered(life: Life, loan: int, asked: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """A supervisor declines what was asked for and offers more, smaller instalments."""
    page = browsing.open_page(life.browser, life.house, lang="zh-hans", size="desk", name="wu")
    page.goto("/staff/relief/")
    page.locator("tbody tr", has_text=life.who.name[0]).locator("a").first.click()
    assert after(page) == asked
    page.locator("#declined").select_option("other_help")
    page.locator("button[value=decline]").click()
    page.locator("#loan").fill(str(loan))
    page.locator("main form.filter button").click()
    page.locator("#word").select_option("longer_term")
    page.locator("main form.filter button").click()
    page.locator("#more").select_option("6")
    page.locator("main form.narrow .form-end button").click()
    offered = after(page)
    page.locator("main form[method=post] .form-end button").click()
    page.wait_for_url("**/staff/relief/")
    page.context.close()
    return offered


def after(page: Page) -> list[tuple[str, int]]:
    """What is paid when after a change, as its page shows it beside what is paid now."""
    page.locator("main table tbody tr").first.wait_for()
    cells = page.locator("main table tbody tr td:nth-child(3)").all_inner_texts()
    lines = [cell.split("·") for cell in cells if "·" in cell]
    return [(day.strip(), minor(amount)) for day, amount in lines]
