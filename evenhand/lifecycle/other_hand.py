"""What one of staff proposed, as pages have it: listed, decided by another, or taken back.

No stage: what the stages with such pages have in common. `ledger.two_hands` says what holds,
`web/decide.html` is the form. It imports none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from evenhand.ledger import loans
from evenhand.ledger.two_hands import TAKEN_BACK, Matter, NotAllowed, Proposal
from evenhand.people import staff
from evenhand.people.access import StaffRequest

HISTORY_MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the proposals of a matter are decided.

    `listed` is the address of the list, `proposes` and `approves` are the rights. `declines` are
    the reasons of a kind, of which the proposal's own hand has one for itself. `approve` approves,
    and says what the page then says; `says` are the sentences of the matter's own refusals by code.
    """

    matter: Matter
    listed: str
    proposes: str
    approves: str
    declines: Sequence[str]
    approve: Callable[[StaffRequest, int], str]
    says: Callable[[], Mapping[str, str]]

    @property
    def reasons(self) -> list[str]:
        """Why another hand may decline."""
        return [reason for reason in self.declines if reason != TAKEN_BACK]

    def may(self, request: StaffRequest) -> dict[str, Any]:
        """What the reader may do, and the reasons to choose from."""
        role = request.member.role
        return {
            "reasons": self.reasons,
            "may_propose": staff.may_see(role, self.proposes),
            "may_approve": staff.may_see(role, self.approves),
        }

    def find(self, request: StaffRequest, to: str) -> HttpResponse:
        """To the page `to` of a loan by its number, or back to the list."""
        if loan := loans.numbered(request.GET.get("loan", "")):
            return redirect(to, loan)
        messages.error(request, _("There is no such loan."))
        return redirect(self.listed)

    def propose(self, request: StaffRequest, propose: Callable[[], object]) -> HttpResponse:
        """Propose, or say why it cannot be; then the list."""
        try:
            propose()
            messages.success(request, _("Proposed. Somebody else looks at it and approves."))
        except NotAllowed as refused:
            messages.error(request, self.why(refused.args[0]))
        return redirect(self.listed)

    def decide(self, request: StaffRequest, seq: int) -> HttpResponse:
        """Approve what another proposed, decline it for a reason, or take the own back."""
        act, reason = request.POST.get("act", ""), request.POST.get("reason", "")
        if act == "take_back":
            return self.take_back(request, seq)
        try:
            if act == "approve":
                messages.success(request, self.approve(request, seq))
            elif act == "decline" and reason in self.reasons:
                self._decline(request, seq, reason)
            else:
                messages.error(request, _("Choose the reason."))
        except NotAllowed as refused:
            messages.error(request, self.why(refused.args[0]))
        return redirect(self.listed)

    def take_back(self, request: StaffRequest, seq: int) -> HttpResponse:
        """Take the own proposal back."""
        try:
            self._decline(request, seq, TAKEN_BACK)
        except NotAllowed as refused:
            messages.error(request, self.why(refused.args[0]))
        return redirect(self.listed)

    def why(self, code: str) -> str:
        """Why it cannot be, as a sentence."""
        everybodys = {
            "own": _("Nobody approves what they proposed themselves: another person decides."),
            "decided": _("It had been decided already."),
            "moved": _("The sum has moved since you saw it: look at it again."),
        }
        return {**everybodys, **self.says()}[code]

    def _decline(self, request: StaffRequest, seq: int, reason: str) -> None:
        self.matter.decline(seq, reason, request.member.hand, at=request.clock.now())


def apart(found: Sequence[Proposal]) -> tuple[list[Proposal], list[Proposal]]:
    """Those that wait, and the last that were decided."""
    waiting = [one for one in found if one.waits]
    return waiting, [one for one in found if not one.waits][:HISTORY_MOST]
