"""Who answers for a loan by law, or ratifies it: one of staff proposes on what evidence, another
approves, and a code is made that the person gets at the counter or by letter, and no message.

The same two hands write down that a court and enforcement against the borrower brought nothing,
from which on a general guarantor may be asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from django.db import transaction

from evenhand.ledger import answering, house, loans, parties, streams
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.kinds_party import INVITE, OPEN
from evenhand.ledger.one_loan import is_owed
from evenhand.ledger.two_hands import Matter, NotAllowed, Proposal
from evenhand.lifecycle.join import codes
from evenhand.lifecycle.join.codes import Place
from evenhand.people import persons

MATTER: Final = Matter(house.INVITATIONS, "invitation")
"""Not allowed is, besides what is for two hands: a loan of which nothing is owed (over), what is
not on record (ground), more than so many at once (enough), no guarantee that waits for a court
(guarantee), one that waits for another hand (proposed)."""
EVIDENCE: Final[Mapping[str, tuple[str, ...]]] = {
    "representative": ("birth", "appointment", "court"),
    "heir": ("kinship", "court"),
    "executor": ("will", "court"),
    "spouse": ("ratified",),
    parties.GUARANTOR: ("court",),
}
"""Which paper shows that somebody is this; of a guarantor, that a court and enforcement came first.
"""
MOST: Final = 10
VALID_DAYS: Final = 30
"""How long an invitation waits: a letter takes its time."""
PAPER: Final = "party_paper"


class Wanted(NamedTuple):
    """What is proposed: `who` is the digest of the person's identity number, `limit_minor` the
    value of the estate of an heir or executor."""

    loan: int
    act: str
    role: str
    evidence: str
    who: str = ""
    limit_minor: int = 0


def wanted(one: Proposal) -> Wanted:
    """What a proposal asks for."""
    said = one.said
    return Wanted(
        said["loan"],
        said["act"],
        said["role"],
        said["evidence"],
        said.get("who", ""),
        said.get("limit_minor", 0),
    )


def against(facts: Sequence[Fact], asked: Wanted, on: date) -> str:
    """Why it cannot be, on a day; empty where it can. `facts` is the borrower's stream."""
    return _against(facts, asked, on) if is_owed(facts, asked.loan, on) else "over"


def _against(facts: Sequence[Fact], asked: Wanted, on: date) -> str:
    """The same of a loan that is owed."""
    if asked.act == OPEN:
        return "" if _waits_for_court(facts, asked.loan) else "guarantee"
    if not parties.has_ground(facts, asked.loan, asked.role, on):
        return "ground"
    found = [one for one in parties.invitations(facts, asked.loan) if one.by_staff]
    standing = [one for one in found if one.state == "joined" or one.is_open(on)]
    return "enough" if len(standing) >= MOST else ""


def open_to(facts: Sequence[Fact], loan: int, on: date) -> list[str]:
    """As what somebody could be invited; guarantor where a guarantee waits for a court."""
    roles = [(INVITE, role) for role in parties.GROUNDS] + [(OPEN, parties.GUARANTOR)]
    wants = [Wanted(loan, act_, role, "") for act_, role in roles]
    if not is_owed(facts, loan, on):
        return []
    return [each.role for each in wants if not _against(facts, each, on)]


def propose(asked: Wanted, paper: bytes, hand: str, *, at: int) -> int:
    """Propose it, with the document where there is one; the proposal's seq. Raises NotAllowed."""
    borrower = loans.borrower_of(asked.loan) or 0
    facts = streams.stream(borrower)
    if why := against(facts, asked, house.day_of(at)):
        raise NotAllowed(why)
    if any(one.waits and wanted(one) == asked for one in MATTER.all()):
        raise NotAllowed("proposed")
    currency = _begun(facts, asked.loan).body["currency"]
    said: dict[str, Any] = asked._asdict() | {"borrower": borrower, "currency": currency}
    with transaction.atomic():
        if paper:
            said["paper"] = persons.seal_bytes(borrower, PAPER, paper)
        kept = {key: value for key, value in said.items() if value not in ("", 0)}
        return MATTER.propose(kept, hand, at=at)


def approve(seq: int, hand: str, *, at: int) -> None:
    """Another hand approves it: the invitation is made, with its code, or the guarantee is open.
    Raises NotAllowed; then nothing is written."""

    def check(one: Proposal) -> Mapping[str, Any]:
        facts = streams.stream(one.said["borrower"])
        if why := against(facts, wanted(one), house.day_of(at)):
            raise NotAllowed(why)
        return {}

    with transaction.atomic():
        one = MATTER.approve(seq, hand, check, at=at)
        if wanted(one).act == OPEN:
            act(one.said["borrower"], lambda _facts: [_opened(one, hand, at)], at=at)
        else:
            _invite(one, hand, at)


def _invite(one: Proposal, hand: str, at: int) -> None:
    borrower = one.said["borrower"]
    code = codes.new(borrower)
    (fact,) = act(borrower, lambda facts: [_invited(facts, one, code, hand, at)], at=at)
    codes.remember(code.digest, Place(borrower, fact.seq))


def _invited(facts: Sequence[Fact], one: Proposal, code: codes.Code, hand: str, at: int) -> Draft:
    asked, day = wanted(one), house.day_of(at)
    if why := against(facts, asked, day):
        raise NotAllowed(why)
    body: dict[str, Any] = {
        "role": asked.role,
        "invitation": code.digest,
        "item": code.item,
        "currency": one.said["currency"],
        "measures": list(_begun(facts, asked.loan).body["measures"]),
        "valid_until": (day + timedelta(days=VALID_DAYS)).isoformat(),
        "proposal": one.seq,
        "who": asked.who,
    }
    if asked.limit_minor:
        body["limit_minor"] = asked.limit_minor
    return Draft("party.invited", day, hand, asked.loan, body=body)


def _begun(facts: Sequence[Fact], loan: int) -> Fact:
    return next(fact for fact in facts if loans.begins(fact) and fact.loan == loan)


def _opened(one: Proposal, hand: str, at: int) -> Draft:
    day = house.day_of(at)
    return Draft(answering.OPENED, day, hand, one.said["loan"], body={"proposal": one.seq})


def _waits_for_court(facts: Sequence[Fact], loan: int) -> bool:
    """Is there a general guarantee of the loan, and no court on record yet?"""
    general = any(one.guarantee == parties.GENERAL for one in parties.parties(facts, loan))
    return general and not answering.is_opened(facts, loan)
