"""Plays stories as one book: the real close, gate, outbox and simulator, day by day.

What a day's close sets off for plans is called by name: inside a test nothing commits. Nothing
here judges. What each borrower's line says was done is appended at noon; what it says must
be seen is compared with what stands, by the sentences `seen` and `heard` write.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from evenhand.core import words
from evenhand.core.days import NEVER, iso
from evenhand.ledger import charges, one_loan, promises, standing, streams
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.house import day_number
from evenhand.ledger.plans import plans_of
from evenhand.ledger.products import Product
from evenhand.lifecycle.arrange import acts, offer
from evenhand.lifecycle.arrange import steps as arrange
from evenhand.lifecycle.redress import late
from evenhand.people import persons, staff
from evenhand.people.persons import Person
from evenhand.site import clock, made_up, simulated_days
from stories.reading import Lends, Line, Story, minor, parts

ZONE = "Asia/Shanghai"
SEEN = ("hears", "stands", "is paid out")
ARRANGES = ("asks for", "is offered", "accepts")
DESK = "story-desk"


def play(stories: Sequence[Story]) -> dict[str, list[str]]:
    """Story name -> what did not happen as told, and what happened untold; empty lists are good."""
    first = min(story.lends.day for story in stories)
    last = max(story.until for story in stories)
    day = first - timedelta(days=1)
    with simulated_days.standing_at(clock.moment_of(day, 12)) as house:
        borrowers = _enrol(len(stories), day, house.moment)
        book = dict(zip(borrowers, stories, strict=True))
        faults: dict[str, list[str]] = {story.name: [] for story in stories}
        while day < last:
            simulated_days.close_day(house, day)
            arrange.close(day, at=house.moment)
            day += timedelta(days=1)
            _look(book, day, faults)
            simulated_days.live(house, day, lambda on, at: _act(book, on, at))
    for borrower, story in book.items():
        facts = streams.stream(borrower)
        faults[story.name] += _unheard(story, facts)
        told = [line for line in story.lines if line.verb == "is paid out"]
        faults[story.name] += [
            f"line {line.number}: is paid out {arrived(facts)}"
            for line in told
            if (line.day, line.rest) != (story.lends.day, arrived(facts))
        ]
    return faults


def seen(borrower: int, on: date) -> str:
    """Where the borrower's loan stands, as a story says it."""
    stood = standing.stand(np.array([borrower]), day_number(on)).position
    if stood.paid_off[0]:
        return "current, paid off"
    if stood.past_due_since[0] == NEVER:
        due = iso(stood.next_due_on).tolist()[0]
        return f"current, next {_major(stood.next_due_minor[0])} on {due}"
    days = int(stood.past_due_days[0])
    return (
        f"{days} {'day' if days == 1 else 'days'} past due, {_major(stood.past_due_minor[0])}"
        f" past due, {_major(stood.late_interest_minor[0])} late interest"
    )


def heard(facts: Iterable[Fact]) -> list[str]:
    """Every message that left, as `2026-05-02 08:00 hears attention`."""
    facts = list(facts)
    intended = [fact for fact in facts if fact.kind == "contact.intended"]
    template = {fact.seq: fact.body["template"] for fact in intended}
    return [
        f"{_local(fact.at):%Y-%m-%d %H:%M} hears {template[fact.cause]}"
        for fact in facts
        if fact.kind == "contact.leaving"
    ]


def arrived(facts: Iterable[Fact]) -> str:
    """What of the loan was paid out, as a story says it."""
    signed = next(fact for fact in facts if fact.kind == "loan.signed")
    return _major(charges.paid_out(signed))


def _enrol(count: int, day: date, at: int) -> list[int]:
    people = [Person("甲", made_up.phone(n), lang="zh-hans") for n in range(count)]
    borrowers = persons.enrol(people, at=at)
    enrolled = Draft("borrower.enrolled", day, "house", body={"lang": "zh-hans", "zone": ZONE})
    appends = [streams.Append(borrower, 0, [enrolled]) for borrower in borrowers]
    assert streams.append_many(appends, at=at) == []
    return borrowers


def _look(book: dict[int, Story], on: date, faults: dict[str, list[str]]) -> None:
    for borrower, story in book.items():
        for line in story.lines:
            if line.day == on and line.verb == "stands" and seen(borrower, on) != line.rest:
                faults[story.name].append(f"line {line.number}: stands {seen(borrower, on)}")


def _act(book: dict[int, Story], on: date, at: int) -> None:
    for borrower, story in book.items():
        drafts = _lent(story.lends) if story.lends.day == on else []
        known = [f.loan for f in drafts] or [f.loan for f in streams.stream(borrower) if f.loan]
        loan = next(iter(known), 0)
        for line in story.lines:
            if line.day == on and line.verb not in (*SEEN, *ARRANGES):
                drafts += _drafts(line, loan, streams.stream(borrower))
        if drafts:
            streams.append(borrower, drafts, at=at, expected_seq=streams.head(borrower).seq)
        for line in story.lines:
            if line.day == on and line.verb in ARRANGES:
                _arrange(line, borrower, loan, at)


def _arrange(line: Line, borrower: int, loan: int, at: int) -> None:
    """A plan asked for, another offered by our desk, or this accepted; by the stage's own acts."""
    facts = streams.stream(borrower)
    if line.verb == "accepts":
        acts.accept(borrower, plans_of(facts)[-1].seq, at=at)
        return
    count, first = parts(line.rest)
    wanted = offer.Wanted(offer.PARTS, count, first)
    if line.verb == "asks for":
        here = one_loan.here(facts, loan, line.day)
        assert here, "the loan has begun"
        total = here.past_due_minor
        acts.propose(borrower, loan, wanted, "borrower", at=at, expected_minor=total)
    else:
        acts.counter(borrower, plans_of(facts)[-1].seq, wanted, _desk(), at=at)


def _desk() -> int:
    """The member of staff who answers plans."""
    return staff.numbered(DESK) or staff.enlist(
        DESK, "a password of a story", role="supervisor", number=DESK
    )


def _lent(lends: Lends) -> list[Draft]:
    terms: dict[str, Any] = {
        "currency": "CNY", "rate_ppm": lends.rate_ppm, "late_rate_ppm": lends.late_rate_ppm,
        "late_year_days": 360, "strategy": lends.strategy, "measures": ["sms", "call"],
    }  # fmt: skip
    if lends.kept_back_ppm:
        fee = {"name": "service_fee", "when": "at_disbursal", "of": "lent"}
        terms["fees"] = [{**fee, "amount": lends.kept_back_ppm}]
    terms |= {"down_payment_ppm": lends.down_ppm} if lends.down_ppm else {}
    product = Product("story", 1, lends.day, terms)
    body = promises.promised(product, lends.principal_minor, lends.months, lends.day)
    loan = int(streams.new_loans(1)[0])
    sum_minor = lends.principal_minor
    paid_out = {"reference": "story"}
    return [
        Draft("loan.signed", lends.day, "borrower", loan, sum_minor, body=body),
        Draft("loan.disbursed", lends.day, "provider:bank", loan, sum_minor, body=paid_out),
    ]


def _drafts(line: Line, loan: int, facts: Sequence[Fact]) -> list[Draft]:
    """What a line says was done; with an answer that came late, late interest goes on again."""
    draft = _draft(line, loan, facts)
    late_ones = late.ends(facts, draft.cause, line.day) if line.verb == "is answered" else []
    return [draft, *late_ones]


def _draft(line: Line, loan: int, facts: Sequence[Fact]) -> Draft:
    day, rest = line.day, line.rest
    if line.verb == "pays":
        body = {"reference": f"line{line.number}", "channel": "bank"}
        return Draft("payment.received", day, "provider:bank", loan, minor(rest), body=body)
    if line.verb == "takes back":
        bounced = next(f for f in facts if f.amount == minor(rest) and f.kind == "payment.received")
        body = {"reason": "bounced"}
        return Draft("payment.reversed", bounced.day, "provider:bank", loan, -bounced.amount,
                     bounced.seq, body)  # fmt: skip
    if line.verb == "complains":
        return Draft("complaint.opened", day, "borrower")
    if line.verb == "is answered":
        opened = next(fact for fact in facts if fact.kind == "complaint.opened")
        return Draft("complaint.answered", day, "staff:1", cause=opened.seq)
    if line.verb == "opts out of":
        assert rest in words.CHANNELS, rest
        return Draft("wish.opt_out", day, "borrower", body={"channel": rest})
    until = clock.moment_of(date.fromisoformat(rest))
    return Draft("plan.agreed", day, "staff:1", loan, body={"until": until})


def _unheard(story: Story, facts: Sequence[Fact]) -> list[str]:
    told = [f"{line.day} {line.at:%H:%M} hears {line.rest}"
            for line in story.lines if line.verb == "hears"]  # fmt: skip
    happened = [line for line in heard(facts) if line[:10] <= story.until.isoformat()]
    return [f"told, not heard: {line}" for line in told if line not in happened] + [
        f"heard, not told: {line}" for line in happened if line not in told
    ]


def _major(amount: np.int64 | int) -> str:
    return f"{int(amount) // 100}.{int(amount) % 100:02}"


def _local(moment: int) -> datetime:
    return datetime.fromtimestamp(moment // clock.SECOND, ZoneInfo(ZONE))
