"""Terms proposed by one of staff and approved by another: then, and only then, a version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.db import transaction

from evenhand.law.caps import caps
from evenhand.ledger import house, products, streams
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.kinds_house import PRODUCT_DECLINED
from evenhand.ledger.products import Product
from evenhand.lifecycle.products import corners
from evenhand.lifecycle.products.corners import Judged

PROPOSED: Final = "product.proposed"
APPROVED: Final = "product.approved"
DECLINED: Final = "product.declined"
TAKEN_BACK: Final = PRODUCT_DECLINED[-1]


class NotAllowed(Exception):
    """`args[0]` says why: own, decided, day (not tomorrow or after), cap (`args[1]`: breaches)."""


class Proposal(NamedTuple):
    """A version somebody proposed; `state` is waiting, approved or declined. The product's version
    is 0 until it is approved."""

    seq: int
    at: int
    hand: str
    offered: Product
    state: str = "waiting"
    reason: str = ""
    decided_by: str = ""
    decided_at: int = 0


def proposals() -> list[Proposal]:
    """Everything that was proposed, the newest first, with what came of it."""
    return list(reversed(_proposals(streams.stream(house.PRODUCTS)).values()))


def breaches(offered: Product) -> list[Judged]:
    """The caps of the packs in force, on its day of effect, that it could breach."""
    return corners.breaches(offered, caps(packs(), offered.since))


def packs() -> tuple[str, ...]:
    """The packs in force."""
    return tuple(settings.EVENHAND_PACKS)


def propose(product: str, since: date, terms: Mapping[str, Any], hand: str, *, at: int) -> int:
    """Propose a product's next version, or its first; the proposal's seq. NotAllowed for the day
    or a cap, corners.Unplannable where there is no schedule."""
    _require_fit(Product(product, 0, since, terms), at)
    body = {"product": product, "since": since.isoformat(), "terms": dict(terms)}
    draft = Draft(PROPOSED, house.day_of(at), hand, body=body)
    (fact,) = act(house.PRODUCTS, lambda _facts: [draft], at=at)
    return fact.seq


def approve(seq: int, hand: str, *, at: int) -> Product:
    """Another hand than the proposal's approves it: it is a version from now on, offered from its
    day. Loans signed before keep theirs."""

    def decide(facts: Sequence[Fact]) -> list[Draft]:
        one = _waiting(facts, seq)
        if one.hand == hand:
            raise NotAllowed("own")
        _require_fit(one.offered, at)
        body = {"version": _next_version(one.offered.product)}
        return [Draft(APPROVED, house.day_of(at), hand, cause=seq, body=body)]

    with transaction.atomic():
        act(house.PRODUCTS, decide, at=at)
        offered = _proposals(streams.stream(house.PRODUCTS))[seq].offered
        products.add(offered)
    return offered


def decline(seq: int, reason: str, hand: str, *, at: int) -> None:
    """Another hand declines the proposal for a reason, or its own takes it back."""

    def decide(facts: Sequence[Fact]) -> list[Draft]:
        one = _waiting(facts, seq)
        if (one.hand == hand) != (reason == TAKEN_BACK):
            raise NotAllowed("own")
        return [Draft(DECLINED, house.day_of(at), hand, cause=seq, body={"reason": reason})]

    act(house.PRODUCTS, decide, at=at)


def _require_fit(offered: Product, at: int) -> None:
    if offered.since <= house.day_of(at):
        raise NotAllowed("day")
    if found := breaches(offered):
        raise NotAllowed("cap", found)


def _next_version(product: str) -> int:
    return max((one.version for one in products.versions().get(product, ())), default=0) + 1


def _waiting(facts: Sequence[Fact], seq: int) -> Proposal:
    one = _proposals(facts).get(seq)
    if one is None or one.state != "waiting":
        raise NotAllowed("decided")
    return one


def _proposals(facts: Sequence[Fact]) -> dict[int, Proposal]:
    """By seq, oldest first."""
    found: dict[int, Proposal] = {}
    for fact in facts:
        if fact.kind == PROPOSED:
            said = fact.body
            since = date.fromisoformat(said["since"])
            offered = Product(said["product"], 0, since, said["terms"])
            found[fact.seq] = Proposal(fact.seq, fact.at, fact.hand, offered)
        elif one := found.get(fact.cause):
            found[fact.cause] = one._replace(
                offered=one.offered._replace(version=fact.body.get("version", 0)),
                state="approved" if fact.kind == APPROVED else "declined",
                reason=fact.body.get("reason", ""),
                decided_by=fact.hand,
                decided_at=fact.at,
            )
    return found
