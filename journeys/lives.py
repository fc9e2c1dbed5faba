"""What a borrower does in the browser, step by step, as anybody would: fill in, press, read.

Fields are found by name and buttons by their place, so that one life can be lived in any language.
"""

import re
from datetime import date
from typing import NamedTuple
from urllib.parse import urlsplit

from playwright.sync_api import TimeoutError

from evenhand.lifecycle.register import made_up
from evenhand.lifecycle.sign import reading
from journeys import browsing, routes
from journeys.browsing import Browser, House, Page
from journeys.walking import Walk

FIGURES = ("paid", "pay-off", "instalment-1")


class Someone(NamedTuple):
    """A made-up person with a phone, a card and an account of their own."""

    name: str
    identity: str
    phone: str
    account: str
    bank: str = "中国工商银行"
    pin: str = made_up.PIN


def someone(number: int, name: str) -> Someone:
    """The made-up person of that number; none of these numbers reaches anybody."""
    return Someone(
        name, made_up.identity_of(number), made_up.phone_of(number), made_up.account_of(number)
    )


class Life(NamedTuple):
    """A person at a page of the house; `walk` looks at every page they come by."""

    browser: Browser
    house: House
    page: Page
    who: Someone
    walk: Walk

    def fill(self, **typed: str) -> None:
        """Type into the fields of these names, then look at the page as it stands."""
        for name, text in typed.items():
            self.page.locator(f"main [name={name}]").first.fill(text)

    def go_on(self, until: str) -> None:
        """Press the main button; the page of that address comes."""
        self.page.locator("main .form-end button, main .main-act button").first.click()
        self.arrive(until)

    def open(self, address: str) -> None:
        """Open a page by its address."""
        answer = self.page.goto(address)
        assert answer is not None and answer.ok, address
        self.walk.look(self.page)

    def follow(self, address: str, until: str = "") -> None:
        """Follow the link to an address of the page."""
        self.page.locator(f'main a[href^="{address}"]').first.click()
        self.arrive(until or f"{address}*")

    def arrive(self, until: str) -> None:
        try:
            self.page.wait_for_url(f"**{until}")
        except TimeoutError:
            here = urlsplit(self.page.url).path
            said = " ".join(self.page.locator("main h1, main .error").all_inner_texts())
            raise AssertionError(f"no {until} came; {here} says: {said}") from None
        self.walk.look(self.page)

    def code(self) -> str:
        """The code the phone received last, read from the demo's phones."""
        (found,) = re.findall(r"(?<!\d)\d{6}(?!\d)", browsing.phones(self.house)[0])
        return str(found)

    def received(self) -> list[str]:
        """What this person's phone received lately, the newest first."""
        mine = f"****{self.who.phone[-4:]}"
        return [text for text in browsing.phones(self.house) if mine in text]


def register(life: Life) -> None:
    """From the first page to a person verified."""
    who, page = life.who, life.page
    life.open("/")
    life.follow("/register/")
    life.fill(phone=who.phone)
    life.go_on("/register/code/")
    life.fill(code=life.code())
    life.go_on("/register/pin/")
    life.fill(pin=who.pin, pin_again=who.pin)
    life.go_on("/register/name/")
    life.fill(name=who.name, identity=who.identity)
    life.go_on("/register/student/")
    page.locator("main [name=student][value=no]").check()
    life.go_on("/register/account/")
    life.fill(account=who.account, bank=who.bank)
    life.go_on("/register/consents/")
    for tick in page.locator("main [name=consent]").all():
        assert not tick.is_checked(), "no consent is given before the person gives it"
        tick.check()
    life.go_on("/register/check/")
    life.go_on("/register/done/")


def apply_for(life: Life, amount: str, months: str) -> int:
    """From the application's first page to the answer; returns the loan's number."""
    page = life.page
    life.open("/apply/")
    life.fill(amount=amount)
    page.locator("main [name=months]").select_option(months)
    life.go_on("/apply/purpose/")
    page.locator("main [name=purpose][value=repairs]").check()
    life.go_on("/apply/means/")
    life.fill(income="9000", housing="2000", loans="0", duties="500", supported="1")
    for name, value in (("employment", "employed"), ("account", "well"), ("savings", "some")):
        page.locator(f"main [name={name}][value={value}]").check()
    page.locator("main [name=since_year]").select_option(index=5)
    page.locator("main [name=since_month]").select_option("3")
    life.go_on("/apply/data/")
    life.go_on("/apply/check/")
    life.go_on("/decision/*/")
    return int(page.url.rstrip("/").rsplit("/", 1)[-1])


def sign(life: Life, loan: int) -> None:
    """From the offer to the contract signed: cost table, contract, measures, assent."""
    page = life.page
    life.follow(f"/sign/{loan}/", f"/sign/{loan}/cost/")
    page.reload()  # looked at in another language, the table is to be read from the start
    life.go_on(f"/sign/{loan}/contract/")
    page.reload()  # and the contract is made anew in each language
    opened = page.request.get(f"/sign/{loan}/contract/document/")
    assert opened.ok and opened.body().startswith(b"%PDF")
    page.locator("main form.main-act button").click()
    life.arrive(f"/sign/{loan}/measures/")
    page.locator("main [name=read]").check()
    life.go_on(f"/sign/{loan}/assent/")
    life.go_on(f"/sign/{loan}/")


def receive(life: Life, loan: int) -> None:
    """The money leaves and arrives; the home page says what is due."""
    life.follow(f"/payout/{loan}/")
    life.house.work(2)
    life.page.reload()
    life.walk.look(life.page)
    life.follow("/my/", "/my/")


def wait_until_due(life: Life) -> None:
    """Days go by until the next instalment is due; the home page says so."""
    page = life.page
    due = str(page.locator("main .key-facts time").first.get_attribute("datetime"))[:10]
    life.house.live((date.fromisoformat(due) - browsing.today(page)).days)
    life.open("/my/")


def pay(life: Life, loan: int) -> None:
    """From the home page: pay what is due, see it arrive, find its receipt."""
    life.follow(f"/my/pay/{loan}/")
    life.go_on(f"/my/pay/{loan}/on-its-way/")
    life.house.work(2)
    life.page.reload()
    life.walk.look(life.page)
    life.follow("/my/receipts/")


def pay_amount(life: Life, loan: int, amount: str) -> None:
    """Pay a sum of one's own choice, and see it arrive."""
    life.open(f"/my/pay/{loan}/")
    life.page.locator("main [name=choice][value=other]").check()
    life.fill(amount=amount)
    life.go_on(f"/my/pay/{loan}/on-its-way/")
    life.house.work(2)


def look_around(life: Life, loan: int) -> None:
    """Every page that a borrower with a loan may open and has not come by so far."""
    seen = {routes.name_of(urlsplit(url).path) for url in life.walk.visited}
    for name in sorted(routes.pages() - seen):
        life.open(routes.address_of(name, loan))
    for figure in FIGURES:
        life.open(f"/my/sum/{loan}/{figure}/")


def sign_in(life: Life) -> None:
    """With the number, the code sent there, and the PIN."""
    life.open("/in/")
    life.fill(phone=life.who.phone)
    life.go_on("/in/code/")
    life.fill(code=life.code())
    life.go_on("/in/pin/")
    life.fill(pin=life.who.pin)
    life.go_on("/my/")


def come_back(life: Life) -> None:
    """Sign out, and in again with the PIN forgotten: code, name and number, a new PIN."""
    who, page = life.who, life.page
    page.locator("form[data-forget] button").click()
    page.wait_for_url("**/")
    life.follow("/in/")
    life.fill(phone=who.phone)
    life.go_on("/in/code/")
    life.fill(code=life.code())
    life.go_on("/in/pin/")
    life.follow("/in/forgotten/")
    life.fill(name=who.name, identity=who.identity)
    life.go_on("/in/new-pin/")
    life.fill(pin="947261", pin_again="947261")
    life.go_on("/my/")


def tab_to(page: Page, query: str) -> None:
    """Reach an element of the page with the keyboard alone."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("query => document.activeElement.matches(query)", query):
            return
    raise AssertionError(f"the keyboard does not reach {query}")


def pay_by_keyboard(life: Life, loan: int, amount: str) -> None:
    """From the home page to a payment of any amount, without touching the screen."""
    page = life.page
    page.goto("/my/")
    tab_to(page, f'main a[href="/my/pay/{loan}/"]')
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/my/pay/{loan}/")
    tab_to(page, "[name=choice]")
    while not page.evaluate("document.activeElement.value === 'other'"):
        page.keyboard.press("ArrowDown")
    tab_to(page, "[name=amount]")
    page.keyboard.type(amount)
    tab_to(page, "main .main-act button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/on-its-way/")


def read_the_table(life: Life, loan: int) -> None:
    """Without a script nothing counts down: a yes too early is refused in words, with the rest."""
    page = life.page
    page.goto(f"/sign/{loan}/cost/")
    page.locator("main .main-act button").click()
    page.locator("#table-error").wait_for()
    page.wait_for_timeout(reading.seconds() * 1000)
    page.goto(f"/decision/{loan}/")
