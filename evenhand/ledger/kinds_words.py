"""Kinds of facts about words: what the guard held back, and which wording may leave.

`words.refused`, in a stream of its own: words one of staff wrote to `person` and the guard held
back. `categories` are the law's, `where` the page they were for; the words are sealed with the
person's own, `lexicon` the fingerprint of what the guard went by.

`template.proposed`: `words` are wordings by key (sort/template/language), each its fields; nothing
of them is about a person. It does `use` them, or `stop` the use of those keys, once one of staff
other than its hand has written `template.approved` to it.
"""

from typing import Final

from evenhand.ledger import bodies
from evenhand.ledger.kind import Kind, kind

WHERE: Final = (
    "complaint_answer",
    "complaint_longer",
    "complaint_allowed",
    "plan_agreed",
    "plan_declined",
    "plan_countered",
    "claim_answer",
    "decision",
    "reply",
)
"""For which of their words to a borrower staff were held back."""
WRITTEN: Final = {
    "complaint.answered": "complaint_answer",
    "complaint.extended": "complaint_longer",
    "complaint.collection_allowed": "complaint_allowed",
    "plan.agreed": "plan_agreed",
    "plan.declined": "plan_declined",
    "plan.countered": "plan_countered",
    "claim.upheld": "claim_answer",
    "state.ended": "claim_answer",
    "decision.made": "decision",
    "reply.answered": "reply",
}
"""The facts that carry such words, and for which page they were written."""
DOES: Final = ("use", "stop")
DECLINED_FOR: Final = ("law", "unclear", "tone", "figures", "taken_back")
"""Why a wording is not approved; the last is its own hand's."""

WORDS: Final[dict[str, Kind]] = {
    "words.refused": kind(
        {
            "person": bodies.integer,
            "where": bodies.one_of(WHERE),
            "categories": bodies.plain_list,
            "lexicon": bodies.code,
            "text": bodies.code,
        },
        "staff",
    ),
    "template.proposed": kind({"does": bodies.one_of(DOES), "words": bodies.plain_dict}, "staff"),
    "template.approved": kind({}, "staff", caused=True),
    "template.declined": kind({"reason": bodies.one_of(DECLINED_FOR)}, "staff", caused=True),
}
