"""While a plan is asked for or kept no reminder leaves, though one was intended before; and the day
that ends judges plans by its fact."""

from datetime import date, timedelta

import pytest

from evenhand.ledger import made_up as facts
from evenhand.ledger import streams
from evenhand.ledger.facts import Draft
from evenhand.ledger.plans import plans_of
from evenhand.lifecycle.arrange import acts, made_up, steps
from evenhand.outbound.contact import outbox, send
from evenhand.outbound.contact.made_up import learn, moment
from evenhand.outbound.contact.outbox import Waiting
from evenhand.outbound.payments.made_up import Someone, last
from evenhand.people import persons, staff

pytestmark = pytest.mark.django_db

LATE = date(2026, 5, 12)
NEXT = LATE + timedelta(days=1)


@pytest.fixture
def them() -> Someone:
    return made_up.behind()


def reminded(them: Someone, on: date) -> str:
    """What became of a reminder intended just after midnight of `on` for ten o'clock."""
    (point,) = [p.point for p in persons.points([them.borrower]) if p.kind == "phone"]
    head = streams.head(them.borrower)
    draft = facts.intended(on, {them.loan: 7}, date(2026, 5, 1), head.seq)
    body = {**draft.body, "address": point, "template": "attention", "due_at": moment(on, 10)}
    learn(them.borrower, draft._replace(body=body, loan=them.loan), at=moment(on, 0, 5))
    outbox.put([Waiting(them.borrower, head.seq + 1)], [moment(on, 10)])
    send.send_due(moment(on, 10))
    ended = [f for f in streams.stream(them.borrower) if f.cause == head.seq + 1]
    rules = [rule["rule"] for rule in ended[0].body.get("rules", ())]
    return " ".join([ended[0].kind, *rules])


def test_without_a_plan_the_reminder_leaves(them: Someone) -> None:
    assert reminded(them, NEXT) == "contact.leaving"


def test_while_it_is_asked_for_it_does_not(them: Someone) -> None:
    made_up.asked(them.borrower, them.loan, LATE)
    assert reminded(them, NEXT) == "contact.refused policy.pause.plan_asked"


def test_while_it_is_kept_it_does_not(them: Someone) -> None:
    made_up.running(them.borrower, them.loan, LATE)
    assert reminded(them, NEXT) == "contact.refused policy.pause.agreement"


def test_while_another_is_offered_it_does_not_and_once_that_has_lapsed_it_does(
    them: Someone,
) -> None:
    by = staff.enlist("lin", "a-long-password-1", role="supervisor", number="E-9")
    made_up.countered(them.borrower, them.loan, LATE, by)
    assert reminded(them, NEXT) == "contact.refused policy.pause.plan_asked"
    lapses = LATE + timedelta(days=7)
    steps.close(lapses, at=moment(lapses + timedelta(days=1), 0, 1))
    assert reminded(them, lapses + timedelta(days=1)) == "contact.leaving"


def test_once_it_is_declined_it_does(them: Someone) -> None:
    seq = made_up.asked(them.borrower, them.loan, LATE)
    by = staff.enlist("lin", "a-long-password-1", role="supervisor", number="E-9")
    acts.decline(them.borrower, seq, "Too long.", by, at=facts.noon(LATE) + 1)
    assert reminded(them, NEXT) == "contact.leaving"


def test_the_end_of_a_day_judges_the_plans(them: Someone) -> None:
    made_up.running(them.borrower, them.loan, LATE)
    made_up.pays(them, LATE, 204_600)
    counts = dict.fromkeys(("looked", "steps", "intended", "facts"), 0)
    body = {"day": LATE.isoformat(), "refusals": {}, **counts}
    at = moment(NEXT, 0, 5)
    (closed,) = streams.append(
        -1, [Draft("day.closed", LATE, "dayclose", body=body)], at=at,
        expected_seq=streams.head(-1).seq,
    )  # fmt: skip
    steps.day_closed([(closed.borrower, closed.seq)], at=at)
    assert [plan.state for plan in plans_of(streams.stream(them.borrower))] == ["kept"]
    assert last(them.borrower, "plan.ended").day == LATE
