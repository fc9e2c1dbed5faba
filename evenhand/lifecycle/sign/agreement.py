"""Where a loan stands between its approval and its signature, from the facts of its stream."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from evenhand.ledger import charges, house, parties
from evenhand.ledger.applications import Application, applications
from evenhand.ledger.facts import Fact
from evenhand.lifecycle.sign.terms import terms_of


class Agreement(NamedTuple):
    """A loan on its way to being signed, as of a day.

    `shown`: the cost table of these very terms as last shown; `confirmed`: its confirmation.
    `contract`: what was offered on this day and nothing has overtaken (else `overtaken`); `opened`,
    `measures`: what the borrower did with it. `signed`, `withdrawn`: how it ended. `invited`: who
    was asked to answer for the loan, still may, and has not said. `left`: the money is on its way,
    or there.
    """

    offer: Application
    terms: dict[str, Any]
    shown: Fact | None
    confirmed: Fact | None
    contract: Fact | None
    overtaken: bool
    opened: bool
    measures: bool
    signed: Fact | None
    withdrawn: Fact | None
    invited: int
    left: bool
    expired: bool

    @property
    def step(self) -> str:
        """What is next: withdrawn, signed, expired, table, parties, contract, measures, assent."""
        ended = (
            (self.withdrawn is not None, "withdrawn"),
            (self.signed is not None, "signed"),
            (self.expired, "expired"),
            (self.confirmed is None, "table"),
            (self.invited > 0, "parties"),
            (self.contract is None or not self.opened, "contract"),
            (not self.measures, "measures"),
        )
        return next((step for holds, step in ended if holds), "assent")


def agreement(facts: Sequence[Fact], loan: int, on: date) -> Agreement | None:
    """Where the loan stands on a day; None where nothing of it was approved."""
    own = [fact for fact in facts if fact.loan == loan]
    withdrawn = _last(own, "contract.withdrawn")
    found = applications(facts).get(loan)
    if found is None or not found.offer_minor:
        return None
    if found.stage not in (("withdrawn",) if withdrawn else ("approved", "signed")):
        return None
    terms = terms_of(found, on)
    shown = _shown(own, found, terms)
    confirmed = _answer(own, "cost_table.confirmed", shown)
    contract = _contract(own, confirmed, on)
    invitations = parties.invitations(facts, loan)
    return Agreement(
        offer=found,
        terms=terms,
        shown=shown,
        confirmed=confirmed,
        contract=contract,
        overtaken=contract is None and _last(own, "contract.offered") is not None,
        opened=_answer(own, "contract.opened", contract) is not None,
        measures=_answer(own, "measures.confirmed", contract) is not None,
        signed=_last(own, "loan.signed"),
        withdrawn=withdrawn,
        invited=sum(each.is_open(on) for each in invitations),
        left=has_left(own),
        expired=found.until is not None and found.until < on,
    )


def has_left(own: Sequence[Fact]) -> bool:
    """Is the loan's money on its way or there? What failed came back: it may still be withdrawn."""
    failed = {fact.cause for fact in own if fact.kind == "transfer.failed"}
    begun = any(fact.kind == "loan.disbursed" for fact in own)
    gone = [fact for fact in own if fact.kind == "transfer.leaving" and fact.seq not in failed]
    return begun or bool(gone)


def _shown(own: Sequence[Fact], offer: Application, terms: dict[str, Any]) -> Fact | None:
    """The table last shown, where it is of these very terms."""
    last = _last(own, "cost_table.shown")
    listed = [list(each) for each in charges.of_terms(terms)]
    wanted = {
        "principal_minor": offer.offer_minor,
        "months": offer.offer_months,
        "charges": listed,
    }
    fits = last is not None and all(last.body[key] == value for key, value in wanted.items())
    return last if fits else None


def _contract(own: Sequence[Fact], confirmed: Fact | None, on: date) -> Fact | None:
    """The contract last offered, where it is of this day and of the confirmed table, and nobody has
    joined or left since."""
    last = _last(own, "contract.offered")
    if last is None or confirmed is None or house.day_of(last.at) != on:
        return None
    moved = any(fact.kind.startswith("party.") and fact.seq > last.seq for fact in own)
    same = last.body["cost_table"] == confirmed.body["document"]
    return last if same and not moved else None


def _answer(own: Sequence[Fact], kind: str, asked: Fact | None) -> Fact | None:
    """The fact of this kind that answers another."""
    if asked is None:
        return None
    return next((fact for fact in own if fact.kind == kind and fact.cause == asked.seq), None)


def _last(own: Sequence[Fact], kind: str) -> Fact | None:
    return next((fact for fact in reversed(own) if fact.kind == kind), None)
