"""My account: what is shown, changed and told; what is kept out of sight; consents and devices."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from evenhand.ledger import bank_accounts, streams
from evenhand.ledger.made_up import noon
from evenhand.lifecycle.register import consents, made_up
from evenhand.outbound.contact import send
from evenhand.outbound.payments import transfers
from evenhand.people import credentials, holders, persons, staff
from evenhand.people.made_up import sign_in
from evenhand.providers.sms import simulator

pytestmark = pytest.mark.django_db

AT = noon(date(2026, 6, 1))
NUMBER, NEW = "12000000077", "12000000088"
MINUTE = 60_000_000
HOUR = 60 * MINUTE


@pytest.fixture(autouse=True)
def house_day(move_clock: Callable[[int], None]) -> None:
    move_clock(AT)


@pytest.fixture
def ming(client: Client) -> int:
    person = made_up.register(77, at=AT)
    sign_in(client, person)
    return person


def post(client: Client, page: str, **typed: str) -> Any:
    return client.post(page, typed, follow=True)


def at(page: Any) -> str:
    return str(page.request["PATH_INFO"])


def code_to(number: str) -> str:
    """The code in the last text there."""
    (message,) = simulator.inbox(persons.dialled("phone", number), 1)
    return "".join(sign for sign in message.text if sign.isdecimal())[:6]


def kinds(person: int) -> list[str]:
    return [fact.kind for fact in streams.stream(person)]


def long_signed_in() -> None:
    """Real time passes: PIN and code were given a while ago."""
    with connection.cursor() as cursor:
        cursor.execute("update people_session set sure_at = sure_at - interval '11 minutes'")


def change_number(client: Client) -> Any:
    post(client, "/my/me/number/", phone=NEW)
    return post(client, "/my/me/number/code/", code=code_to(NEW))


def test_what_is_known_is_shown_masked(client: Client, ming: int) -> None:
    said = client.get("/my/me/").content.decode()
    assert "120****0077" in said and f"**** {made_up.account_of(77)[-4:]}" in said
    for clear in (NUMBER, made_up.account_of(77), made_up.identity_of(77), made_up.name_of(77)):
        assert clear not in said


@pytest.mark.parametrize("page", ["number/", "number/code/", "account/", "addresses/", "pin/"])
def test_what_could_harm_in_other_hands_needs_pin_and_code(
    client: Client, ming: int, page: str
) -> None:
    long_signed_in()
    assert at(client.get(f"/my/me/{page}", follow=True)) == "/sure/"
    assert client.post(f"/my/me/{page}").headers["Location"].startswith("/sure/")


def test_a_new_number_is_proved_told_to_the_old_one_and_holds_payouts(
    client: Client, ming: int
) -> None:
    before = len(simulator.inbox(persons.dialled("phone", NUMBER)))
    assert at(change_number(client)) == "/my/me/"
    assert (holders.holder(NEW), holders.holder(NUMBER)) == (ming, 0)
    facts = streams.stream(ming)
    (changed,) = [fact for fact in facts if fact.kind == "number.changed"]
    assert changed.body["address"] == persons.points([ming])[-1].point
    assert transfers.held_until(facts) >= changed.at + 24 * HOUR
    send.send_due(max(f.body["due_at"] for f in facts if f.kind == "contact.intended"))
    assert len(simulator.inbox(persons.dialled("phone", NUMBER))) == before + 1
    assert b"warm" in client.get("/my/me/").content


def test_after_a_new_number_the_account_is_checked_again(client: Client, ming: int) -> None:
    change_number(client)
    assert client.get("/my/me/").context["unchecked"]
    assert at(post(client, "/my/me/account/check/")) == "/my/me/"
    assert not client.get("/my/me/").context["unchecked"]
    assert kinds(ming).count("account.named") == 1


def test_a_wrong_code_changes_nothing(client: Client, ming: int) -> None:
    post(client, "/my/me/number/", phone=NEW)
    page = post(client, "/my/me/number/code/", code="000000")
    assert page.status_code == 400 and holders.holder(NUMBER) == ming


def test_a_number_of_another_holder_is_not_taken(client: Client, ming: int) -> None:
    made_up.register(88, at=AT, phone=NEW)
    change_number(client)
    assert holders.holder(NUMBER) == ming and "number.changed" not in kinds(ming)


def test_another_account_is_verified_before_it_is_named(client: Client, ming: int) -> None:
    card = made_up.account_of(5)
    assert at(post(client, "/my/me/account/", account=card, bank="中国银行")) == "/my/me/"
    (account,) = persons.accounts(ming)
    assert account.number == f"**** {card[-4:]}"
    facts = streams.stream(ming)
    assert bank_accounts.named(facts) == [account.item]
    assert [fact.kind for fact in facts].count("account.removed") == 1
    assert transfers.held_until(facts) > 0


def test_an_account_of_somebody_else_is_not_named_and_the_old_one_stays(
    client: Client, ming: int
) -> None:
    (before,) = persons.accounts(ming)
    card = made_up.ending("0404")
    page = post(client, "/my/me/account/", account=card, bank="中国银行")
    assert page.status_code == 400 and card in page.content.decode()
    assert persons.accounts(ming) == [before]
    assert transfers.held_until(streams.stream(ming)) == 0


def test_one_tap_keeps_everything_out_of_sight(client: Client, ming: int) -> None:
    persons.add_point(ming, "postal", "北京市东城区某街 1 号")
    long_signed_in()  # hiding must never wait for a code
    assert at(post(client, "/my/me/safe/now/")) == "/my/me/safe/"
    (chosen,) = [f for f in streams.stream(ming) if f.kind == "safe_contact.chosen"]
    points = [point.point for point in persons.points([ming])]
    assert chosen.body == {"confidential": points, "channel": "in_app"}
    sign_in(client, ming)
    for page in ("", "safe/", "addresses/"):
        said = client.get(f"/my/me/{page}").content.decode()
        assert "0077" not in said and "北京" not in said


def test_a_hidden_number_is_not_shown_where_its_code_is_asked_for(
    client: Client, ming: int
) -> None:
    post(client, "/my/me/safe/now/")
    long_signed_in()
    said = post(client, "/sure/", pin=made_up.PIN).content.decode()
    assert "0077" not in said and 'name="code"' in said


def test_staff_see_nothing_of_it_but_for_one_role(client: Client, ming: int) -> None:
    post(client, "/my/me/safe/now/")
    lin = staff.enlist("lin", "correct horse battery", role="collector", number="E007")
    assert persons.masked([ming])[ming].phone == ""
    with pytest.raises(persons.Confidential):
        persons.reveal(ming, "phone", purpose="call_back", by=lin, at=AT)


def test_what_was_hidden_comes_back_only_with_pin_and_code(client: Client, ming: int) -> None:
    post(client, "/my/me/safe/now/")
    typed = {"channel": "any", "from_minute": "0", "until_minute": "1440"}
    long_signed_in()
    assert client.post("/my/me/safe/", typed).headers["Location"] == "/sure/?next=/my/me/safe/"
    assert persons.masked([ming])[ming].phone == ""
    sign_in(client, ming)
    post(client, "/my/me/safe/", **typed)
    assert persons.masked([ming])[ming].phone == "120****0077"
    last = [f for f in streams.stream(ming) if f.kind == "safe_contact.chosen"][-1]
    assert last.body == {"confidential": [], "from_minute": 0, "until_minute": 1440}


def test_channel_and_hours_are_chosen_and_shown_again(client: Client, ming: int) -> None:
    typed = {"channel": "sms", "from_minute": "540", "until_minute": "720"}
    post(client, "/my/me/safe/", **typed)
    page = client.get("/my/me/safe/")
    assert {key: page.context[key] for key in typed} == typed


@pytest.mark.parametrize(
    "typed",
    [
        {"channel": "sms", "from_minute": "600", "until_minute": "660"},
        {"channel": "sms", "from_minute": "x", "until_minute": "660"},
        {"channel": "visit", "from_minute": "0", "until_minute": "1440"},
    ],
)
def test_a_choice_that_is_none_is_said_and_kept(
    client: Client, ming: int, typed: dict[str, str]
) -> None:
    page = client.post("/my/me/safe/", {**typed, "hide": [persons.points([ming])[0].point]})
    assert page.status_code == 400 and page.context["error"]
    assert page.context["channel"] == typed["channel"]
    assert [ticked for _point, ticked in page.context["found"]] == [True]
    assert "safe_contact.chosen" not in kinds(ming)


def test_a_consent_is_withdrawn_and_given_again(client: Client, ming: int) -> None:
    def stands() -> set[str]:
        return set(consents.standing(streams.stream(ming)))

    assert stands() == consents.needed()
    page = post(client, "/my/me/consents/", purpose="credit_enquiry", act="withdraw")
    assert at(page) == "/my/me/consents/"
    assert stands() == consents.needed() - {"credit_enquiry"}
    post(client, "/my/me/consents/", purpose="credit_enquiry", act="give")
    post(client, "/my/me/consents/", purpose="marketing", act="give")
    assert stands() == consents.needed() | {"marketing"}
    post(client, "/my/me/consents/", purpose="anything", act="give")
    assert stands() == consents.needed() | {"marketing"}


def test_the_words_consented_to_are_kept_as_shown(ming: int) -> None:
    given = next(f for f in streams.stream(ming) if f.kind == "consent.given")
    words = persons.reveal_text(
        ming, bytes.fromhex(given.body["text"]), purpose="audit", by=1, at=AT
    )
    asked = consents.asked()[0]
    assert words == f"{asked.title['zh-hans']}\n{asked.words['zh-hans']}"
    assert (given.body["version"], given.body["lang"]) == (asked.version, "zh-hans")


def test_a_new_pin_signs_out_every_other_device(client: Client, ming: int) -> None:
    other = Client()
    sign_in(other, ming)
    assert post(client, "/my/me/pin/", pin="472913", pin_again="472914").status_code == 400
    assert at(post(client, "/my/me/pin/", pin="472913", pin_again="472913")) == "/my/me/"
    assert credentials.is_right(ming, "472913")
    assert at(other.get("/my/me/", follow=True)) == "/in/"
    (renewed,) = [f for f in streams.stream(ming) if f.kind == "pin.renewed"]
    assert renewed.body == {"how": "chosen"} and transfers.held_until(streams.stream(ming)) == 0


def test_the_language_is_remembered_for_pages_and_messages(client: Client, ming: int) -> None:
    post(client, "/my/me/language/", lang="en")
    assert persons.masked([ming])[ming].lang == "en"
    assert "My account" in client.get("/my/me/").content.decode()
    change_number(client)
    told = [f for f in streams.stream(ming) if f.kind == "contact.intended"]
    assert told and {fact.body["lang"] for fact in told} == {"en"}
    post(client, "/my/me/language/", lang="tlh")
    assert persons.masked([ming])[ming].lang == "en"


def test_addresses_are_added_masked_and_used_no_more(client: Client, ming: int) -> None:
    page = post(client, "/my/me/addresses/", kind="email", value="not an address")
    assert page.status_code == 400 and "not an address" in page.content.decode()
    page = post(client, "/my/me/addresses/", kind="email", value="ming@example.org")
    said = page.content.decode()
    assert "m***@example.org" in said and "ming@example.org" not in said
    phone, mail = (each.point for each in page.context["found"])
    post(client, "/my/me/addresses/", remove=str(mail))
    post(client, "/my/me/addresses/", remove=str(phone))
    assert [point.point for point in persons.points([ming])] == [phone]


def test_no_page_of_ours_or_fact_says_who_it_is(client: Client, ming: int) -> None:
    change_number(client)
    told = str(streams.stream(ming))
    for clear in (NUMBER, NEW, made_up.account_of(77), made_up.identity_of(77)):
        assert clear not in told
