"""Under a plan: its next step is shown and paid, never all that is past due as if it were due."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from evenhand.ledger import house, plans, streams
from evenhand.ledger import made_up as facts
from evenhand.ledger.facts import Draft
from evenhand.lifecycle.repay import auto_debit, certificate, made_up, owing, paying, steps
from evenhand.outbound.contact import inbox
from evenhand.outbound.payments import debits, send
from evenhand.outbound.payments import made_up as money
from evenhand.outbound.payments.made_up import Someone
from evenhand.people.made_up import sign_in
from evenhand.providers.bank.simulator import Simulator

pytestmark = pytest.mark.django_db

D = date(2026, 3, 2)
LATE = date(2026, 5, 12)
"""Two instalments are past due, of 2 April and 2 May; the next falls due on 2 June."""
FIRST, SECOND = LATE + timedelta(days=14), LATE + timedelta(days=44)
INSTALMENT = 88_288
ENGLISH = {"accept-language": "en"}
DAY = timedelta(days=1)
INLINE = re.compile(r"</?(?:span|abbr|time)\b[^>]*>")
Move = Callable[[int], None]


@pytest.fixture
def them(client: Client, move_clock: Move) -> Someone:
    """Somebody past due, signed in on LATE."""
    who = made_up.borrower(D)
    sign_in(client, who.borrower)
    move_clock(facts.noon(LATE))
    return who


@pytest.fixture
def total(them: Someone) -> int:
    """What is past due on LATE: two instalments with their late interest."""
    found = stands(them, LATE).past_due_minor
    assert found > 2 * INSTALMENT
    return found


def stands(them: Someone, day: date) -> owing.Owing:
    return owing.loan_of(them.borrower, them.loan, house.day_number(day))


def text(client: Client, path: str, status: int = 200) -> str:
    answer: Any = client.get(path, headers=ENGLISH)
    assert answer.status_code == status, path
    return " ".join(unescape(INLINE.sub("", answer.content.decode())).split())


def amount(minor: int) -> str:
    return f"{minor // 100:,}.{minor % 100:02}"


def test_home_wants_the_next_step_by_its_day_and_not_what_is_past_due(
    client: Client, them: Someone, total: int
) -> None:
    made_up.agreed(them, LATE)
    page = text(client, "/my/")
    assert "Your plan holds" in page and "By 26 May 2026, in 14 days." in page
    assert f"step 1 of 3 of your plan, CNY {amount(total // 3)}." in page
    assert amount(total) not in page and "is past due" not in page
    assert "nobody collects" in page and f"/my/plan/{them.loan}/" in page
    assert "Late interest now" not in page


def test_of_a_step_paid_in_part_it_says_how_much(client: Client, them: Someone, total: int) -> None:
    made_up.agreed(them, LATE)
    made_up.pays(them, LATE, 10_000)
    page = text(client, "/my/")
    assert f"CNY {amount(total // 3 - 10_000)}" in page and "CNY 100.00 of it is paid." in page


def test_the_second_step_has_the_instalment_that_falls_due_meanwhile_in_it(
    client: Client, them: Someone, total: int, move_clock: Move
) -> None:
    made_up.agreed(them, LATE)
    made_up.pays(them, FIRST, total // 3)
    move_clock(facts.noon(FIRST + DAY))
    page = text(client, "/my/")
    assert f"CNY {amount(total // 3 + INSTALMENT)}" in page
    assert f"With it CNY {amount(INSTALMENT)} that falls due meanwhile." in page
    assert stands(them, FIRST + DAY).asked_on == SECOND


def test_the_sum_of_a_step_adds_up_on_its_page(
    client: Client, them: Someone, total: int, move_clock: Move
) -> None:
    made_up.agreed(them, LATE)
    made_up.pays(them, FIRST, total // 3)
    move_clock(facts.noon(FIRST + DAY))
    page = text(client, f"/my/sum/{them.loan}/step/")
    third = total - total // 3 * 2
    everything = total - total // 3 + INSTALMENT
    assert f"Everything due up to then: CNY {amount(everything)}" in page
    assert f"CNY {amount(third)}" in page
    assert f"= CNY {amount(everything - third)}" in page


def test_the_page_of_the_loan_names_the_step_too(client: Client, them: Someone, total: int) -> None:
    made_up.agreed(them, LATE)
    page = text(client, f"/my/loan/{them.loan}/")
    assert "The next step of your plan" in page and "Past due, paid in steps" in page
    assert f"CNY {amount(total // 3)}" in page and f"/my/plan/{them.loan}/" in page


def test_without_a_plan_no_step_has_a_sum(client: Client, them: Someone) -> None:
    text(client, f"/my/sum/{them.loan}/step/", 404)
    made_up.proposes(them, LATE)
    text(client, f"/my/sum/{them.loan}/step/", 404)


def test_the_step_is_what_is_paid_unless_more_is_chosen(
    client: Client, them: Someone, total: int
) -> None:
    made_up.agreed(them, LATE)
    names = [choice.name for choice in paying.choices(stands(them, LATE))]
    assert names == ["step", "past_due", "all"] and paying.likely(stands(them, LATE)) == "step"
    page = text(client, f"/my/pay/{them.loan}/")
    assert 'value="step" checked' in page and "More is never needed" in page
    sent = {"choice": "step", "amount": "", "account": str(them.account)}
    sent["on"] = str(house.day_number(LATE))
    client.post(f"/my/pay/{them.loan}/", sent)
    assert money.last(them.borrower, "debit.intended").amount == total // 3


@pytest.mark.parametrize("state", ["asked", "countered"])
def test_while_it_is_only_asked_for_nothing_past_due_is_wanted(
    client: Client, them: Someone, total: int, state: str
) -> None:
    seq = made_up.proposes(them, LATE)
    if state == "countered":
        counters(them, seq)
    page = text(client, "/my/")
    assert "nobody collects" in page and "You need not pay it while this lasts." in page
    assert f"Past due: CNY {amount(total)}." in page and '<p class="amount">' not in page
    assert f"Due as in the contract: CNY {amount(INSTALMENT)} by 2 Jun 2026." in page
    assert ("See what we offer" in page) == (state == "countered")
    one = stands(them, LATE)
    assert (one.state, one.asked_minor) == (state, INSTALMENT) and paying.likely(one) == "other"
    shown = text(client, f"/my/pay/{them.loan}/")
    assert 'value="other" checked' in shown and "nothing past due is wanted of you now" in shown


def counters(them: Someone, seq: int) -> None:
    steps = [[(LATE + timedelta(days=20)).isoformat(), 1]]
    body = {"steps": steps, "total_minor": 1, "due_on": (LATE + 7 * DAY).isoformat()}
    draft = Draft("plan.countered", LATE, "staff:1", them.loan, cause=seq, body=body)
    made_up.learn(them.borrower, draft, at=facts.noon(LATE))


def test_an_answer_that_is_late_is_said_to_be_late(
    client: Client, them: Someone, move_clock: Move
) -> None:
    made_up.proposes(them, LATE)
    move_clock(facts.noon(LATE + 7 * DAY))
    assert "A person of ours answers by" in text(client, "/my/")
    move_clock(facts.noon(LATE + 8 * DAY))
    assert "and it is late. We are sorry." in text(client, "/my/")


def test_an_agreement_whose_steps_are_not_ours_wants_no_sum_either(
    client: Client, them: Someone, total: int
) -> None:
    agreed = Draft("plan.agreed", LATE, "import", them.loan)
    made_up.learn(them.borrower, agreed, at=facts.noon(LATE))
    page = text(client, "/my/")
    assert "Your plan holds" in page and "Pay as you have agreed." in page
    assert stands(them, LATE).state == "held" and stands(them, LATE).asked_minor == INSTALMENT


def test_a_phone_keeps_the_step_and_its_day(client: Client, them: Someone, total: int) -> None:
    made_up.proposes(them, LATE)
    kept = client.get("/my/offline.json", headers=ENGLISH).json()["lines"]
    assert kept[0] == "Your proposal is with us: until our answer nobody collects."
    withdrawn = Draft("plan.withdrawn", LATE, "borrower", them.loan, cause=last_plan(them).seq)
    made_up.learn(them.borrower, withdrawn, at=facts.noon(LATE))
    made_up.agreed(them, LATE)
    kept = client.get("/my/offline.json", headers=ENGLISH).json()["lines"]
    assert kept[0] == f"CNY {amount(total // 3)} by 26 May 2026."


def last_plan(them: Someone) -> plans.Plan:
    return plans.plans_of(streams.stream(them.borrower))[-1]


def test_receipts_say_what_a_payment_did_to_the_plan(
    client: Client, them: Someone, total: int
) -> None:
    made_up.pays(them, LATE, 1)
    made_up.agreed(them, LATE)
    steps = [step.amount_minor for step in last_plan(them).steps]
    made_up.pays(them, LATE, steps[0] + 500)
    page = text(client, "/my/receipts/")
    assert page.count("Your plan: step 1 is paid.") == 1
    rest = steps[1] - 500 + INSTALMENT
    assert f"Still to be paid for step 2: CNY {amount(rest)} by 25 Jun 2026." in page


def test_the_receipt_on_paper_names_the_steps_paid_and_the_next_one(
    them: Someone, total: int
) -> None:
    made_up.agreed(them, LATE)
    first = last_plan(them).steps[0].amount_minor
    some = receipt(them, made_up.pays(them, LATE, 500))
    assert (some["steps_paid"], some["next_due_minor"]) == ("", first - 500)
    assert some["next_due_on"] == FIRST.isoformat()
    assert receipt(them, made_up.pays(them, LATE, first - 500))["steps_paid"] == "1"
    assert receipt(them, made_up.pays(them, LATE, total - first))["steps_paid"] == "2, 3"


def receipt(them: Someone, seq: int) -> dict[str, Any]:
    """What the paper is made of."""
    stream = streams.stream(them.borrower)
    return certificate.receipt_of(stream, stream[seq - 1])


def test_kept_to_the_end_is_said_once_until_it_is_read(
    client: Client, them: Someone, total: int
) -> None:
    agreement = made_up.agreed(them, LATE)
    made_up.pays(them, LATE, total)
    assert "Your plan" not in text(client, "/my/"), "nothing is past due any more"
    made_up.ended(them, agreement, LATE)
    assert "You kept your plan to the end" in text(client, "/my/")
    inbox.read(them.borrower, facts.noon(LATE) + 1)
    assert "You kept your plan" not in text(client, "/my/")


def test_ended_early_is_said_plainly_and_what_is_past_due_is_wanted_again(
    client: Client, them: Someone, total: int, move_clock: Move
) -> None:
    made_up.ended(them, made_up.agreed(them, LATE), LATE, "missed")
    page = text(client, "/my/")
    assert "a second step was not paid" in page and amount(total) in page
    move_clock(facts.noon(LATE + 31 * DAY))
    assert "a second step was not paid" not in text(client, "/my/")


def test_auto_debit_rests_and_takes_back_what_waits(client: Client, move_clock: Move) -> None:
    """Told on 1 June of the instalment of 2 June; a plan is agreed that noon."""
    them = made_up.borrower(D, card="6222020200011119999")
    debits.authorise(them.borrower, them.loan, them.account, INSTALMENT, "ab" * 32, facts.noon(D))
    due = date(2026, 6, 2)
    assert auto_debit.plan_one(them.borrower, them.loan, due, facts.noon(due - DAY))
    seq = made_up.agreed(them, due - DAY)
    steps.stopped([(them.borrower, seq)], at=facts.noon(due - DAY))
    assert money.last(them.borrower, "debit.withdrawn").body["reason"] == "agreement_in_force"
    send.send_due(facts.noon(due), bank=Simulator())
    assert "debit.leaving" not in made_up.kinds(them.borrower)
    july = date(2026, 7, 2)
    assert not auto_debit.plan_one(them.borrower, them.loan, july, facts.noon(july - DAY))
    sign_in(client, them.borrower)
    move_clock(facts.noon(due - DAY))
    assert "Auto-debit rests meanwhile" in text(client, "/my/")
    page = text(client, f"/my/auto-debit/{them.loan}/")
    assert "nothing is taken: you pay each sum yourself" in page and "Stop auto-debit" in page
    step = plans.plans_of(streams.stream(them.borrower))[0].steps[0].amount_minor
    assert f"CNY {amount(step + INSTALMENT)}" in page


def test_a_debit_that_waits_when_a_plan_is_agreed_leaves_for_nothing(them: Someone) -> None:
    """Even if nobody takes it back: what is judged again before it leaves sees the plan."""
    debits.authorise(them.borrower, them.loan, them.account, INSTALMENT, "ab" * 32, facts.noon(D))
    due = date(2026, 6, 2)
    assert auto_debit.plan_one(them.borrower, them.loan, due, facts.noon(due - DAY))
    made_up.proposes(them, due - DAY)
    send.send_due(facts.noon(due), bank=Simulator())
    assert "debit.leaving" not in made_up.kinds(them.borrower)
    assert money.last(them.borrower, "debit.withdrawn").body["reason"] == "plan_asked"


def test_of_a_time_barred_debt_that_is_said_before_any_sum(client: Client, them: Someone) -> None:
    for page in ("/my/", f"/my/pay/{them.loan}/"):
        assert "time-barred" not in text(client, page)
    barred = Draft("state.began", LATE, "house", them.loan, body={"state": "time_barred"})
    made_up.learn(them.borrower, barred, at=facts.noon(LATE))
    for page in ("/my/", f"/my/pay/{them.loan}/"):
        found = text(client, page)
        assert found.index("it is time-barred") < found.index("CNY"), page
        assert "the time may begin anew" in found and "Pay when you can" not in found
