"""Roles by addresses: every address of staff is in one table, and opens for its roles alone."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, resolve, reverse
from django.urls.resolvers import URLPattern

from evenhand.people import made_up, persons, staff

pytestmark = pytest.mark.django_db

# Page or act of the matrix → the addresses it guards. An act is asked for by POST.
PAGES = {
    "home": "home staff-me",
    "accounts": "accounts",
    "applications": "applications application",
    "call": "call",
    "claims": "claims claim",
    "circumstance_record": "circumstance-record",
    "circumstances": "circumstances",
    "closes": "closes close",
    "book": "book",
    "file": "file file-sum",
    "complaint_record": "complaint-find complaint-record",
    "complaints": "complaints complaint-file",
    "compliance_desk": "compliance-desk",
    "day": "day",
    "declaration": "declaration",
    "fraud": "fraud fraud-one",
    "law": "law law-diff law-pack",
    "law_draft": "law-draft",
    "money": "money",
    "parties": "parties party-find party-loan",
    "party_propose": "party-letter",
    "plan_answer": "plan-other",
    "plans": "plans plan-file",
    "product_propose": "product-new",
    "products": "products",
    "portfolio": "portfolio",
    "real": "staff-real",
    "relief_answer": "relief-find relief-many relief-offer",
    "reliefs": "reliefs relief-file",
    "replies": "replies",
    "serve": "serve serve-elsewhere",
    "statement": "file-statement",
    "staff_roll": "staff-roll staff-member",
    "suspense": "suspense suspense-money",
    "waiver_propose": "waiver-new",
    "waivers": "waivers",
    "write_off_propose": "write-off-new write-off-find",
    "write_offs": "write-offs",
    "words": "words wording",
    "words_held": "words-held",
}
ACTS = {
    "accounts_propose": "accounts-propose accounts-close",
    "accounts_approve": "accounts-decide",
    "application_decide": "application-confirm application-decide application-reveal",
    "call": "call-begin call-finish",
    "claim_take": "claim-take",
    "complaint_record": "complaint-appeal-recorded",
    "complaint_answer": "complaint-answer complaint-extend complaint-take",
    "complaint_allow": "complaint-allow",
    "file": "find",
    "home": "staff-away",
    "ending_approve": "ending-decide",
    "ending_propose": "ending-back ending-propose",
    "fraud_open": "fraud-picture",
    "party_approve": "party-decide party-paper",
    "party_ask": "party-ask",
    "party_propose": "party-back party-propose party-recall",
    "plan_answer": "plan-agree plan-decline plan-other-offer",
    "product_approve": "product-decide",
    "relief_answer": "relief-answer relief-back",
    "relief_approve": "relief-decide",
    "reply_answer": "reply",
    "reveal": "reveal",
    "serve": "serve-end",
    "staff_keep": "staff-invite staff-keep staff-password",
    "staff_approve": "staff-decide",
    "suspense_propose": "suspense-match suspense-back",
    "suspense_agree": "suspense-decide",
    "waiver_approve": "waiver-decide",
    "waiver_propose": "waiver-back",
    "write_off_approve": "write-off-decide",
    "write_off_propose": "write-off-back",
    "words_approve": "words-decide",
    "words_held_open": "words-held-open",
    "words_propose": "words-adopt wording-propose wording-stop",
}
ROOMS = ("staff/", "book/", "borrowers/", "closes/", "law/")
"""Where addresses of staff begin."""
SOMETHING: dict[str, Any] = {"what": "trained", "pack": "cn", "day": "2026-04-15"}
"""What an address is filled with; everything else is a number of nobody's."""
NOBODY = 999_999


def of_staff() -> dict[str, URLPattern]:
    """Every address of staff, by name."""
    return {each.name or "": each for route, each in _all() if route.startswith(ROOMS)}


def _all(pattern: Any = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in (pattern or get_resolver()).url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield route, each
        else:
            yield from _all(each, route)


def address(name: str, pattern: URLPattern) -> str:
    filled = {key: SOMETHING.get(key, NOBODY) for key in pattern.pattern.converters}
    if "day" in filled:
        filled["day"] = pattern.pattern.converters["day"].to_python(SOMETHING["day"])
    return reverse(name, kwargs=filled)


def test_every_address_of_staff_is_in_the_table() -> None:
    told = [name for table in (PAGES, ACTS) for names in table.values() for name in names.split()]
    assert sorted(told) == sorted(of_staff())
    assert set(PAGES) | set(ACTS) <= set(staff.MAY_SEE)


@pytest.mark.parametrize("role", staff.ROLES)
def test_each_address_opens_for_its_roles_and_for_no_other(role: str) -> None:
    staff.enlist(role, "correct horse battery", role=role, number="T1")
    client = Client()
    assert client.login(username=role, password="correct horse battery")
    patterns = of_staff()
    for table, ask in ((PAGES, client.get), (ACTS, client.post)):
        for page, names in table.items():
            for name in names.split():
                status = ask(address(name, patterns[name])).status_code
                assert status not in (405, 500), name
                assert (status != 403) == staff.may_see(role, page), (role, name, status)


def test_strangers_and_borrowers_are_led_to_the_sign_in() -> None:
    borrower = Client()
    made_up.sign_in(borrower, persons.enrol([persons.Person("甲", "13800000001")], at=1)[0])
    patterns = of_staff()
    for client in (Client(), borrower):
        for table, ask in ((PAGES, client.get), (ACTS, client.post)):
            for name in " ".join(table.values()).split():
                where = address(name, patterns[name])
                answer = ask(where)
                assert answer.headers["Location"].startswith("/sign-in/?next="), name
                assert resolve(where).url_name == name


def test_an_api_tells_staff_no_more_than_anybody() -> None:
    staff.enlist("chen", "correct horse battery", role="compliance", number="T1")
    client = Client()
    client.login(username="chen", password="correct horse battery")
    apis = {each.name: each for route, each in _all() if route.startswith("api/")}
    assert set(apis) == {"api-real"}
    for one in (Client(), client):
        assert one.get("/api/real/NOT0-OURS").json() == Client().get("/api/real/NOT0-OURS").json()
