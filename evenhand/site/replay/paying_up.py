"""The clients' payments as facts: the exact sum the position asks, from the provider's hand."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from evenhand.core import position
from evenhand.ledger import house, standing, streams
from evenhand.ledger.facts import Draft
from evenhand.ledger.parts import parts_of
from evenhand.ledger.streams import Append
from evenhand.site.hands import Hands
from evenhand.site.replay.behaviour import Behaviour, paying


def pay(hands: Hands, borrowers: np.ndarray, behaviour: Behaviour, day: date, at: int) -> int:
    """Append the payments of a day at `at` (microseconds UTC); returns how many.

    `borrowers` are the clients' numbers with us, in the order of the file. Each pays the oldest
    instalments unpaid and due, with their late interest on that day.
    """
    payers = paying(behaviour, house.day_number(day))
    order = np.argsort(borrowers[payers.row])
    ids, instalments = borrowers[payers.row][order], payers.instalments[order]
    part = parts_of(ids)

    def some(parts: Sequence[int]) -> int:
        own = np.isin(part, parts)
        return _pay(ids[own], instalments[own], day, at)

    return sum(hands.work(len(ids), some))


def _pay(ids: np.ndarray, instalments: np.ndarray, day: date, at: int) -> int:
    if not len(ids):
        return 0
    stood = standing.stand(ids, house.day_number(day))
    assert (stood.borrower == ids).all(), "every client has one loan"
    sums = position.asked(stood.position, instalments).tolist()
    heads = streams.heads(ids)
    appends = [
        Append(borrower, heads[borrower].seq, [_payment(loan, minor, day)])
        for borrower, loan, minor in zip(ids.tolist(), stood.loan.tolist(), sums, strict=True)
    ]
    moved = streams.append_many(appends, at=at)
    assert not moved, "nobody else writes during a replay"
    return len(appends)


def _payment(loan: int, minor: int, day: date) -> Draft:
    body = {"reference": f"replay-{loan}-{day:%Y%m%d}", "channel": "bank"}
    return Draft("payment.received", day, "provider:replay", loan, minor, body=body)
