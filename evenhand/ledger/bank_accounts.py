"""What a borrower's stream says about bank accounts: which are in use, which are verified."""

from collections.abc import Sequence

from evenhand.ledger.facts import Fact


def named(facts: Sequence[Fact]) -> list[int]:
    """The accounts named to be the person's own and not removed since, the latest last."""
    found: dict[int, None] = {}
    for fact in facts:
        if fact.kind in ("account.named", "account.removed"):
            found.pop(fact.body["account"], None)
        if fact.kind == "account.named":
            found[fact.body["account"]] = None
    return [*found]


def belongs(facts: Sequence[Fact], account: int) -> bool:
    """Did the latest answer about this account say that it is the person's own, and is the phone
    number still the one that was asked about?"""
    asked = {
        fact.seq
        for fact in facts
        if fact.kind == "enquiry.leaving" and fact.body.get("account") == account
    }
    answers = [f for f in facts if f.kind == "enquiry.answered" and f.cause in asked]
    changed = max((fact.seq for fact in facts if fact.kind == "number.changed"), default=0)
    return bool(answers) and answers[-1].body["answer"] == "match" and answers[-1].seq > changed


def is_verified(facts: Sequence[Fact]) -> bool:
    """Do name, number, phone and an account of the person's in use belong together?"""
    return any(belongs(facts, account) for account in named(facts))
