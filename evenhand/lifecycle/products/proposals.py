"""Terms proposed by one of staff and approved by another: then, and only then, a version."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction

from evenhand.law import payouts
from evenhand.law.caps import caps_within
from evenhand.law.payouts import Whole
from evenhand.ledger import house, products
from evenhand.ledger.products import Product
from evenhand.ledger.two_hands import Matter, NotAllowed, Proposal
from evenhand.lifecycle.products import corners
from evenhand.lifecycle.products.corners import Judged

MATTER: Final = Matter(house.PRODUCTS, "product")
"""Not allowed is, besides what is for two hands, a day not tomorrow or after, a fee that may not be
taken from a payout, and a cap (`args[1]`: the breaches)."""


def proposals() -> list[Proposal]:
    """Everything that was proposed, the newest first, with what came of it."""
    return MATTER.all()


def offered_by(one: Proposal) -> Product:
    """The version a proposal is of; its number is 0 until it is approved."""
    said, version = one.said, one.given.get("version", 0)
    return Product(said["product"], version, date.fromisoformat(said["since"]), said["terms"])


def breaches(offered: Product) -> list[Judged]:
    """The caps for everybody, of the packs in force on any day of its first year as they are known
    today, that it could breach. A cap for a class of people is a limit when a loan is decided on,
    not to what may be offered; one that falls later is asked for when a loan is decided on too."""
    until = offered.since + timedelta(days=corners.EVERY_DAY)
    found = caps_within(packs(), offered.since, until)
    return corners.breaches(offered, [cap for cap in found if not cap.whom])


def forbidden(offered: Product) -> list[Whole]:
    """The rules in force on its day of effect by which no such fee may be taken from a payout."""
    return payouts.forbidden(packs(), offered.terms, offered.since)


def packs() -> tuple[str, ...]:
    """The packs in force."""
    return tuple(settings.EVENHAND_PACKS)


def propose(product: str, since: date, terms: Mapping[str, Any], hand: str, *, at: int) -> int:
    """Propose a product's next version, or its first; the proposal's seq. NotAllowed for the day,
    a fee at the payout or a cap, corners.Unplannable where there is no schedule."""
    _require_fit(Product(product, 0, since, terms), at)
    said = {"product": product, "since": since.isoformat(), "terms": dict(terms)}
    return MATTER.propose(said, hand, at=at)


def propose_end(product: str, since: date, hand: str, *, at: int) -> int:
    """Propose that a product be offered no longer, from a day on; the proposal's seq. NotAllowed
    for the day. Loans and applications that name it go on."""
    last = products.versions()[product][-1]
    return propose(product, since, {**last.terms, "offered": "no"}, hand, at=at)


def approve(seq: int, hand: str, *, at: int) -> Product:
    """Another hand than the proposal's approves it: it is a version from now on, offered from its
    day. Loans signed before keep theirs."""

    def check(one: Proposal) -> Mapping[str, Any]:
        offered = offered_by(one)
        _require_fit(offered, at)
        return {"version": _next_version(offered.product)}

    with transaction.atomic():
        offered = offered_by(MATTER.approve(seq, hand, check, at=at))
        products.add(offered)
    return offered


def _require_fit(offered: Product, at: int) -> None:
    """What ends a product may always be: nobody is offered it."""
    if offered.since <= house.day_of(at):
        raise NotAllowed("day")
    if not offered.ends and forbidden(offered):
        raise NotAllowed("payout")
    if not offered.ends and (found := breaches(offered)):
        raise NotAllowed("cap", found)


def _next_version(product: str) -> int:
    return max((one.version for one in products.versions().get(product, ())), default=0) + 1
