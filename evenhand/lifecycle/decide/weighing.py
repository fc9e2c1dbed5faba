"""One application weighed: the rules, a smaller loan where this one is too dear, then the points.

Rules decide first. What is too dear is offered smaller where something of it is affordable. Only
what no rule stops is scored, and the gravest word of both stands. The main reasons are at most
four: those of the rules that led there, then what cost most points where the points led there.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from evenhand.core import offer
from evenhand.core.fees import Fees
from evenhand.core.offer import APPROVE, DECLINE, OUTCOMES, REFER
from evenhand.core.score import REASONS_MAX, Scored, score
from evenhand.core.shape import Shape
from evenhand.ledger.applications import Application
from evenhand.ledger.house import day_number
from evenhand.ledger.products import Product
from evenhand.ledger.quotes import bounds
from evenhand.ledger.shapes import fees_of, shape_of
from evenhand.lifecycle.decide.known import Known, row
from evenhand.lifecycle.decide.policy import Policy
from evenhand.lifecycle.decide.scorecard import PREFIX, Scorecard

ONE: Final = np.array([1], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Decision:
    """What came of it. `principal_minor` is what may be lent (of an approval: what is offered);
    `parts` are (attribute, points, most points) in the card's order."""

    outcome: str
    reasons: tuple[str, ...]
    points: int
    principal_minor: int
    parts: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Tools:
    """What an application is weighed by."""

    policy: Policy
    card: Scorecard
    product: Product


@dataclass(frozen=True, slots=True)
class Ruled:
    """What the rules say of a loan of this size: the rules that speak, and the gravest outcome."""

    principal_minor: int
    spoke: tuple[int, ...]
    outcome: int


def weigh(known: Known, application: Application, tools: Tools) -> Decision:
    """The decision on one application."""
    scored = _scored(known, tools.card)
    points = int(scored.points[0])
    asked = ruled(known, application, application.principal_minor, application.months, tools)
    fitting = _affordable(known, application, asked, tools)
    by_points = _by_points(points, tools.policy)
    outcome = max(fitting.outcome, by_points)
    reasons = _reasons(asked, fitting, tools.policy)
    if by_points == outcome != APPROVE:
        reasons += _of_points(scored, tools.card)
    principal = fitting.principal_minor
    return Decision(
        OUTCOMES[outcome],
        tuple(dict.fromkeys(reasons))[:REASONS_MAX],
        points,
        principal,
        _parts(scored, tools.card),
    )


def ruled(
    known: Known, application: Application, principal_minor: int, months: int, tools: Tools
) -> Ruled:
    """What the rules say of lending so much for so many months."""
    wanted = _wanted(application, principal_minor, months, tools)
    strain = offer.strain(known.means, offer.dearest(*wanted))
    share, left = int(strain.share_ppm[0]), int(strain.left_per_head_minor[0])
    judged = offer.judge(row(known, principal_minor, share, left), tools.policy.columns)
    spoke = tuple(int(place) for place in np.flatnonzero(judged.fired[0]))
    return Ruled(principal_minor, spoke, int(judged.outcome[0]))


def _affordable(known: Known, application: Application, asked: Ruled, tools: Tools) -> Ruled:
    """As asked; or, where it is declined only as too dear, the largest loan that is not."""
    policy = tools.policy
    grave = [n for n in asked.spoke if policy.columns.outcome[n] == DECLINE]
    if not grave or not all(map(policy.is_affordability, grave)):
        return asked
    room = offer.room(known.means, ONE * policy.share_ppm, ONE * policy.left_per_head_minor)
    wanted = _wanted(application, asked.principal_minor, application.months, tools)
    most = int(offer.most(*wanted, room, ONE * policy.lending.step_minor)[0])
    if most < bounds(tools.product)[0][0]:
        return asked
    return ruled(known, application, most, application.months, tools)


def _wanted(
    application: Application, principal_minor: int, months: int, tools: Tools
) -> tuple[Shape, Fees]:
    """The loan of so much over so many instalments, and its fees, as if the money came at once."""
    on, terms = ONE * day_number(application.day), tools.product.terms
    return shape_of(terms, ONE * principal_minor, ONE * months, on), fees_of(terms, on)


def _by_points(points: int, policy: Policy) -> int:
    if points >= policy.lending.approve_from:
        return APPROVE
    return REFER if points >= policy.lending.refer_from else DECLINE


def _reasons(asked: Ruled, fitting: Ruled, policy: Policy) -> list[str]:
    """The gravest first; of a loan made smaller, why it was."""
    smaller = () if fitting is asked else asked.spoke
    places = sorted({*fitting.spoke, *smaller}, key=lambda n: (-policy.columns.outcome[n], n))
    return [policy.rules[place].id for place in places]


def _scored(known: Known, card: Scorecard) -> Scored:
    values = [each.value(known.attributes[each.name]) for each in card.attributes]
    return score(np.array([values], dtype=np.int64), card.card)


def _of_points(scored: Scored, card: Scorecard) -> list[str]:
    return [PREFIX + card.attributes[place].name for place in scored.reasons[0] if place >= 0]


def _parts(scored: Scored, card: Scorecard) -> tuple[tuple[str, int, int], ...]:
    most = card.card.points.max(axis=1)
    return tuple(
        (each.name, int(full - lost), int(full))
        for each, full, lost in zip(card.attributes, most, scored.lost[0], strict=True)
    )
