"""A few made-up borrowers who can sign in: each lives a loan by the real steps of its stages.

They join the demo book on days of its own, at noon, with nothing made up but what they type. Their
phones and cards reach nobody; every one has the same PIN, and the code is on the demo's phones.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from evenhand.ledger import house, plans, products, standing, streams
from evenhand.ledger.applications import applications
from evenhand.lifecycle.apply import drafts
from evenhand.lifecycle.apply import steps as apply
from evenhand.lifecycle.arrange import made_up as arrange
from evenhand.lifecycle.disburse import claims
from evenhand.lifecycle.redress import made_up as redress
from evenhand.lifecycle.register import made_up
from evenhand.lifecycle.remind import wishing
from evenhand.lifecycle.repay import auto_debit, owing, paying
from evenhand.lifecycle.repay.owing import Owing
from evenhand.lifecycle.sign import made_up as sign
from evenhand.outbound.payments import register
from evenhand.people import persons
from evenhand.site import demo_changes, demo_parties
from evenhand.site.demo_changes import Moment

PIN: Final = made_up.PIN
FIRST_NUMBER: Final = 5_000
SECOND: Final = 1_000_000
MAKER: Final = "staff:4"
CHECKER: Final = "staff:1"


@dataclass(frozen=True, slots=True)
class Life:
    """One borrower; days count from the demo's first. `tells` is what a visitor finds there.

    Without an `amount` they only register; they apply for a `product`. `signs`: they sign what
    is approved. `pays`: by hand as soon as something is due, or by auto-debit; no more from day
    `stops`, all of it on `pays_off`. On day `claims_after` they say that they did not take this
    loan, on day `complains` what `words` say, on day `plans` they propose a plan, whose steps
    they pay. Each of `wishes` is of a day: a `sort` of wish, or one taken `back`; each of `changes`
    too, as `demo_changes` has them. `answers` is of a day too: from then on they answer by law for
    the loan `of` another life, as `demo_parties` says.
    """

    name: str
    lang: str
    tells: str
    joins: int
    amount: str = ""
    months: int = 0
    said: Mapping[str, str] = field(default_factory=dict)
    product: str = "demo"
    signs: bool = True
    pays: str = "by_hand"
    stops: int = 10_000
    pays_off: int = 10_000
    claims_after: int = 10_000
    complains: int = 10_000
    words: str = ""
    plans: int = 10_000
    wishes: Sequence[Mapping[str, Any]] = ()
    changes: Sequence[Mapping[str, Any]] = ()
    answers: Mapping[str, Any] = field(default_factory=dict)


_READ: Final = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
ACCOUNTS: Final[Sequence[Mapping[str, str]]] = _READ["account"]
ANSWERS: Final[Mapping[str, str]] = _READ["answers"]
LIVES: Final = tuple(Life(**said) for said in _READ["life"])

TELLS: Final = {
    "current": _("pays by hand, nothing past due"),
    "auto_debit": _("pays by auto-debit"),
    "past_due": _("past due, with reminders made and one refused at sending"),
    "plan": _("under a plan that is kept"),
    "complaint": _("past due, with a complaint that waits for an answer"),
    "paid_off": _("has paid everything, with the certificate"),
    "awaits_signature": _("approved; the contract waits to be read and signed"),
    "decision": _("has the answer to an application"),
    "claims": _("says that the loan was not taken by them"),
    "registered": _("registered, no loan yet"),
    "relief_asked": _("asked to skip four instalments; waits for an answer"),
    "relief_offered": _("is offered more, smaller instalments; has not accepted yet"),
    "relief_given": _("asked for more, smaller instalments and had them at once"),
    "moratorium": _("under a moratorium: everything stands still"),
    "paid_ahead": _("paid ahead, for smaller instalments"),
    "written_off": _("written off, with money that came in since"),
    "has_died": _("has died: nobody signs in any more, an heir answers with the estate"),
    "heir": _("heir of a borrower who died; answers for no more than the estate"),
    "spouse": _("ratified the loan of a spouse, and answers for it too"),
}


def signs_in(lives: Sequence[Life] = LIVES) -> list[tuple[str, str]]:
    """Phone number and what is found behind it, for whoever looks at the demo."""
    return [(phone, gettext(TELLS[life.tells])) for life, phone, _person in found(lives)]


def found(lives: Sequence[Life] = LIVES) -> list[tuple[Life, str, int]]:
    """Those who have registered: the life, the phone number, the person."""
    phones = {made_up.phone_of(number): life for number, life in _numbered(lives)}
    hits = persons.find_many("phone", list(phones))
    return [(phones[phone], phone, many[0].person) for phone, many in hits.items()]


def open_house(first_day: date) -> None:
    """Where to pay, from the first day on: proposed and approved the day before."""
    at = house.midnight(first_day - timedelta(days=1))
    if not register.channels(first_day):
        for account in ACCOUNTS:
            register.approve(register.propose(account, first_day, MAKER, at), CHECKER, at)


def act(first_day: date, day: date, at: int, lives: Sequence[Life] = LIVES) -> None:
    """What they do on a day, at `at` (microseconds UTC)."""
    since = (day - first_day).days
    for number, life in _numbered(lives):
        if life.joins == since:
            _begin(number, life, day, at)
    known = found(lives)
    due = _due([person for _life, _phone, person in known], day)
    for life, _phone, person in known:
        if life.joins < since and (person in due or _has_a_day(life, since)):
            _go_on(life, person, since, day, at)
    of = {life.name: person for life, _phone, person in known}
    for life, _phone, person in known:
        if life.answers.get("day") == since:
            _answer(life, person, of[life.answers["of"]], at)


def _due(people: Sequence[int], day: date) -> set[int]:
    """Of whom something is due, by one look at all."""
    stood = standing.stand(np.array(sorted(people), np.int64), house.day_number(day))
    return set(stood.borrower[stood.position.due_minor > 0].tolist())


def _has_a_day(life: Life, since: int) -> bool:
    """Is there anything to do for them on a day on which nothing is due?"""
    own = {life.claims_after, life.complains, life.pays_off}
    said = {each["day"] for each in (*life.wishes, *life.changes)}
    return life.pays == "auto" or since >= life.plans or since in own | said


def _numbered(lives: Sequence[Life]) -> list[tuple[int, Life]]:
    return [(FIRST_NUMBER + place, life) for place, life in enumerate(lives)]


def _begin(number: int, life: Life, day: date, at: int) -> None:
    """Register, apply, and sign what is approved."""
    person = made_up.register(number, at=at, lang=life.lang, name=life.name)
    if not life.amount:
        return
    drafts.save(person, {**ANSWERS, **life.said, "amount": life.amount, "months": str(life.months)})
    product = products.in_force(life.product, day)
    assert product is not None, "the demo has its product"
    loan = apply.send(person, product, at=at + 60 * SECOND)
    decided = applications(streams.stream(person))[loan]
    if life.signs and decided.stage == "approved":
        sign.sign(person, loan, life.lang, at=at + 300 * SECOND)


def _go_on(life: Life, person: int, since: int, day: date, at: int) -> None:
    for wish in life.wishes:
        if wish["day"] == since:
            _wish(person, wish, at)
    for one in owing.loans_of(person, house.day_number(day)):
        if one.paid_off:
            continue
        _say(life, person, one.loan, since, day, at)
        if life.pays == "auto" and auto_debit.standing(streams.stream(person), one.loan) is None:
            account = _account(person)
            auto_debit.authorise(person, one, account, auto_debit.words(one, "····"), at=at)
        owed = one.pay_off.total_minor if since == life.pays_off else _owed(person, one, day)
        if life.pays == "by_hand" and owed and (since < life.stops or since > life.plans):
            paying.order(person, one, owed, _account(person), at=at)


def _answer(life: Life, person: int, borrower: int, at: int) -> None:
    """They answer by law for the loan of that borrower, who has one."""
    (one,) = owing.loans_of(borrower, house.day_number(house.day_of(at)))
    here = Moment(borrower, one.loan, at)
    demo_parties.answer(person, life.lang, here, life.answers)


def _wish(person: int, wish: Mapping[str, Any], at: int) -> None:
    """A wish of the day, or the one of a sort taken back."""
    if "sort" in wish:
        wishing.wish(person, wish["sort"], at=at, hour=wish.get("hour", 0))
    for stands in wishing.standing(person, at):
        if stands.sort == wish.get("back"):
            wishing.take_back(person, stands.seqs[0], at=at)


def _say(life: Life, person: int, loan: int, since: int, day: date, at: int) -> None:
    """What they tell us about the loan on this day."""
    if since == life.claims_after:
        claims.open_claim(person, loan, at)
    if since == life.complains:
        redress.complain(person, text=life.words, at=at, loan=loan)
    if since == life.plans:
        arrange.running(person, loan, day)
    for change in life.changes:
        if change["day"] == since:
            demo_changes.change(Moment(person, loan, at), change)


def _owed(person: int, one: Owing, day: date) -> int:
    """What is paid today: all that is due; under a plan its step of today, and what falls due."""
    facts = streams.stream(person)
    plan = plans.current(facts, one.loan)
    if plan is None:
        return one.due_minor
    unpaid = plans.unpaid(facts, one.loan, day)
    step = plans.coming(plan, unpaid)
    if step and step.by <= day:
        return step.pay_minor
    return sum(minor for due, minor in unpaid.owed if due == day)


def _account(person: int) -> int:
    return paying.own_accounts(person, streams.stream(person))[-1].item
