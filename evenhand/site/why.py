"""Why did you call me? A loan's facts, its position, the next step, and what the law says.

Everything is worked out from the facts alone, by the functions the end of day uses, so the answer
can be given as of any day and as it was known at any moment. It names nobody.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from django.conf import settings

from evenhand.core.days import NEVER, iso
from evenhand.core.ladder import Steps
from evenhand.core.words import PURPOSES
from evenhand.law import rulebook
from evenhand.ledger import contacts, off_books, plans, standing, states, waivers
from evenhand.ledger.contact_story import Contact
from evenhand.ledger.contact_story import contacts as contacts_of
from evenhand.ledger.facts import Fact
from evenhand.ledger.house import day_number, midnight
from evenhand.ledger.loans import words_of
from evenhand.ledger.standing import Standing
from evenhand.lifecycle.circumstances import circumstances
from evenhand.lifecycle.redress import complaints
from evenhand.lifecycle.remind import steps as remind
from evenhand.lifecycle.repay import prepaying
from evenhand.outbound.contact import ask, known, may
from evenhand.web import shown

FACTS_SHOWN = 10
REFUSALS_SHOWN = 5
CIRCUMSTANCES_SHOWN = 2
SECOND = 1_000_000
WAYS = {"lower": "smaller instalments", "shorter": "a shorter term"}
SAYS = {"wrong": "wrong", "paid": "paid already", "terms": "not what was signed"}
OUTCOMES = {
    "upheld": "corrected",
    "partly": "corrected in part",
    "not_upheld": "explained, the sum is right",
    "": "ended without an answer of ours",
}
PARTS = {"late": "late interest", "interest": "interest", "fee": "fees"}


class Told(NamedTuple):
    """The facts up to the day, the loan that is told of, and its currency."""

    facts: Sequence[Fact]
    loan: int
    currency: str

    def money(self, minor: int) -> str:
        return shown.amount(minor, self.currency)


def lines(facts: Sequence[Fact], loan: int, on: date, at: int) -> Iterator[str]:
    """At most thirty lines about `loan`, from its borrower's facts, for day `on`.

    Contacts are those up to `on`; the law is asked at `at` (microseconds UTC) for that day.
    """
    kept = [f for f in facts if not f.kind.startswith("contact.") or f.day <= on]
    stood = standing.stand_by(kept, day_number(on))
    held = states.states_by(kept)
    steps = remind.steps_by(stood, contacts.progress_by(kept), held)
    row = int(np.flatnonzero(stood.loan == loan)[0])
    told = Told([f for f in kept if f.day <= on], loan, words_of(stood.rows["currency"])[row])
    yield f"Loan {loan} of borrower {facts[0].borrower} on {on}"
    yield from _facts(told)
    yield from _position(told, stood, row)
    yield from _given_up(told)
    yield from _circumstances(told, on)
    yield from _dispute(told)
    yield from _ahead(told)
    yield from _plan(told, on)
    yield from _step(stood, steps, row)
    yield from _given(contacts_of(kept), on)
    yield from _asked(kept, stood, steps, on, at)


def _facts(told: Told) -> Iterator[str]:
    facts = told.facts
    yield f"Facts ({len(facts)} up to that day; head {facts[-1].link[:6].hex()})"
    if len(facts) > FACTS_SHOWN:
        yield f"  … {len(facts) - FACTS_SHOWN} earlier"
    for fact in facts[-FACTS_SHOWN:]:
        amount = f" {told.money(fact.amount)}" if fact.amount else ""
        cause = f" of fact {fact.cause}" if fact.cause else ""
        yield f"  {fact.seq:>3}  {fact.day}  {fact.kind}{amount}{cause}, by {fact.hand}"


def _position(told: Told, stood: Standing, row: int) -> Iterator[str]:
    here = stood.position

    def money(column: np.ndarray) -> str:
        return told.money(column[row])

    yield "Position"
    yield f"  outstanding {money(here.outstanding_minor)}, overpaid {money(here.overpaid_minor)}"
    if here.past_due_since[row] == NEVER:
        yield "  not past due"
    else:
        yield (
            f"  {here.past_due_days[row]} days past due since {_day(here.past_due_since[row])},"
            f" {here.past_due_count[row]} instalments"
        )
        yield (
            f"  past due {money(here.past_due_minor)} = principal"
            f" {money(here.past_due_principal_minor)} + interest"
            f" {money(here.past_due_interest_minor)} + late interest"
            f" {money(here.late_interest_minor)}"
        )
        if fees := here.owed_fee[row][here.due_on[row] < here.on[row]].sum():
            yield f"  and fees {told.money(fees)}"
    if here.next_due_on[row] != NEVER:
        yield f"  next due {money(here.next_due_minor)} on {_day(here.next_due_on[row])}"


def _given_up(told: Told) -> Iterator[str]:
    """What was waived by that day; and whether it is off the books, where it is owed as before."""
    facts, loan, given = told.facts, told.loan, Counter[str]()
    for one in waivers.of_loan(facts, loan):
        given[one.part] += one.amount_minor
    if given:
        parts = (f"{PARTS[part]} {told.money(minor)}" for part, minor in given.items())
        yield f"  waived {', '.join(parts)}"
    for off, said in (
        (off_books.write_off(facts, loan), "written off"),
        (off_books.charged_off(facts, loan), "charged off"),
    ):
        if off:
            came = told.money(off_books.recovered(facts, off))
            yield f"  {said} on {off.day} (fact {off.seq}): owed as before; {came} came since"


def _circumstances(told: Told, on: date) -> Iterator[str]:
    """What happened to the borrower and protects them on that day, as it was known then."""
    found = circumstances.standing(told.facts, midnight(on + timedelta(days=1)) - 1)
    for one in [one for one in found if one.loan in (0, told.loan)][:CIRCUMSTANCES_SHOWN]:
        until = f" until {one.last_on}" if one.last_on else ""
        by = one.told_by or "the takeover"
        yield f"Circumstance (fact {one.seq}): {one.word} since {one.since_on}{until}, told by {by}"


def _dispute(told: Told) -> Iterator[str]:
    """The last dispute of the debt as it was known then: what of it, what it stops, its answer."""
    found = [one for one in complaints.complaints_of(told.facts) if one.loan in (0, told.loan)]
    for one in [one for one in found if one.is_dispute][-1:]:
        says = f", said to be {SAYS[one.says]}" if one.says else ""
        yield f"Dispute (fact {one.seq}) of {one.figure or 'what is owed'}{says}"
        if one.now.pauses:
            yield f"  our answer by {one.now.due_on}: until then nobody asks for this debt"
        elif one.is_open:
            yield f"  a repeat, collecting goes on; our answer by {one.now.due_on}"
        else:
            corrected = [f"{fact.kind} (fact {fact.seq})" for fact in one.corrected(told.facts)]
            yield f"  answered: {OUTCOMES[one.now.outcome]}"
            yield from (f"  corrected by {each}" for each in corrected[-1:])


def _ahead(told: Told) -> Iterator[str]:
    """What the last payment ahead by that day did to the schedule, as it was known then."""
    for payment, did in prepaying.outcomes(told.facts, told.loan)[:1]:
        each, last = (told.money(run.minor) for run in (did.runs[0], did.runs[-1]))
        last_on = _day(np.int64(did.last_on))
        yield f"Paid ahead on {payment.day} (fact {payment.seq}): {WAYS[did.way]}"
        yield f"  {did.left} instalments left: {each}, the last {last} on {last_on}"
        yield f"  interest saved {told.money(did.saved_minor)}"


def _plan(told: Told, on: date) -> Iterator[str]:
    """The plan over the loan, and what of it comes next: so much is asked for, and no more."""
    facts, loan = told.facts, told.loan
    plan = plans.current(facts, loan)
    if plan is None:
        return
    yield f"Plan (fact {plan.seq}), {plan.state}"
    if plan.state == "asked":
        yield f"  our answer by {plan.due_on}: until then nobody collects"
    elif plan.state == "countered":
        yield f"  another was offered, to be accepted by {plan.accept_by}"
    elif step := plans.coming(plan, plans.unpaid(facts, loan, on)):
        pay, whole, paid = map(told.money, (step.pay_minor, step.step_minor, step.paid_minor))
        yield f"  step {step.n + 1} of {len(plan.steps)}: {pay} by {step.by}"
        yield f"  the step alone {whole}, of which {paid} is paid"
    else:
        yield "  every step is paid"


def _step(stood: Standing, steps: Steps, row: int) -> Iterator[str]:
    yield "Next step"
    if steps.named[row]:
        yield (
            f"  {PURPOSES[steps.purpose[row]]}, rung {steps.rung[row]} since"
            f" {_day(steps.since[row])}: a text message to the borrower's own phone"
        )
    else:
        yield "  none that day"
    if steps.look_on[row] != NEVER:
        yield f"  without a new fact it may change on {_day(steps.look_on[row])}"


def _given(made: Sequence[Contact], on: date) -> Iterator[str]:
    """The last contact up to that day, with its verdict as it was given."""
    if not made:
        return
    last = made[0]
    packs = ", ".join(f"{name} {digest[:8]}" for name, digest in last.packs)
    yield f"Last contact (fact {last.first.seq}), verdict as given"
    yield f"  {last.purpose} by {last.channel} for {_moment(last.due_at)}: {last.outcome}"
    if last.rules_checked:
        yield f"  allowed by {last.rules_checked} rules of {packs}"
    for refusal in last.refusals[:REFUSALS_SHOWN]:
        yield f"  refused by {refusal.rule}: {'; '.join(refusal.cites)}"


def _asked(
    facts: Sequence[Fact], stood: Standing, steps: Steps, on: date, at: int
) -> Iterator[str]:
    """What the gate says to the step of that day."""
    made = remind.reminders(stood, steps)
    if not len(made.wanted):
        return
    borrowers, books = made.wanted.borrower, known.Books(stood.borrower, stood.loan)
    law = may.law_of(on)
    found = contacts.contacts_by(facts)
    nothing = np.zeros(len(borrowers), dtype=np.int64)
    first, line = facts[0].body, known.lines_by(facts, borrowers)
    zones, zone = known.zone_columns([str(first.get("zone", ""))])
    matter = may.Matter(
        made.wanted,
        zones,
        zone,
        [str(first.get("lang", ""))],
        known.history_of(found, borrowers, books, nothing, line),
        known.states_of(known.states_by(facts), borrowers, books),
        line,
    )
    answer = ask.answer(matter, law, day_number(on), at)
    packs = ", ".join(f"{name} {digest[:8]}" for name, digest in law.packs.items())
    yield f"Verdict for that step, {len(law.rules.ids)} rules of {packs}"
    if answer.allowed[0]:
        yield f"  allowed, first at {_moment(int(answer.due_at[0]) * SECOND)}"
        return
    for cite in rulebook.cites(law.rules, answer.judged.bits(0), on)[:REFUSALS_SHOWN]:
        yield f"  refused by {cite.rule}: {cite.why} ({cite.cite})"
    if int(answer.look_on[0]) < NEVER:
        yield f"  not before {_day(answer.look_on[0])}"


def _day(number: np.int64) -> str:
    return str(iso(np.array([number]))[0])


def _moment(moment: int) -> str:
    zone = ZoneInfo(settings.EVENHAND_ZONE)
    return f"{datetime.fromtimestamp(moment // SECOND, zone):%Y-%m-%d %H:%M}"
