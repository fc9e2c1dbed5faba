"""What a contract says of its loan, made from a product; and as of the day the money came.

A contract holds everything its schedule follows from, and the schedule itself. Money that comes on
another day moves the due days; nothing is charged then beyond what was promised.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import numpy as np

from evenhand.core import days
from evenhand.ledger import bodies, charges
from evenhand.ledger.house import day_from, day_number
from evenhand.ledger.products import Product
from evenhand.ledger.shapes import Planned, each_fee, has_down, planned

Body = Mapping[str, Any]

WORKED_OUT: Final = ("fees", "fees_due")
"""What is worked out for the loan, and not as its product says it."""
FROM_PRODUCT: Final = (
    "currency", "rate_ppm", "late_rate_ppm", "late_year_days", "strategy", "measures",
    *(key for key in bodies.AGREED if key not in WORKED_OUT),
)  # fmt: skip


def promised(product: Product, principal_minor: int, count: int, on: date) -> dict[str, Any]:
    """The body of bodies.TERMS, with what of bodies.AGREED the product says: due days and amounts
    as if the money came on `on`.

    >>> from evenhand.ledger.products import DEMO
    >>> body = promised(DEMO, 300_00, 3, date(2026, 3, 1))
    >>> body["instalments"][0], body["method"], "fees_due" in body
    (['2026-04-01', 9911, 270], 'equal_instalment', False)
    """
    terms = {key: product.terms[key] for key in FROM_PRODUCT if key in product.terms}
    head = {"product": product.product, "version": product.version}
    return head | terms | _worked_out(product.terms, principal_minor, count, on)


def as_of(signed: Body, day: date) -> dict[str, Any]:
    """The signed terms from the day the money came. Each due day moves as the contract says it
    follows from that day. What is charged is worked out anew where no charge comes to more by it;
    else the amounts stay as promised.

    A contract that does not say how its schedule was worked out keeps its amounts: what was
    promised by months falls due by months, anything else as many days later as the money was.
    """
    terms = {key: signed[key] for key in (*bodies.TERMS, *bodies.AGREED) if key in signed}
    if "method" not in terms:
        return terms | _moved(terms, day)
    principal_minor = sum(row[1] for row in terms["instalments"])
    said = {key: value for key, value in terms.items() if key not in WORKED_OUT}
    anew = said | _worked_out(terms, principal_minor, _count(terms), day)
    if not charges.unlisted(charges.of_terms(anew), charges.of_terms(terms)):
        return anew
    kept = [
        [due_on, *parts]
        for (due_on, *_anew), (_due, *parts) in zip(
            anew["instalments"], terms["instalments"], strict=True
        )
    ]
    return terms | {"disbursed_on": day.isoformat(), "instalments": kept}


def worked_out(terms: Body) -> Planned:
    """The loan of a contract's terms, worked out as if its money came on the day they say."""
    one = np.array([1])
    principal_minor = sum(row[1] for row in terms["instalments"])
    on = day_number(date.fromisoformat(terms["disbursed_on"]))
    return planned(terms, one * principal_minor, one * _count(terms), one * on)


def down_minor(terms: Body) -> int:
    """The down-payment of a contract's terms, its first instalment; 0 where there is none."""
    return int(terms["instalments"][0][1]) if has_down(terms) else 0


def _count(terms: Body) -> int:
    """How many instalments there are beside the down-payment."""
    return len(terms["instalments"]) - has_down(terms)


def _worked_out(terms: Body, principal_minor: int, count: int, on: date) -> dict[str, Any]:
    one = np.array([1])
    found = planned(terms, one * principal_minor, one * count, one * day_number(on))
    rows = zip(
        days.iso(found.plan.due_on[0]).tolist(),
        found.plan.principal_minor[0].tolist(),
        found.plan.interest_minor[0].tolist(),
        strict=True,
    )
    first = [[on.isoformat(), int(found.down_minor[0]), 0]] if has_down(terms) else []
    body: dict[str, Any] = {
        "disbursed_on": on.isoformat(),
        "instalments": [*first, *(list(row) for row in rows)],
    }
    if "fees" in terms:
        body["fees"] = each_fee(terms, found)
        due = enumerate(found.fees.due_minor[0].tolist(), start=1 + len(first))
        fees_due = [[n, minor] for n, minor in due if minor]
        body |= {"fees_due": fees_due} if fees_due else {}
    return body


def _moved(terms: Body, day: date) -> dict[str, Any]:
    promised_on = date.fromisoformat(terms["disbursed_on"])
    due = [date.fromisoformat(row[0]) for row in terms["instalments"]]
    if due == _monthly(promised_on, len(due)):
        moved = _monthly(day, len(due))
    else:
        moved = [each + (day - promised_on) for each in due]
    rows = zip(moved, terms["instalments"], strict=True)
    return {
        "disbursed_on": day.isoformat(),
        "instalments": [[due_on.isoformat(), *row[1:]] for due_on, row in rows],
    }


def _monthly(since: date, count: int) -> list[date]:
    numbers = days.add_months(day_number(since), np.arange(1, count + 1))
    return [day_from(number) for number in numbers.tolist()]
