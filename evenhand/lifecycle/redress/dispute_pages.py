"""What is owed is disputed, a loan or one figure of it: at once nobody asks for it. Whoever answers
for a loan of another's sees what they answer for, and no figure behind it.
"""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from evenhand.ledger import streams
from evenhand.ledger.kinds_state import SAYS, SUM
from evenhand.lifecycle.redress import acts, pages, sums, typed
from evenhand.people.borrowers import BorrowerRequest, page
from evenhand.web.figures import heading


@page
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("text")
@sensitive_variables("said")
def dispute(request: BorrowerRequest, loan: int, figure: str = "") -> HttpResponse:
    """What is wrong, in one tap; the sum itself stands beside it. Sent, it is a complaint."""
    facts = streams.stream(request.person)
    known, own = typed.loans_of(facts), sums.is_own(facts, loan)
    if loan not in known or (figure and not (own and heading(figure))):
        raise Http404
    said = typed.asked({"loan": str(loan), "figure": figure}, known)
    if request.method == "POST":
        sent = {"ground": SUM, "loan": str(loan), "figure": figure}
        sent |= {name: request.POST.get(name, "") for name in ("says", "text")}
        said = typed.read(sent, known)
        no_says = {} if said.says else {"says": _("Choose what is wrong.")}
        said = replace(said, errors={**said.errors, **no_says})
        if not said.errors:
            at = request.clock.now()
            seq = acts.open_complaint(request.person, said.wanted("app"), pages.BORROWER, at=at)
            return redirect("complaint-one", seq)
    now = request.clock.now()
    shown = {"typed": said, "loan": loan, "says": SAYS, "most": typed.TEXT_MAX, "own": own}
    shown |= {"figure": figure or sums.WHOLE, "now": now, "today": request.clock.today()}
    shown["answers"] = None if own else sums.of_party(facts, loan, sums.moment_of(now))
    shown |= pages.what_stops(request, SUM, own=own) | pages.outside()
    return render(request, "redress/dispute.html", shown, status=400 if said.errors else 200)
