"""Who hears of which fact: kind of fact -> names of the tasks to be deferred with its append.

A task named here takes (borrower, seq) of the fact and is idempotent by them. Rooms declare their
tasks (`TASKS`); this table is the only place that ties one room's facts to another room's work.
"""

from collections.abc import Mapping
from typing import Final

REACTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "payment.received": ("remind.withdraw",),
    "loan.withdrawn": ("remind.withdraw",),
}
