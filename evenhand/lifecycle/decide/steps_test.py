"""From a made application to its answer, and to a person's."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection

from evenhand.ledger import products, streams
from evenhand.ledger.applications import Application, applications
from evenhand.ledger.facts import Draft
from evenhand.lifecycle.decide import steps, waiting
from evenhand.lifecycle.decide.made_up import SOUND, applicant, apply, born
from evenhand.lifecycle.decide.reviewing import Judge, Refused, Verdict, confirm, decide
from evenhand.outbound.contact import closing
from evenhand.outbound.contact.made_up import lend, moment
from evenhand.people import kept, persons

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 2)
NOW = moment(DAY, 10)
YES = Verdict("approve", ("staff.explained",), "we spoke", 500_000, 12)
NO = Verdict("decline", ("staff.unclear",), "we could not tell")
QIAN, WU = Judge(3, "underwriter"), Judge(4, "supervisor")
THIN = replace(SOUND, account="none", savings="none", employed_since="2025-10")


def stands(person: int, loan: int) -> Application:
    return applications(streams.stream(person))[loan]


def decided(person: int, loan: int) -> Application:
    steps.decide(facts=[(person, stands(person, loan).seq)], at=NOW)
    return stands(person, loan)


def waits(principal_minor: int = 1_000_000) -> tuple[int, int]:
    """Somebody with few points who asked for a person."""
    person = applicant(NOW)
    loan = apply(person, NOW, THIN, principal_minor=principal_minor)
    assert decided(person, loan).stage in ("referred", "declined")
    assert steps.ask_review(person, loan, "please look", at=NOW)
    return person, loan


def test_a_sound_application_is_approved_and_says_until_when() -> None:
    person = applicant(NOW)
    one = decided(person, apply(person, NOW))
    assert (one.stage, one.offer_minor, one.reasons) == ("approved", 1_000_000, ())
    assert one.until == date(2026, 3, 31)


def test_deciding_twice_is_deciding_once() -> None:
    person = applicant(NOW)
    loan = apply(person, NOW)
    first = decided(person, loan)
    assert decided(person, loan) == first
    kinds = [fact.kind for fact in streams.stream(person)]
    assert kinds.count("decision.made") == 1


def test_the_explanation_is_the_decision_worked_out_again() -> None:
    person = applicant(NOW)
    one = decided(person, apply(person, NOW, THIN))
    again = steps.again(streams.stream(person), one)
    assert again is not None
    assert (again.points, again.reasons) == (one.points, one.reasons)


def test_nothing_of_the_answers_is_in_the_facts() -> None:
    person = applicant(NOW)
    one = decided(person, apply(person, NOW))
    assert "900000" not in "".join(str(fact.body) for fact in streams.stream(person))
    assert kept.committed(person, one.text) == SOUND.text()


@pytest.mark.parametrize(("days", "stage"), [(0, "approved"), (-1, "declined")])
def test_the_birthday_itself_is_of_age(days: int, stage: str) -> None:
    person = applicant(NOW, identity=born(DAY, 18, days))
    assert decided(person, apply(person, NOW)).stage == stage


def test_who_is_not_verified_or_studies_is_declined() -> None:
    stranger, student = applicant(NOW, answer="mismatch"), applicant(NOW, student="yes")
    assert decided(stranger, apply(stranger, NOW)).reasons[0] == "identity"
    assert decided(student, apply(student, NOW)).reasons[0] == "student"


def test_no_loan_to_repay_a_loan() -> None:
    person = applicant(NOW)
    one = decided(person, apply(person, NOW, purpose="repay_loan"))
    assert (one.stage, one.reasons) == ("declined", ("purpose",))


def test_a_loan_with_us_that_is_late_counts_against_another() -> None:
    person = applicant(NOW)
    lend([person], date(2026, 1, 1))
    later = moment(date(2026, 2, 2), 10)
    loan = apply(person, later)
    steps.decide(facts=[(person, stands(person, loan).seq)], at=later)
    assert stands(person, loan).reasons[0] == "past_due"


def test_the_fourth_application_in_thirty_days_is_for_a_person() -> None:
    person = applicant(NOW)
    for _ in range(3):
        loan = apply(person, NOW)
        decided(person, loan)
        withdraw(person, loan)
    assert decided(person, apply(person, NOW)).reasons == ("many_applications",)


def withdraw(person: int, loan: int) -> None:
    draft = Draft("application.withdrawn", DAY, "borrower", loan, cause=stands(person, loan).seq)
    streams.append(person, [draft], at=NOW, expected_seq=streams.head(person).seq)


def test_of_the_erased_nothing_is_decided() -> None:
    person = applicant(NOW)
    loan = apply(person, NOW)
    persons.erase(person, purpose="legal_request", by=1, at=NOW)
    assert decided(person, loan).stage == "open"


def test_a_person_looks_once_asked_and_says_yes() -> None:
    person, loan = waits()
    assert [each.loan for each in waiting.line()] == [loan]
    assert decide(person, loan, YES, QIAN, at=NOW) == "made"
    one = stands(person, loan)
    assert (one.stage, one.offer_minor, one.decided_by) == ("approved", 500_000, "staff:3")
    assert closing.typed(kept.committed(person, one.words)) == "we spoke"
    assert waiting.line() == []


def test_a_person_says_no_with_a_reason_and_is_not_asked_again() -> None:
    person, loan = waits()
    decide(person, loan, NO, QIAN, at=NOW)
    one = stands(person, loan)
    assert (one.stage, one.reasons) == ("declined", ("staff.unclear",))
    assert not steps.ask_review(person, loan, "again", at=NOW)


def test_a_large_sum_takes_two_and_the_second_a_supervisor() -> None:
    person, loan = waits(3_000_000)
    large = replace(YES, principal_minor=2_500_000, months=24)
    assert decide(person, loan, large, QIAN, at=NOW) == "proposed"
    assert stands(person, loan).stage != "approved"
    with pytest.raises(Refused, match="two"):
        confirm(person, loan, QIAN, at=NOW)
    confirm(person, loan, WU, at=NOW)
    assert stands(person, loan).offer_minor == 2_500_000


def test_a_supervisor_does_not_confirm_the_own_proposal() -> None:
    person, loan = waits(3_000_000)
    large = replace(YES, principal_minor=2_500_000, months=24)
    assert decide(person, loan, large, WU, at=NOW) == "proposed"
    with pytest.raises(Refused, match="two"):
        confirm(person, loan, WU, at=NOW)


def test_nobody_decides_an_application_of_their_own() -> None:
    person, loan = waits()
    with pytest.raises(Refused, match="own"):
        decide(person, loan, YES, replace(QIAN, beside=person), at=NOW)
    other = applicant(NOW)
    entered = apply(other, NOW, THIN, hand="staff:3")
    decided(other, entered)
    steps.ask_review(other, entered, "", at=NOW)
    with pytest.raises(Refused, match="own"):
        decide(other, entered, YES, QIAN, at=NOW)


def test_no_rule_that_declines_is_outvoted() -> None:
    person = applicant(NOW)
    loan = apply(person, NOW, replace(THIN, income_minor=300_000, supported=3))
    decided(person, loan)
    steps.ask_review(person, loan, "", at=NOW)
    with pytest.raises(Refused) as refused:
        decide(person, loan, YES, QIAN, at=NOW)
    assert refused.value.codes == ("rules", "left")


def test_no_more_than_was_asked_for() -> None:
    person, loan = waits()
    for wrong in (replace(YES, principal_minor=1_000_001), replace(YES, principal_minor=1)):
        with pytest.raises(Refused, match="beyond"):
            decide(person, loan, wrong, QIAN, at=NOW)
    with pytest.raises(Refused, match="bounds"):
        decide(person, loan, replace(YES, months=25), QIAN, at=NOW)


def test_who_withdraws_stands_in_line_no_more() -> None:
    person, loan = waits()
    withdraw(person, loan)
    steps.clear(facts=[(person, streams.head(person).seq)], at=NOW)
    assert waiting.line() == []
    with pytest.raises(Refused, match="ended"):
        decide(person, loan, NO, QIAN, at=NOW)


def test_the_line_is_made_again_from_the_facts() -> None:
    person, loan = waits()
    decided_by_staff, _ = waits()
    line = waiting.line()
    assert list(waiting.rebuild()) == [[]]
    waiting.leave(loan)
    with connection.cursor() as cursor:
        cursor.execute("delete from decide_application where borrower = %s", [decided_by_staff])
    (found,) = waiting.rebuild()
    assert sorted(each.how for each in found) == ["changed", "missing"]
    assert waiting.line() == line and waiting.borrower_of(loan) == person


def test_a_product_is_found_whose_version_was_applied_for() -> None:
    person = applicant(NOW)
    one = stands(person, apply(person, NOW))
    assert steps.tools_for(one, NOW).product == products.find("demo", 1)
