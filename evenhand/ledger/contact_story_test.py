"""One story a contact: planned, judged, left, answered, from the facts of a stream alone."""

from datetime import date

from evenhand.ledger import made_up as m
from evenhand.ledger.contact_story import contacts
from evenhand.ledger.facts import Draft, Fact

D = date(2026, 3, 1)


def stream(*drafts: Draft) -> list[Fact]:
    """The drafts as facts of one stream, a moment apart."""
    return [_fact(seq, draft) for seq, draft in enumerate(drafts, start=1)]


def _fact(seq: int, d: Draft) -> Fact:
    at = m.noon(d.day) + seq
    body = dict(d.body)
    return Fact(41, seq, d.loan, d.day, at, d.kind, d.amount, d.cause, d.hand, body, b"")


def ended(kind: str, cause: int, **body: object) -> Draft:
    return Draft(kind, D, "outbox", cause=cause, body=body)


INTENDED = m.intended(D, {7: 1}, D, 1)


def test_a_message_that_was_sent() -> None:
    sent = ended("contact.sent", 2, provider="simulator", reference="s1")
    (one,) = contacts(stream(INTENDED, m.leaving(D, 1), sent))
    assert (one.outcome, one.channel, one.purpose) == ("sent", "sms", "collect")
    assert one.left_at == m.noon(D) + 2
    assert [name for name, _digest in one.packs] == ["cn", "policy"]
    assert one.rules_checked == 12


def test_one_refused_at_sending_says_under_which_rules() -> None:
    rules = [{"rule": "cn.hours", "cite": "GB/T"}, {"rule": "cn.hours", "cite": "CBA"}]
    refused = ended("contact.refused", 1, rules=rules, not_before=0)
    (one,) = contacts(stream(INTENDED, refused))
    assert one.outcome == "refused"
    assert one.refusals == [("cn.hours", ["GB/T", "CBA"])]


def test_a_delivery_report_comes_last_and_the_newest_contact_first() -> None:
    told = Draft("contact.reported", D, "provider:sms", cause=2, body={"fate": "undelivered"})
    found = contacts(stream(INTENDED, m.leaving(D, 1), told, INTENDED))
    assert [one.outcome for one in found] == ["waiting", "undelivered"]


def test_what_is_about_no_contact_is_no_story() -> None:
    assert contacts(stream(m.enrolled(D), m.signed(7, D))) == []
