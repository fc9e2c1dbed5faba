"""The paid-off certificate (结清证明), issued once and unasked; and receipts on demand."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from evenhand.ledger import house, plans, streams
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Draft, Fact
from evenhand.lifecycle.repay import owing, prepaying, words
from evenhand.lifecycle.repay.owing import Owing
from evenhand.lifecycle.repay.parts import Paid
from evenhand.outbound.contact import tell
from evenhand.outbound.documents import documents
from evenhand.outbound.documents.documents import Issued
from evenhand.people import persons
from evenhand.web import shown

PAID_OFF: Final = "paid_off"
RECEIPT: Final = "receipt"
SIGNED: Final = ("loan.signed", "loan.imported")


def issued(facts: Sequence[Fact], loan: int) -> Fact | None:
    """The certificate of a loan, if one was issued since it was last paid off."""
    found = [
        fact
        for fact in facts
        if fact.kind == "certificate.issued" and fact.loan == loan
        if fact.body["about"] == PAID_OFF
    ]
    reopened = [f.seq for f in facts if f.kind == "payment.reversed" and f.loan == loan]
    stands = found and found[-1].seq > max(reopened, default=0)
    return found[-1] if stands else None


def paid_off(borrower: int, loan: int, *, at: int) -> bytes | None:
    """The certificate of a loan; None where something is owed, or the loan is not theirs."""
    issue(borrower, loan, at=at)
    fact = issued(streams.stream(borrower), loan)
    return documents.read(borrower, fact.body["item"]) if fact else None


def issue(borrower: int, loan: int, *, at: int) -> bool:
    """Issue the certificate where nothing is owed any more, once, and tell of it."""
    facts = streams.stream(borrower)
    one = owing.on_facts(facts, loan, house.day_number(house.day_of(at)))
    if one is None or not one.paid_off or issued(facts, one.loan):
        return False
    lang = persons.masked([borrower])[borrower].lang
    document = documents.issue(borrower, PAID_OFF, _certificate(facts, one), lang, at=at)
    written = act(borrower, lambda known: _once(known, one.loan, document, lang, at), at=at)
    if written:
        values = {"day": written[0].day.isoformat()}
        tell.tell(borrower, "paid_off", at=at, cause=written[0].seq, loan=one.loan, values=values)
    return bool(written)


def receipt(borrower: int, payment: Fact, lang: str, *, at: int) -> bytes:
    """The receipt of a payment as a signed document; made once, then the same bytes again."""

    def make(facts: Sequence[Fact]) -> Draft:
        made = documents.issue(borrower, RECEIPT, receipt_of(facts, payment), lang, at=at)
        body, day = _body(RECEIPT, made, lang), house.day_of(at)
        return Draft("certificate.issued", day, "house", payment.loan, 0, payment.seq, body)

    return made_once(borrower, lambda facts: _made(facts, payment.seq), make, at=at)


def made_once(
    borrower: int,
    find: Callable[[Sequence[Fact]], Fact | None],
    make: Callable[[Sequence[Fact]], Draft],
    *,
    at: int,
) -> bytes:
    """The document that `find` finds among the borrower's facts; made where there is none yet."""
    facts = streams.stream(borrower)
    found = find(facts)
    if found is None:
        draft = make(facts)
        act(borrower, lambda known: [] if find(known) else [draft], at=at)
        found = find(streams.stream(borrower))
    assert found is not None, "a document just made is in the stream"
    return documents.read(borrower, found.body["item"])


def _made(facts: Sequence[Fact], payment: int) -> Fact | None:
    """The receipt of a payment that was printed before."""
    found = [f for f in facts if f.kind == "certificate.issued" and f.cause == payment]
    return next((fact for fact in found if fact.body["about"] == RECEIPT), None)


def _once(known: Sequence[Fact], loan: int, made: Issued, lang: str, at: int) -> list[Draft]:
    if issued(known, loan):
        return []
    body = _body(PAID_OFF, made, lang)
    return [Draft("certificate.issued", house.day_of(at), "house", loan, body=body)]


def _body(about: str, made: Issued, lang: str) -> dict[str, Any]:
    return {"about": about, "document": made.digest, "item": made.item, "lang": lang}


def _certificate(facts: Sequence[Fact], one: Owing) -> dict[str, Any]:
    signed = next(f for f in facts if f.loan == one.loan and f.kind in SIGNED)
    return {
        "loan": one.loan,
        "currency": one.currency,
        "principal_minor": one.principal_minor,
        "paid_minor": one.paid_minor - one.overpaid_minor,
        "signed_on": signed.day.isoformat(),
        "paid_off_on": house.day_from(one.book.payments[-1].day).isoformat(),
    }


def receipt_of(facts: Sequence[Fact], payment: Fact) -> dict[str, Any]:
    """What a receipt says: what was paid with it, and what comes next; under a plan its steps."""
    one = owing.on_facts(facts, payment.loan, house.day_number(payment.day))
    assert one is not None, "a payment is of a loan that has begun"
    known = [fact for fact in facts if fact.seq <= payment.seq]
    did = plans.effect(facts, payment)
    step = did.coming if did else None
    return {
        "loan": one.loan,
        "currency": one.currency,
        "received_on": payment.day.isoformat(),
        "amount_minor": payment.amount,
        "channel": words.channel(payment.body["channel"]),
        "reference": payment.body["reference"],
        "parts": [[name, amount] for name, amount in of_payment(facts, payment, one) if amount],
        "steps_paid": ", ".join(map(str, did.steps)) if did else "",
        "ahead": _ahead(facts, payment),
        "still_owed_minor": one.owed_minor,
        "next_due_on": step.by.isoformat() if step else _iso(one.next_due_on),
        "next_due_minor": step.pay_minor if step else one.next_due_minor,
        "head": known[-1].link[:6].hex(),
    }


def _ahead(facts: Sequence[Fact], payment: Fact) -> dict[str, Any]:
    """What the part paid ahead did to the schedule; empty where it was left as it is."""
    if (outlook := prepaying.outcome(facts, payment)) is None:
        return {}
    return {
        "way": outlook.way,
        "count": outlook.left,
        "last_on": _iso(outlook.last_on),
        "saved_minor": outlook.saved_minor,
    }


def _iso(day: int) -> str:
    """A day in ISO form; empty where there is none."""
    found = shown.as_date(day)
    return found.isoformat() if found else ""


def of_payment(facts: Sequence[Fact], payment: Fact, one: Owing) -> list[tuple[str, int]]:
    """What of a payment paid late interest, interest, principal, and what was over."""
    paid = paid_by(facts, payment, one)
    ahead = paid.ahead
    return [
        ("late_interest", sum(part.late_minor for part in paid.parts)),
        ("fee", sum(part.fee_minor for part in paid.parts) + ahead.fee_minor),
        ("interest", sum(part.interest_minor for part in paid.parts) + ahead.interest_minor),
        (
            "principal",
            sum(part.principal_minor for part in paid.parts) + ahead.principal_minor,
        ),
        ("overpaid", paid.over_minor),
    ]


def paid_by(facts: Sequence[Fact], payment: Fact, one: Owing) -> Paid:
    """Where this payment went: its place among the loan's payments by day and seq."""
    taken_back = owing.taken_back(facts)
    mine = [
        fact
        for fact in facts
        if fact.kind == "payment.received" and fact.loan == payment.loan
        if fact.seq not in taken_back
    ]
    order = sorted(mine, key=lambda fact: (fact.day, fact.seq))
    return one.book.payments[order.index(payment)]
