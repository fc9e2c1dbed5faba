"""Kinds of facts that hold for a while: complaints, disputes, plans, wishes, other states.

A claim is a `state.began` of identity_theft for a loan: `claim.taken` says who of staff answers for
it, `claim.upheld` that it is right (the state stays), `state.ended` that it is not.

A plan is asked for by `plan.proposed`, which begins the state plan_asked. What answers it names it
as its cause and ends that state: `plan.agreed` begins agreement_in_force, `plan.declined` and
`plan.withdrawn` begin nothing. `plan.countered` offers other steps and ends nothing: the borrower's
`plan.agreed` with these steps does, or `plan.refused`, or `plan.lapsed` after its `due_on`. A plan
agreed without a proposal (brought by a tape, say) has no steps we judge.

A complaint is opened, and may be appealed once it is answered: each begins the state
complaint_open, and what is said of it names that fact as its cause. `complaint.collection_allowed`
ends this state before the answer, and begins complaint_heard, which stops nothing; the answer then
names that one.

A complaint about a sum stands with `dispute.opened`, which names what began the complaint's round
as its cause and begins dispute_open; `dispute.answered` ends it with the complaint's answer. One
that was brought by a tape stands alone, and what is said of it names it as a complaint is named.
"""

from typing import Final

from evenhand.core import words
from evenhand.ledger import bodies
from evenhand.ledger.kind import ANYBODY, Kind, kind
from evenhand.ledger.kinds_circumstance import BEGAN, ENDED

GROUNDS: Final = ("contact", "sum", "treatment", "privacy", "not_me", "other")
"""What a complaint is about."""
SUM: Final = "sum"
"""The ground of a complaint that is a dispute too."""
SAYS: Final = ("wrong", "paid", "terms")
"""What is said of a disputed sum: it is wrong, it is paid, the terms are not those signed."""
OUTCOMES: Final = ("upheld", "partly", "not_upheld")
VIA: Final = bodies.one_of(("app", "counter", "hotline", "code"))
COMPLAINT: Final = {
    "ground": bodies.one_of(GROUNDS),
    "via": VIA,
    "due_on": bodies.iso_day,
    "about": bodies.integer,
    "on_behalf": bodies.one_of(("borrower",)),
    "figure": bodies.name,
    "says": bodies.one_of(SAYS),
}
"""`due_on` is the last day for the answer, `about` a staff id; `on_behalf`: the hand of staff wrote
what the borrower said; `figure` the figure that is disputed."""
PLAN: Final = {"steps": bodies.plain_list, "total_minor": bodies.integer}
"""`steps` are [day, minor units] each, in order; they sum to `total_minor`."""
SAID: Final = tuple(word for word in words.STATE_KINDS if word != words.FROM_ATTEMPTS)
"""What a fact may say: all but what is told from attempts (`outbound/contact/unreachable.py`)."""
PLAN_STEP: Final = {
    "step": bodies.integer,
    "amount_minor": bodies.integer,
    "by": bodies.iso_day,
}
"""One step, numbered from 1: what is to be paid for it in all, and by which day."""

STATE: Final[dict[str, Kind]] = {
    "complaint.opened": kind({}, ANYBODY, "step", may=bodies.STATE | COMPLAINT),
    "complaint.added": kind({"text": bodies.code}, ANYBODY, may={"via": VIA}, caused=True),
    "complaint.taken": kind({}, "staff", caused=True),
    "complaint.extended": kind(
        {"reason": bodies.one_of(("complex", "special")), "due_on": bodies.iso_day},
        "staff",
        may={"text": bodies.code},
        caused=True,
    ),
    "complaint.collection_allowed": kind({"text": bodies.code}, "staff", "step", caused=True),
    "complaint.answered": kind(
        {},
        "staff import house",
        "step",
        may={"text": bodies.code, "outcome": bodies.one_of(OUTCOMES)},
        caused=True,
    ),
    "complaint.appealed": kind(
        {"due_on": bodies.iso_day},
        "borrower staff",
        "step",
        may={"text": bodies.code, "via": VIA, "on_behalf": bodies.one_of(("borrower",))},
        caused=True,
    ),
    "dispute.opened": kind({}, ANYBODY, "step", may=bodies.STATE),
    "dispute.answered": kind(
        {},
        "staff import house",
        "step",
        may={"text": bodies.code, "outcome": bodies.one_of(("corrected", "explained"))},
        caused=True,
    ),
    "plan.proposed": kind(
        PLAN | {"due_on": bodies.iso_day},
        "borrower staff",
        "step",
        may={"text": bodies.code, "read": bodies.one_of(("time_barred",))},
    ),
    "plan.agreed": kind({}, ANYBODY, "step", may=bodies.STATE | PLAN),
    "plan.declined": kind({}, "staff", "step", may={"text": bodies.code}, caused=True),
    "plan.withdrawn": kind({}, "borrower staff", "step", caused=True),
    "plan.answer_late": kind({}, "house", caused=True),
    "plan.countered": kind(
        PLAN | {"due_on": bodies.iso_day}, "staff", may={"text": bodies.code}, caused=True
    ),
    "plan.refused": kind({}, "borrower staff", "step", caused=True),
    "plan.lapsed": kind({}, "house", "step", caused=True),
    "plan.step_due": kind(PLAN_STEP, "house", caused=True),
    "plan.step_missed": kind(PLAN_STEP, "house", caused=True),
    "plan.ended": kind(
        {"reason": bodies.code}, "borrower staff dayclose house", "step", caused=True
    ),
    "wish.opt_out": kind({}, ANYBODY + " provider", "step", may=bodies.STATE),
    "wish.hours": kind({}, ANYBODY, "step", may=bodies.STATE),
    "wish.withdrawn": kind({}, ANYBODY, "step", may={"text": bodies.code}, caused=True),
    "state.began": kind({"state": bodies.one_of(SAID)}, ANYBODY, "step", may=bodies.STATE | BEGAN),
    "claim.taken": kind({}, "staff", caused=True),
    "claim.upheld": kind({}, "staff", may={"text": bodies.code}, caused=True),
    "state.ended": kind(
        {}, ANYBODY, "step", may={"reason": bodies.code, "text": bodies.code} | ENDED, caused=True
    ),
}
