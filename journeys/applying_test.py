"""Applying in the browser: the cost while choosing, the answer, and a person who looks."""

import os
from pathlib import Path

from journeys import browsing, lives
from journeys.browsing import Browser, House, Page
from journeys.lives import Life
from journeys.walking import Walk

PICTURES = os.environ.get("EVENHAND_PICTURES", "")


def picture(page: Page, name: str) -> None:
    """A picture of the whole page, where somebody wants to look at it."""
    if not PICTURES:
        return
    for size, viewport in browsing.SIZES.items():
        page.set_viewport_size(viewport)
        page.screenshot(path=str(Path(PICTURES) / f"{name}-{size}.png"), full_page=True)
    page.set_viewport_size(browsing.SIZES["phone"])


def begun(browser: Browser, house: House, number: int, name: str, *, script: bool = True) -> Life:
    """Somebody registered, at the first page of applying."""
    page = browsing.open_page(browser, house, lang="zh-hans", size="phone", script=script)
    life = Life(browser, house, page, lives.someone(number, name), Walk(house, "zh-hans"))
    lives.register(life)
    page.goto("/apply/")
    return life


def means(life: Life, **changed: str) -> None:
    """From the purpose to the last page, with sound means but for what is changed."""
    page = life.page
    page.locator("main [name=purpose][value=repairs]").check()
    picture(page, "apply-purpose")
    life.go_on("/apply/means/")
    typed = {"income": "9000", "housing": "2000", "loans": "0", "duties": "500", "supported": "1"}
    life.fill(**(typed | {key: changed[key] for key in typed if key in changed}))
    chosen = {"employment": "employed", "account": "well", "savings": "some"} | changed
    for name in ("employment", "account", "savings"):
        page.locator(f"main [name={name}][value={chosen[name]}]").check()
    page.locator("main [name=since_year]").select_option(index=5)
    page.locator("main [name=since_month]").select_option("3")
    picture(page, "apply-means")
    life.go_on("/apply/data/")
    picture(page, "apply-data")
    life.go_on("/apply/check/")
    picture(page, "apply-check")


def test_the_cost_follows_the_choice_and_the_answer_is_the_next_page(
    browser: Browser, house: House
) -> None:
    life = begun(browser, house, 921, "赵一")
    page, heard = life.page, browsing.listen(life.page)
    first = page.locator("[data-quote]").inner_text()
    assert not page.locator("[data-again]").is_visible()
    page.locator("#amount").fill("24000")
    page.wait_for_function(
        "first => document.querySelector('[data-quote]').innerText !== first", arg=first
    )
    picture(page, "apply-amount")
    assert "2,118.92" in page.locator("[data-quote]").inner_text()
    page.locator("#amount").fill("12")
    page.locator("[data-quote] .key-facts").wait_for(state="detached")
    page.locator("#amount").fill("24000")
    life.go_on("/apply/purpose/")
    means(life)
    life.go_on("/decision/*/")
    picture(page, "decision-yes")
    page.locator("main .main-act a[href^='/sign/']").wait_for()
    page.context.close()
    assert heard == []


def test_without_script_a_button_works_the_cost_out_and_nothing_typed_is_lost(
    browser: Browser, house: House
) -> None:
    life = begun(browser, house, 922, "钱二", script=False)
    page = life.page
    page.locator("#amount").fill("24000")
    page.locator("main [name=again]").click()
    page.get_by_text("2,118.92").first.wait_for()
    picture(page, "apply-amount-plain")
    page.locator("#amount").fill("一点")
    page.locator("main .main-act button").click()
    page.locator("#amount-error").wait_for()
    picture(page, "apply-amount-wrong")
    assert page.locator("#amount").input_value() == "一点"
    assert browsing.too_wide(page) == []
    page.context.close()


def test_a_no_leads_to_a_person_who_looks(browser: Browser, house: House) -> None:
    life = begun(browser, house, 923, "孙三")
    page = life.page
    page.locator("#amount").fill("30000")
    life.go_on("/apply/purpose/")
    means(life, employment="employed", account="none", savings="none", supported="2")
    life.go_on("/decision/*/")
    loan = page.url.rstrip("/").rsplit("/", 1)[-1]
    picture(page, "decision-person")
    assert browsing.amiss(page) == []
    page.locator("textarea[name=words]").fill("工资发现金")
    page.locator(f"form[action='/decision/{loan}/review/'] button").click()
    page.locator("h1").wait_for()
    picture(page, "decision-looking")
    staff_decides(browser, house, loan)
    page.reload()
    picture(page, "decision-by-staff")
    page.get_by_text("电话里说明了情况").wait_for()
    page.context.close()


def staff_decides(browser: Browser, house: House, loan: str) -> None:
    """A supervisor opens the line, reads the answers for a purpose, and says yes to less."""
    page = browsing.open_page(browser, house, lang="zh-hans", size="desk", name="wu")
    page.goto("/staff/applications/")
    picture(page, "staff-line")
    assert browsing.amiss(page) == []
    page.locator(f"a[href='/staff/applications/{loan}/']").click()
    page.locator("#purpose").select_option("application")
    page.locator(f"form[action$='/{loan}/reveal/'] button").click()
    page.get_by_text("工资发现金").wait_for()
    picture(page, "staff-application")
    assert browsing.amiss(page) == []
    page.locator("#outcome-approve").check()
    page.locator("[id='staff.explained']").check()
    page.locator("#amount").fill("5000")
    page.locator("#words").fill("电话里说明了情况")
    page.locator(f"form[action$='/{loan}/decide/'] button").click()
    page.wait_for_url("**/staff/applications/")
    page.context.close()
