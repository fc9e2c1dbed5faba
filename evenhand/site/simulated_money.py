"""Money in simulated days: what is due leaves at its moment, and the simulated bank answers."""

from __future__ import annotations

from typing import Protocol

from evenhand.outbound.payments import outbox, send
from evenhand.outbound.payments.send import Tally
from evenhand.providers.bank.simulator import Simulator
from evenhand.site import bank


class Stands(Protocol):
    """A house that stands at a moment."""

    moment: int


def pay_until(house: Stands, first: int, last: int) -> bool:
    """Let money leave at every moment from `first` to `last` at which some is due, and hear the
    bank; did anything happen? Where nothing waits it costs two questions."""
    done = bank.hear_simulated(first, Simulator()) > 0
    count, found = outbox.next_due(last)
    while count:
        moment = house.moment = max(found, first)
        tally = send.send_due(moment, bank=Simulator())
        heard = bank.hear_simulated(moment, Simulator())
        if not heard and not _went_on(tally):
            break
        done, first = True, moment + 1
        count, found = outbox.next_due(last)
    return done


def _went_on(tally: Tally) -> bool:
    return tally.left + tally.ended + tally.withdrawn + tally.held > 0
