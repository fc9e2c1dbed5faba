"""Who called somebody last: whose work a borrower is among collectors."""

from collections.abc import Sequence
from typing import Final

from evenhand.core.words import CHANNELS, code
from evenhand.ledger import columns, hands
from evenhand.ledger.calls import CALL
from evenhand.ledger.queries import query

_CHANNEL: Final = code(CALL, CHANNELS)


def last_callers(borrowers: Sequence[int]) -> dict[int, int]:
    """Borrower to the staff id of who called them last; without those nobody has called."""
    asked = {"borrowers": columns.Array(borrowers), "channel": _CHANNEL}
    found = columns.rows(query("last_callers"), asked)
    return {int(borrower): hands.staff_of(hand) for borrower, hand in found}
