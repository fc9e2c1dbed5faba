"""What a borrower does in the browser, step by step, as anybody would: fill in, press, read.

Fields are found by name and buttons by their place, so that one life can be lived in any language.
"""

import re
from typing import NamedTuple

from evenhand.lifecycle.register import made_up
from journeys import browsing
from journeys.browsing import Browser, House, Page
from journeys.walking import Walk


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

    def follow(self, address: str, until: str = "") -> None:
        """Follow the link to an address of the page."""
        self.page.locator(f'main a[href^="{address}"]').first.click()
        self.arrive(until or f"{address}*")

    def arrive(self, until: str) -> None:
        self.page.wait_for_url(f"**{until}")
        self.walk.look(self.page)

    def code(self) -> str:
        """The code the phone received last, read from the demo's phones."""
        page = browsing.open_page(self.browser, self.house, lang="en", size="desk", name="chen")
        page.goto("/demo/phones/")
        text = page.locator(".timeline > li").first.inner_text()
        page.context.close()
        (found,) = re.findall(r"(?<!\d)\d{6}(?!\d)", text)
        return str(found)


def register(life: Life) -> None:
    """From the first page to a person verified."""
    who, page = life.who, life.page
    page.goto("/")
    life.walk.look(page)
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
