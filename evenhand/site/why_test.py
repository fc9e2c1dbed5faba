"""`evenhand why`: the whole reason for a contact, as of any day and as known at any moment."""

from datetime import date, timedelta

import pytest

from evenhand.ledger import changes, loans, plans, streams
from evenhand.ledger import made_up as facts
from evenhand.ledger.facts import Draft
from evenhand.lifecycle.redress import acts
from evenhand.lifecycle.redress import made_up as redress
from evenhand.lifecycle.redress.acts import Wanted
from evenhand.lifecycle.repay import made_up as repaying
from evenhand.outbound.contact import made_up
from evenhand.outbound.contact.made_up import moment
from evenhand.site import simulated_days
from evenhand.site.commands import why

pytestmark = pytest.mark.django_db
SIGNED = date(2026, 3, 1)
DUE = SIGNED + timedelta(days=30)
LATE = DUE + timedelta(days=1)
YEN = {"currency": "JPY", "strategy": "standard"}


@pytest.fixture
def loan() -> int:
    """A loan that fell past due, was reminded once and complained of at noon."""
    (borrower,) = made_up.enrol(1, SIGNED)
    (loan,) = made_up.lend([borrower], SIGNED, strategy="reminders-only")

    def complain(day: date, at: int) -> None:
        if day == LATE:
            made_up.learn(borrower, Draft("complaint.opened", day, "borrower"), at=at)

    with simulated_days.standing_at(moment(SIGNED)) as house:
        for day in made_up.days(SIGNED, 35):
            simulated_days.close_day(house, day)
            simulated_days.live(house, day + timedelta(days=1), complain)
    return loan


def answer(capsys: pytest.CaptureFixture[str], *argv: object) -> list[str]:
    assert why.main([str(word) for word in argv]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) <= 30
    return lines


def test_a_figure_is_told_in_the_lines_that_pages_have(
    loan: int, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = answer(capsys, loan, "--on", DUE + timedelta(days=4), "--figure", "late_interest")
    # Four days of 1,000.00 x 18 % / 360.
    assert [" ".join(line.split()) for line in lines[:4]] == [
        "Late interest: CNY 2.00",
        "+ Instalment 1, due 31 Mar 2026 CNY 2.00",
        "CNY 1,000.00 × 4 (days from 31 Mar 2026 to 4 Apr 2026)",
        "+ all of it × 18% ÷ 360 CNY 2.00",
    ]
    assert why.main([str(loan), "--on", str(DUE), "--figure", "everything"]) == 2
    assert "has no figure 'everything' then" in capsys.readouterr().err


def test_on_the_first_late_day_the_reminder_is_the_step_and_allowed_at_eight(
    loan: int, capsys: pytest.CaptureFixture[str]
) -> None:
    known_at = f"{LATE}T00:04+08:00"
    lines = answer(capsys, loan, "--on", LATE, "--known-at", known_at)
    assert "  collect, rung 1 since 2026-03-31: a text message to the borrower's own phone" in lines
    assert f"  allowed, first at {LATE} 08:00" in lines
    assert not any("complaint" in line for line in lines)


def test_the_contact_made_is_told_with_its_verdict(
    loan: int, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = answer(capsys, loan, "--on", LATE)
    assert f"  collect by sms for {LATE} 08:00: sent" in lines
    assert any(line.startswith("  allowed by ") for line in lines)


def test_after_a_complaint_the_next_step_is_refused_with_its_rule(
    loan: int, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = answer(capsys, loan, "--on", DUE + timedelta(days=3))
    assert "  collect, rung 3 since 2026-03-31: a text message to the borrower's own phone" in lines
    assert any("refused by policy.pause" in line for line in lines)


def test_a_loan_nobody_knew_then_is_refused_in_one_line(
    loan: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert why.main([str(loan), "--known-at", "2026-02-01T00:00+08:00"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_contact_refused_at_sending_is_told_with_its_article(
    capsys: pytest.CaptureFixture[str],
) -> None:
    (borrower,) = made_up.enrol(1, SIGNED)
    (loan,) = made_up.lend([borrower], SIGNED, strategy="reminders-only")
    with simulated_days.standing_at(moment(SIGNED)) as house:
        for day in made_up.days(SIGNED, 31):
            simulated_days.close_day(house, day)
        made_up.learn(borrower, Draft("complaint.opened", LATE, "borrower"), at=moment(LATE, 7))
        simulated_days.live(house, LATE, lambda day, at: None)
    lines = answer(capsys, loan, "--on", LATE)
    assert f"  collect by sms for {LATE} 08:00: refused" in lines
    assert any(line.startswith("  refused by policy.pause") for line in lines)


def test_under_a_plan_it_says_what_of_it_comes_next(capsys: pytest.CaptureFixture[str]) -> None:
    (borrower,) = made_up.enrol(1, SIGNED)
    (loan,) = made_up.lend([borrower], SIGNED, strategy="reminders-only")
    owed = plans.unpaid(streams.stream(borrower), loan, LATE).before(LATE)
    days = [(LATE + timedelta(days=n)).isoformat() for n in (14, 44)]
    steps = [[days[0], 50_500], [days[1], owed - 50_500]]
    body = {"steps": steps, "total_minor": owed, "due_on": "2026-04-08"}
    asked = Draft("plan.proposed", LATE, "borrower", loan, body=body)
    made_up.learn(borrower, asked, at=moment(LATE, 12))
    seq = streams.head(borrower).seq
    lines = answer(capsys, loan, "--on", LATE)
    assert f"Plan (fact {seq}), asked" in lines
    assert "  our answer by 2026-04-08: until then nobody collects" in lines
    made_up.learn(borrower, Draft("plan.agreed", LATE, "house", loan, 0, seq), at=moment(LATE, 13))
    made_up.learn(borrower, facts.paid(loan, LATE, 500), at=moment(LATE, 14))
    lines = answer(capsys, loan, "--on", LATE)
    assert f"Plan (fact {seq}), running" in lines
    assert "  step 1 of 2: 500.00 by 2026-04-15" in lines
    assert "  the step alone 505.00, of which 5.00 is paid" in lines
    assert "  none that day" in lines


def test_what_was_waived_and_that_it_is_off_the_books_stand_below_the_position(
    capsys: pytest.CaptureFixture[str],
) -> None:
    (borrower,) = made_up.enrol(1, SIGNED)
    (loan,) = made_up.lend([borrower], SIGNED)
    late, off = {"part": "late", "reason": "illness"}, {"outstanding_minor": 1, "reason": "age"}
    given = Draft("charge.waived", LATE, "staff:1", loan, -10, body=late)
    gone = Draft("loan.written_off", LATE, "staff:1", loan, body=off)
    made_up.learn(borrower, given, given, gone, facts.paid(loan, LATE, 500), at=moment(LATE, 9))
    lines = answer(capsys, loan, "--on", LATE, "--known-at", f"{LATE}T12:00+08:00")
    assert "  waived late interest 0.20" in lines
    assert f"  written off on {LATE} (fact 5): owed as before; 5.00 came since" in lines


def test_what_a_payment_ahead_did_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """10,000.00 in twelve of 882.88; with the first 3,000.00 are paid ahead: eight of 807.64."""
    them = repaying.borrower(SIGNED, prepay=["shorter"], strategy="reminders-only")
    due = date(2026, 4, 1)
    money = repaying.pays(them, due, 388_288)
    payment = streams.stream(them.borrower)[money - 1]
    change = changes.prepaid(streams.stream(them.borrower), payment, "shorter")
    assert change
    repaying.learn(them.borrower, change, at=facts.noon(due))
    lines = answer(capsys, them.loan, "--on", due)
    told = lines.index(f"Paid ahead on {due} (fact {money}): a shorter term")
    assert lines[told + 1] == "  8 instalments left: 807.64, the last 807.64 on 2026-12-01"
    assert lines[told + 2] == "  interest saved 250.61"
    assert not any("Paid ahead" in line for line in answer(capsys, them.loan, "--on", SIGNED))


def test_sums_are_told_in_the_loans_own_currency(capsys: pytest.CaptureFixture[str]) -> None:
    """A yen has no hundredths."""
    (borrower,) = made_up.enrol(1, SIGNED)
    (loan,) = streams.new_loans(1).tolist()
    made_up.learn(borrower, facts.signed(loan, SIGNED, 2, **YEN), at=moment(SIGNED, 2))
    lines = answer(capsys, loan, "--on", SIGNED)
    assert "  outstanding 200,000, overpaid 0" in lines
    assert any(line.endswith("loan.signed 200,000, by borrower") for line in lines), lines


def test_what_happened_to_the_borrower_is_told_and_why_nobody_writes(
    loan: int, capsys: pytest.CaptureFixture[str]
) -> None:
    ill = {"state": "hospital", "told_by": "relative", "until": moment(LATE + timedelta(days=9))}
    borrower = loans.borrower_of(loan)
    assert borrower
    made_up.learn(borrower, Draft("state.began", LATE, "staff:7", body=ill), at=moment(LATE, 13))
    told = "\n".join(answer(capsys, loan, "--on", LATE))
    until = LATE + timedelta(days=8)
    assert f": hospital since {LATE} until {until}, told by relative" in told
    assert "Circumstance" not in "\n".join(answer(capsys, loan, "--on", DUE))


def test_a_dispute_is_told_with_what_it_stops_and_how_it_was_answered(
    capsys: pytest.CaptureFixture[str],
) -> None:
    (borrower,) = made_up.enrol(1, SIGNED)
    (loan,) = made_up.lend([borrower], SIGNED)
    wanted = Wanted("sum", "app", "", loan, 0, "late-interest", "paid")
    seq = acts.open_complaint(borrower, wanted, "borrower", at=moment(LATE, 12))
    lines = answer(capsys, loan, "--on", LATE + timedelta(days=1))
    place = lines.index(f"Dispute (fact {seq}) of late-interest, said to be paid already")
    assert lines[place + 1] == "  our answer by 2026-04-16: until then nobody asks for this debt"
    assert any("policy.pause.dispute" in line for line in lines)
    made_up.learn(borrower, facts.paid(loan, DUE, 100), at=moment(LATE, 13))
    redress.answer(borrower, seq, 7, at=moment(LATE, 14))
    told = "\n".join(answer(capsys, loan, "--on", LATE))
    assert f"answered: corrected\n  corrected by payment.received (fact {seq + 2})" in told
