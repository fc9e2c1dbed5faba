"""What changes the loan of a made-up borrower on a day: relief, money paid ahead, what is given up.

Each change of a life says its day and what is done (`does`); the rest are the numbers it needs. A
day of the change itself is said by how many days it lasts (`days`). Staff act by the hands of the
demo's roll, and each through the same steps as from a page.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final, NamedTuple

from evenhand.ledger import house, one_loan, streams
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Draft
from evenhand.ledger.reliefs import change_of
from evenhand.lifecycle.circumstances import acts as circumstances
from evenhand.lifecycle.relief import acts, grants
from evenhand.lifecycle.repay import owing, paying, prepaying
from evenhand.lifecycle.writeoff import waiving, writing_off
from evenhand.outbound.payments import reference
from evenhand.providers.bank import simulator

COMPLIANCE: Final = "staff:1"
COLLECTOR: Final = "staff:2"
SUPERVISOR: Final = "staff:3"
FINANCE: Final = "staff:4"


class Moment(NamedTuple):
    """Whose loan, and when (microseconds UTC)."""

    person: int
    loan: int
    at: int


def change(here: Moment, said: Mapping[str, Any]) -> None:
    """Do what a change of a life says."""
    _DOES[said["does"]](here, said)


def _asks(here: Moment, said: Mapping[str, Any]) -> None:
    """The borrower asks for relief, having seen what it comes to."""
    wanted = _wanted(here, said)
    facts = streams.stream(here.person)
    seen = acts.possible(facts, here.loan, wanted, house.day_of(here.at), asked=True)
    minor = seen.after.pay_minor
    acts.ask(here.person, here.loan, wanted, "borrower", at=here.at, seen_minor=minor)


def _is_offered(here: Moment, said: Mapping[str, Any]) -> None:
    acts.offer(here.person, here.loan, _wanted(here, said), SUPERVISOR, at=here.at)


def _is_to_be_granted(here: Moment, said: Mapping[str, Any]) -> int:
    """One of staff proposes what costs the lender money; it waits for another hand."""
    wanted, places = _wanted(here, said), grants.places([here.loan])
    return grants.propose(wanted, places, said["reason"], SUPERVISOR, at=here.at)


def _is_granted(here: Moment, said: Mapping[str, Any]) -> None:
    seq = _is_to_be_granted(here, said)
    found = grants.would(_wanted(here, said), grants.places([here.loan]), house.day_of(here.at))
    grants.approve(seq, grants.given_up(found), COMPLIANCE, at=here.at)


def _pays_ahead(here: Moment, said: Mapping[str, Any]) -> None:
    """More than is due, from the own account, with what it is to do to the instalments."""
    facts, day = streams.stream(here.person), house.day_of(here.at)
    one = owing.loan_of(here.person, here.loan, house.day_number(day))
    minor, account = said["amount_minor"], paying.own_accounts(here.person, facts)[-1].item
    seen = prepaying.preview(facts, one, minor)
    assert seen, "there is something to choose"
    ordered = paying.order(here.person, one, minor, account, at=here.at)
    prepaying.choose(here.person, here.loan, seen, said["way"], at=here.at, cause=ordered.seq)


def _is_to_be_waived(here: Moment, said: Mapping[str, Any]) -> None:
    """All late interest that is due, proposed; it waits for another hand."""
    asked = waiving.Wanted(here.loan, "late", 0, said["reason"], whole=True)
    waiving.propose(asked, COLLECTOR, at=here.at)


def _is_bankrupt(here: Moment, said: Mapping[str, Any]) -> None:
    """A court has their debts in hand: nothing is collected."""
    draft = Draft("state.began", house.day_of(here.at), SUPERVISOR, body={"state": "bankruptcy"})
    act(here.person, lambda _facts: [draft], at=here.at)


def _has_died(here: Moment, said: Mapping[str, Any]) -> None:
    """A relative tells of it at the counter: nothing is collected, nothing is sent."""
    day = house.day_of(here.at)
    told = circumstances.Said("debtor_deceased", "relative", day)
    circumstances.record(here.person, told, SUPERVISOR, at=here.at)


def _write_off(here: Moment, said: Mapping[str, Any]) -> None:
    asked = writing_off.Wanted(here.loan, writing_off.WRITE_OFF, said["reason"])
    writing_off.approve(writing_off.propose(asked, FINANCE, at=here.at), COMPLIANCE, at=here.at)


def _recovers(here: Moment, said: Mapping[str, Any]) -> None:
    """Somebody transfers a part of what is owed, with the loan's reference."""
    minor, remark = said["amount_minor"], reference.of(here.loan)
    simulator.credit(simulator.PASSER_BY, minor, "CNY", remark, here.at)


def _wanted(here: Moment, said: Mapping[str, Any]) -> dict[str, Any]:
    """The change of terms: `days` of it as the last of them, `more` as instalments in all."""
    day, wanted = house.day_of(here.at), change_of(said)
    if "days" in said:
        wanted["until"] = (day + timedelta(days=said["days"])).isoformat()
    if "more" in said:
        found = one_loan.here(streams.stream(here.person), here.loan, day)
        assert found, "the loan has begun"
        wanted["count"] = found.left + said["more"]
    return wanted


_DOES: Final[Mapping[str, Callable[[Moment, Mapping[str, Any]], object]]] = {
    "asks": _asks,
    "is_offered": _is_offered,
    "is_to_be_granted": _is_to_be_granted,
    "is_granted": _is_granted,
    "pays_ahead": _pays_ahead,
    "is_to_be_waived": _is_to_be_waived,
    "is_bankrupt": _is_bankrupt,
    "has_died": _has_died,
    "is_written_off": _write_off,
    "recovers": _recovers,
}
