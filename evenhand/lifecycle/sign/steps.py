"""From approval to signature: show, confirm, offer, open, confirm the measures, sign, withdraw.

Each is decided on the stream as it stands when the fact is written, and done twice it is done once.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from evenhand.ledger import charges, streams
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.house import day_of
from evenhand.lifecycle.sign import contracts, costs, reading
from evenhand.lifecycle.sign.agreement import Agreement, agreement
from evenhand.outbound.documents import documents

HAND: Final = "borrower"


class Refused(Exception):
    """Why a step cannot be taken now: a code, which the page puts into words.

    table, parties, contract, measures: that comes first. too_soon: the table was not read long
    enough. stale: another document than the one last offered. nowhere_to_pay: no account of ours
    counts today. left: the money is on its way. ended: signed, withdrawn or expired.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def stand(borrower: int, loan: int, *, at: int) -> Agreement | None:
    """Where the loan stands now; None where nothing of it was approved for this borrower."""
    return agreement(streams.stream(borrower), loan, day_of(at))


def show_table(borrower: int, loan: int, lang: str, *, at: int) -> None:
    """The cost table of today's terms, made and shown in the language, unless it was already."""

    def decide(found: Agreement, _facts: Sequence[Fact], day: date) -> list[Draft]:
        same = found.shown is not None and found.shown.body["lang"] == lang
        if found.step != "table" or same:
            return []
        values = costs.table(found.offer, found.terms, lang)
        made = documents.issue(borrower, "cost_table", values, lang, at=at)
        body = {
            "document": made.digest,
            "item": made.item,
            "lang": lang,
            "reading_seconds": reading.seconds(),
            "charges": [list(each) for each in charges.of_terms(found.terms)],
            "principal_minor": found.offer.offer_minor,
            "months": found.offer.offer_months,
            "yearly_hundredths": values["yearly_hundredths"],
        }
        return [
            Draft("cost_table.shown", day, "house", loan, cause=found.offer.decision, body=body)
        ]

    _act(borrower, loan, decide, at)


def confirm_table(borrower: int, loan: int, digest: str, read_seconds: int, *, at: int) -> None:
    """The borrower confirms the table shown, having had it before them for so many real seconds."""

    def decide(found: Agreement, _facts: Sequence[Fact], day: date) -> list[Draft]:
        if found.confirmed is not None:
            return []
        _require_open(found)
        if found.shown is None or found.shown.body["document"] != digest:
            raise Refused("stale")
        if read_seconds < found.shown.body["reading_seconds"]:
            raise Refused("too_soon")
        body = {"document": digest, "read_seconds": read_seconds}
        cause = found.shown.seq
        return [Draft("cost_table.confirmed", day, HAND, loan, cause=cause, body=body)]

    _act(borrower, loan, decide, at)


def offer_contract(borrower: int, loan: int, lang: str, *, at: int) -> None:
    """Today's contract in the language, made and offered unless it was already."""

    def decide(found: Agreement, facts: Sequence[Fact], day: date) -> list[Draft]:
        same = found.contract is not None and found.contract.body["lang"] == lang
        if same or found.signed or found.withdrawn:
            return []
        _require_before(found, "contract")
        assert found.confirmed is not None
        values = contracts.values(found, facts, lang, day)
        if not values["channels"]:
            raise Refused("nowhere_to_pay")
        made = documents.issue(borrower, "contract", values, lang, at=at)
        table = found.confirmed
        body = {"document": made.digest, "item": made.item, "lang": lang}
        body["cost_table"] = table.body["document"]
        return [Draft("contract.offered", day, "house", loan, cause=table.seq, body=body)]

    _act(borrower, loan, decide, at)


def open_contract(borrower: int, loan: int, *, at: int) -> Fact | None:
    """The borrower opens the contract last offered, which is returned; None where there is none."""

    def decide(found: Agreement, _facts: Sequence[Fact], day: date) -> list[Draft]:
        if found.contract is None or found.opened or found.signed:
            return []
        body = {"document": found.contract.body["document"]}
        return [Draft("contract.opened", day, HAND, loan, cause=found.contract.seq, body=body)]

    _act(borrower, loan, decide, at)
    found = stand(borrower, loan, at=at)
    return found.contract if found else None


def confirm_measures(borrower: int, loan: int, digest: str, *, at: int) -> None:
    """The borrower confirms, apart, the measures that the opened contract names."""

    def decide(found: Agreement, _facts: Sequence[Fact], day: date) -> list[Draft]:
        if found.measures:
            return []
        contract = _the_contract(found, "measures", digest)
        body = {"document": digest, "measures": list(found.terms["measures"])}
        return [Draft("measures.confirmed", day, HAND, loan, cause=contract.seq, body=body)]

    _act(borrower, loan, decide, at)


def sign(borrower: int, loan: int, digest: str, *, at: int) -> None:
    """The borrower assents to the very document last offered; the loan then awaits its money."""

    def decide(found: Agreement, _facts: Sequence[Fact], day: date) -> list[Draft]:
        if found.signed is not None and found.signed.body.get("contract") == digest:
            return []
        contract = _the_contract(found, "assent", digest)
        body = found.terms | {
            "awaits": "disbursal",
            "contract": digest,
            "cost_table": contract.body["cost_table"],
        }
        amount = found.offer.offer_minor
        return [Draft("loan.signed", day, HAND, loan, amount, contract.seq, body)]

    _act(borrower, loan, decide, at)


def withdraw(borrower: int, loan: int, *, at: int) -> None:
    """The borrower takes it back, without cost and without a reason, before the money has left."""

    def decide(found: Agreement, _facts: Sequence[Fact], day: date) -> list[Draft]:
        if found.withdrawn is not None:
            return []
        if found.left:
            raise Refused("left")
        last = found.signed or found.contract or found.confirmed or found.shown
        cause = last.seq if last else found.offer.decision
        body = {"reason": "borrower"}
        return [Draft("contract.withdrawn", day, HAND, loan, cause=cause, body=body)]

    _act(borrower, loan, decide, at)


Decide = Callable[[Agreement, Sequence[Fact], date], list[Draft]]


def _act(borrower: int, loan: int, decide: Decide, at: int) -> None:
    day = day_of(at)

    def judged(facts: Sequence[Fact]) -> list[Draft]:
        found = agreement(facts, loan, day)
        if found is None:
            raise Refused("ended")
        return decide(found, facts, day)

    act(borrower, judged, at=at)


def _require_open(found: Agreement) -> None:
    if found.signed or found.withdrawn or found.expired:
        raise Refused("ended")


ORDER: Final = ("table", "parties", "contract", "measures", "assent")


def _require_before(found: Agreement, step: str) -> None:
    """Refused where something comes before this step."""
    _require_open(found)
    if ORDER.index(found.step) < ORDER.index(step):
        raise Refused(found.step)


def _the_contract(found: Agreement, step: str, digest: str) -> Fact:
    """The contract last offered, where it is the one of the digest and this step's turn."""
    _require_open(found)
    if found.contract is None or found.contract.body["document"] != digest:
        raise Refused("stale")
    _require_before(found, step)
    return found.contract
