"""Who hears of which fact: kind of fact -> names of the tasks to be deferred with its append.

A kind may stand with the sort of hand that wrote it.

A task named here takes (borrower, seq) of the fact and is idempotent by them. Rooms declare their
tasks (`TASKS`); this table is the only place that ties one room's facts to another room's work.
"""

from collections.abc import Mapping
from typing import Final

REACTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "loan.signed": ("disburse.intend",),
    "loan.disbursed": ("disburse.tell",),
    "transfer.failed": ("disburse.failed",),
    "transfer.withdrawn": ("disburse.withdrawn",),
    "service.ended": ("serve.told",),
    "number.changed": ("disburse.check_again",),
    "number.changed by borrower": ("contact.number_proved",),
    "contract.withdrawn": ("disburse.stop",),
    "state.began": ("disburse.stop", "repay.stopped", "circumstances.followed"),
    "state.ended": ("circumstances.followed",),
    "application.made": ("decide.decide",),
    "application.withdrawn": ("decide.clear",),
    "party.joined": ("join.tell", "sign.ready"),
    "party.declined": ("join.tell", "sign.ready"),
    "party.left": ("join.tell", "sign.ready"),
    "party.recalled": ("join.tell", "sign.ready"),
    "contact.intended by borrower": ("contact.send_now",),
    "contact.intended by house": ("contact.send_now",),
    "contact.intended by staff": ("contact.send_now",),
    "reply.received": ("contact.replied",),
    "payment.received": ("remind.withdraw", "repay.received"),
    "payment.reversed": ("repay.taken_back",),
    "payment.returned": ("repay.returned",),
    "debit.failed": ("repay.failed",),
    "debit.revoked": ("repay.revoked",),
    "complaint.opened": ("repay.stopped", "redress.told"),
    "complaint.appealed": ("repay.stopped", "redress.told"),
    "complaint.extended": ("redress.told",),
    "complaint.collection_allowed": ("redress.told",),
    "complaint.answered": ("redress.told",),
    "dispute.opened": ("repay.stopped",),
    "plan.proposed": ("repay.stopped",),
    "plan.agreed": ("repay.stopped", "arrange.told"),
    "plan.declined": ("arrange.told",),
    "plan.answer_late": ("arrange.told",),
    "plan.countered": ("arrange.told",),
    "plan.lapsed": ("arrange.told",),
    "plan.step_due": ("arrange.told",),
    "plan.step_missed": ("arrange.told",),
    "plan.ended": ("arrange.told",),
    "day.closed": (
        "repay.day_closed",
        "redress.day_closed",
        "arrange.day_closed",
        "relief.day_closed",
    ),
    "loan.withdrawn": ("remind.withdraw",),
    "charge.waived": ("writeoff.told",),
    "loan.terms_changed": ("relief.told",),
    "relief.answer_late": ("relief.told",),
    "relief.declined": ("relief.told",),
    "relief.offered": ("relief.told",),
    "loan.written_off": ("writeoff.told",),
}

AT_ONCE: Final = frozenset({"decide.decide"})
"""Tasks that somebody waits for at a page: done right after the commit, and deferred all the same,
so that whatever fails or is cut off then is done by the job."""
