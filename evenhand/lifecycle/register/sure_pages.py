"""Being sure that it is they: the PIN and then a code, before what could do harm in other hands."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from evenhand.lifecycle.register import codes, door, forms
from evenhand.lifecycle.register.sign_in_pages import pin_error
from evenhand.people import borrowers, carried, holders, persons
from evenhand.people.borrowers import BorrowerRequest

PURPOSE = "be_sure"
PIN_GIVEN = "pin_given"
NEXT = "sure_next"
both = require_http_methods(["GET", "POST"])


@borrowers.page
@sensitive_post_parameters()
@both
def start(request: BorrowerRequest) -> HttpResponse:
    """The PIN; with the right one a code is sent. `next` is a page of this house to go on to."""
    wanted = borrowers.own_path(request, request.GET.get("next", ""), "")
    if wanted:
        request.session[NEXT] = wanted
    field = door.pin_field()
    if request.method == "POST":
        error = pin_error(request, request.person)
        if not error:
            sending = codes.send(request, holders.number_for_code(request.person), PURPOSE)
            if sending.on_its_way:
                carried.carry(request, PIN_GIVEN, str(request.person))
                return redirect("be-sure-code")
            error = sending.told
        field = field._replace(error=error)
    lead = _("This page is only for you: first your PIN, then a code to your phone.")
    return forms.show(request, _("Is it you?"), [field], _("Go on"), lead=lead)


@borrowers.page
@sensitive_post_parameters()
@both
def code(request: BorrowerRequest) -> HttpResponse:
    """The code; then on to the page that was wanted."""
    if carried.carried(request, PIN_GIVEN) != str(request.person):
        return redirect("be-sure")
    number = holders.number_for_code(request.person)
    shown = persons.masked([request.person])[request.person].phone
    page = door.code_page(request, number, PURPOSE, change_url="", to=shown)
    if page:
        return page
    carried.drop(request, PIN_GIVEN)
    borrowers.make_sure(request)
    return redirect(str(request.session.pop(NEXT, "")) or reverse("me"))
