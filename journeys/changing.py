"""What changes the instalments of a loan, in the browser: a plan, another day, money paid ahead."""

import re

from journeys import browsing
from journeys.browsing import Page
from journeys.lives import Life


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
    return [int(re.sub(r"\D", "", text)) for text in rows.all_inner_texts()]
