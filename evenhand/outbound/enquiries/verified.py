"""Is a person verified: do name, number, phone and an account of theirs in use belong together?"""

from collections.abc import Sequence

from evenhand.ledger.facts import Fact
from evenhand.outbound.enquiries.identity import belongs


def is_verified(facts: Sequence[Fact]) -> bool:
    """As last answered, of an account that is named and was not removed."""
    named: dict[int, None] = {}
    for fact in facts:
        if fact.kind == "account.named":
            named[fact.body["account"]] = None
        elif fact.kind == "account.removed":
            named.pop(fact.body["account"], None)
    return any(belongs(facts, account) for account in named)
