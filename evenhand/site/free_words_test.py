"""Every field for free words is known: whose words it takes, and that what staff write is screened.

Of the fields in which staff write to a borrower, each is posted an offence: nothing is sent, the
page says what and why with an offer, keeps what was typed, and the attempt is a fact.
"""

import html
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from evenhand.ledger import house, streams
from evenhand.ledger.facts import Draft
from evenhand.ledger.kinds_words import WHERE
from evenhand.lifecycle.arrange import made_up as plans
from evenhand.lifecycle.decide import made_up as applications
from evenhand.lifecycle.decide import steps as deciding
from evenhand.lifecycle.disburse import claims
from evenhand.lifecycle.redress import acts as complaining
from evenhand.lifecycle.redress import made_up as complaints
from evenhand.outbound.contact import own_words
from evenhand.outbound.contact.guard.offers import offer
from evenhand.outbound.contact.made_up import enrol, learn, lend, moment
from evenhand.people import look, persons, staff

pytestmark = pytest.mark.django_db

HOUSE = Path(__file__).parents[1]
D = date(2026, 5, 4)
NOW = moment(D, 12)
OFFENCE = "再不还钱就抓你坐牢，还要加收手续费 4321.99 元"
THEIRS = "what a borrower or a stranger says, or staff write down for them word by word"
INSIDE = "read by staff only"
FIELDS: dict[str, str] = {
    "redress/one.html": THEIRS,
    "redress/dispute.html": THEIRS,
    "redress/fields.html": THEIRS,
    "redress/file.html": THEIRS,
    "decide/ask.html": THEIRS,
    "arrange/offer.html": THEIRS,
    "verify/report.html": THEIRS,
    "call/outcome.html": INSIDE,
    "circumstances/one.html": THEIRS,
    "circumstances/fields.html": INSIDE,
    "circumstances/standing.html": INSIDE,
    "relief/many.html": "numbers of loans: no words at all",
    "redress/reason.html": "complaint_answer complaint_longer complaint_allowed",
    "decide/verdict.html": "decision",
    "arrange/reason.html": "plan_agreed plan_declined plan_countered",
    "disburse/claim.html": "claim_answer",
    "remind/reply.html": "reply",
    "wording/one.html": "a wording: screened before it is proposed, and again as it leaves",
}
"""Templates with a field for free words → whose words, or which `where` of the guard."""
THIN = replace(applications.SOUND, account="none", savings="none", employed_since="2025-10")
SEALS: dict[str, str] = {
    "lifecycle/redress/acts.py": THEIRS,
    "lifecycle/decide/steps.py": THEIRS,
    "lifecycle/arrange/acts.py": THEIRS,
    "lifecycle/apply/steps.py": THEIRS,
    "lifecycle/register/staff_pages.py": INSIDE,
    "lifecycle/register/consents.py": "the text agreed to",
    "lifecycle/join/steps.py": "the text agreed to",
    "lifecycle/repay/auto_debit.py": "the text agreed to",
    "lifecycle/verify/fraud.py": THEIRS,
    "lifecycle/call/acts.py": INSIDE,
    "lifecycle/circumstances/acts.py": INSIDE,
}
"""Where a stage seals words past the guard, and why it may."""


def test_every_field_for_free_words_is_in_the_table() -> None:
    found = {
        "/".join(path.parts[-2:])
        for path in HOUSE.rglob("templates/*/*.html")
        if "<textarea" in path.read_text("utf-8")
    }
    assert found == set(FIELDS)
    guarded = {where for said in FIELDS.values() for where in said.split() if where in WHERE}
    assert guarded == set(WHERE)


def test_words_are_sealed_past_the_guard_only_where_the_table_says() -> None:
    found = {
        str(path.relative_to(HOUSE))
        for path in (HOUSE / "lifecycle").rglob("*.py")
        if re.search(r"\bseal_texts?\(", path.read_text("utf-8"))
        and not path.stem.endswith(("_test", "made_up"))
    }
    assert found == set(SEALS)


def complaint(repeat: bool = False) -> tuple[int, int]:
    (borrower,) = enrol(1, D)
    lend([borrower], D)
    if repeat:
        complaints.answer(borrower, complaints.complain(borrower, at=NOW), 99, at=NOW)
    return borrower, complaints.complain(borrower, at=NOW)


def answered(act: str, by: int) -> tuple[str, dict[str, Any]]:
    borrower, seq = complaint()
    complaining.take(borrower, seq, by, at=NOW)
    more = {"outcome": "upheld", "reason": "complex"}
    return f"/staff/complaints/{borrower}/{seq}/{act}/", more


def allowed(_by: int) -> tuple[str, dict[str, Any]]:
    return "/staff/complaints/{}/{}/allow/".format(*complaint(repeat=True)), {}


def planned(act: str) -> tuple[str, dict[str, Any]]:
    them = plans.behind()
    seq = plans.asked(them.borrower, them.loan, D)
    other = {"how": "parts", "parts": "6", "day": "2026-05-28"}
    return f"/staff/plans/{them.borrower}/{seq}/{act}/", other


def claimed(_by: int) -> tuple[str, dict[str, Any]]:
    them = plans.behind()
    seq = claims.open_claim(them.borrower, them.loan, NOW)
    return f"/staff/claims/{them.borrower}/{seq}/", {"outcome": "upheld"}


def decided(_by: int) -> tuple[str, dict[str, Any]]:
    person = applications.applicant(NOW)
    loan = applications.apply(person, NOW, THIN)
    deciding.decide(facts=[(person, streams.head(person).seq)], at=NOW)
    assert deciding.ask_review(person, loan, "", at=NOW)
    verdict = {"outcome": "decline", "reason": ["staff.unclear"], "amount": "1", "months": "3"}
    return f"/staff/applications/{loan}/decide/", verdict


def replied(_by: int) -> tuple[str, dict[str, Any]]:
    (borrower,) = enrol(1, D)
    text = persons.seal_text(borrower, "我很难").hex()
    learn(borrower, Draft("reply.received", D, "provider", body={"text": text}), at=NOW)
    return f"/staff/replies/{borrower}/{streams.head(borrower).seq}/", {}


Way = Callable[[int], tuple[str, dict[str, Any]]]
WAYS: dict[str, tuple[str, str, Way]] = {
    "complaint_answer": ("supervisor", "text", lambda by: answered("answer", by)),
    "complaint_longer": ("supervisor", "text", lambda by: answered("extend", by)),
    "complaint_allowed": ("compliance", "text", allowed),
    "plan_agreed": ("compliance", "text", lambda _by: planned("agree")),
    "plan_declined": ("compliance", "text", lambda _by: planned("decline")),
    "plan_countered": ("compliance", "text", lambda _by: planned("other/offer")),
    "claim_answer": ("compliance", "text", claimed),
    "decision": ("underwriter", "words", decided),
    "reply": ("collector", "text", replied),
}
"""Where staff write → as which role, in which field, and the form's address and other fields."""


@pytest.mark.parametrize("where", WHERE)
def test_what_may_not_be_said_goes_nowhere(where: str, move_clock: Any) -> None:
    move_clock(NOW)
    role, field, way = WAYS[where]
    client = Client(headers={"Accept-Language": "en"})
    by = staff.enlist("e1", "correct horse battery", role=role, number="E0001", lang="en")
    client.login(username="e1", password="correct horse battery")
    path, more = way(by)
    facts = _facts()
    answer = client.post(path, more | {field: OFFENCE}, headers={"Accept-Language": "en"})
    page = answer.content.decode()
    assert answer.status_code == 400 and OFFENCE in page
    assert "Held back" in page and "Threat of arrest" in page and "<mark>" in page and "<q>" in page
    (attempt,) = own_words.attempts()
    assert (attempt.where, attempt.by) == (where, by)
    assert {"threat_arrest", "misstate_amount"} <= set(attempt.categories)
    assert _facts() == facts + 1 and OFFENCE not in str(streams.stream(house.HELD_BACK))
    found = re.findall('name="use" value="([a-z_]+)"', page)
    assert set(attempt.categories) == set(found)
    for category in found:
        answer = client.post(path, more | {field: OFFENCE, "use": category})
        page = answer.content.decode()
        assert answer.status_code == 200 and _field(page, field) != OFFENCE and found
        assert offer(category, "zh-Hans") in _field(page, field)
    assert _facts() == facts + 1 and len(own_words.attempts()) == 1
    before = len(look.looks(attempt.person))
    assert OFFENCE in persons.reveal_text(
        attempt.person, bytes.fromhex(attempt.text), purpose=own_words.LOOK, by=by, at=NOW
    )
    assert len(look.looks(attempt.person)) == before + 1


def _field(page: str, name: str) -> str:
    """What stands in the first filled field of that name."""
    areas = re.findall(rf'<textarea[^>]* name="{name}"[^>]*>([^<]*)</textarea>', page)
    return next((html.unescape(area) for area in areas if area), "")


def _facts() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from ledger_fact")
        return int(cursor.fetchone()[0])
