"""A second factor is reset by command, and the house's stream says so."""

import pytest

from evenhand.ledger import house, streams
from evenhand.lifecycle.staffing import acts
from evenhand.people import staff, staff_factor
from evenhand.site.commands import staff as command

pytestmark = pytest.mark.django_db


def test_a_lost_phone_the_command_resets_the_factor(capsys: pytest.CaptureFixture[str]) -> None:
    lin = staff.enlist("lin", "correct horse battery", role="admin", number="E1")
    staff_factor.publish(lin, b"12345678901234567890")
    assert command.main(["lin", "--reset-factor"]) == 0
    assert staff_factor.state_of(lin) == ""
    (fact,) = streams.stream(house.STAFF)
    assert (fact.kind, fact.hand, fact.body) == ("staff.factor_reset", "house", {"staff": lin})
    assert "lin sets up a new second factor" in capsys.readouterr().out


def test_a_forgotten_password_the_command_prints_a_code_for_a_new_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    lin = staff.enlist("lin", "correct horse battery", role="admin", number="E1")
    assert command.main(["lin", "--forgot-password"]) == 0
    code = capsys.readouterr().out.split()[-1]
    assert acts.set_password(lin, code, "balance scale 9", at=1_776_000_000_000_000)
    kinds = [(fact.kind, fact.hand) for fact in streams.stream(house.STAFF)]
    assert kinds == [("staff.password_reset", "house"), ("staff.password_set", f"staff:{lin}")]


def test_nobody_of_that_name_and_no_role_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["nobody", "--reset-factor"]) == 2
    assert command.main(["lin"]) == 2
    assert "--role and --number are required" in capsys.readouterr().err
