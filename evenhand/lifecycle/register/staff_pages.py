"""What a person declared, put right by staff: a student who is none, or no longer one."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from evenhand.ledger import streams
from evenhand.lifecycle.register import forms, steps, typed
from evenhand.lifecycle.register.forms import Field
from evenhand.outbound.enquiries import identity
from evenhand.people import persons
from evenhand.people.access import StaffRequest, page

PROOF_MAX = 500


@page("declaration")
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def declaration(request: StaffRequest, borrower: int) -> HttpResponse:
    """Study or no study, with what was seen of it; what the provider said stands as it is."""
    facts = streams.stream(borrower)
    said = steps.declared(facts)
    if not said:
        raise Http404
    student, proof = request.POST.get("student", ""), request.POST.get("proof", "").strip()
    fields = _fields(student or said, proof)
    if request.method == "POST":
        if student in ("yes", "no") and 2 <= len(proof) <= PROOF_MAX:
            by = request.member.hand
            text = persons.seal_text(borrower, proof).hex()
            steps.put_right(borrower, student, text, by, at=request.clock.now())
            messages.success(request, _("Written down."))
            return redirect("declaration", borrower)
        fields[1] = fields[1]._replace(error=typed.fault("proof"))
    answer = identity.answered(facts)
    return forms.show(
        request,
        _("Student or not"),
        fields,
        _("Put it right"),
        template="register/declaration.html",
        borrower=borrower,
        person=persons.masked([borrower]).get(borrower),
        provider_says=answer.student if answer else "",
    )


def _fields(student: str, proof: str) -> list[Field]:
    options = (("no", _("No")), ("yes", _("Yes")))
    hint = _("What you have seen: kept sealed, the person can ask for it.")
    return [
        Field("student", _("Full-time student in higher education?"), student, options=options),
        Field("proof", _("Seen"), proof, hint=hint, length=PROOF_MAX),
    ]
