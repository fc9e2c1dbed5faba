"""Addresses of relief; numbers and words of ours only."""

from django.urls import path

import evenhand.web.converters  # noqa: F401  (the numbers in the paths below)
from evenhand.lifecycle.relief import grant_pages, offer_pages, pages, staff_pages

MY = "my/relief/<number:loan>/"
ONE = "staff/relief/asked/<number:borrower>/<number:seq>/"
GRANT = "staff/relief/proposals/<number:seq>/"

urlpatterns = [
    path(MY, pages.relief, name="relief"),
    path(f"{MY}take-back/", pages.take_back, name="relief-take-back"),
    path(f"{MY}accept/", pages.accept, name="relief-accept"),
    path(f"{MY}<slug:word>/", pages.kind, name="relief-kind"),
    path(f"{MY}<slug:word>/ask/", pages.ask, name="relief-ask"),
    path("staff/relief/", staff_pages.queue, name="reliefs"),
    path(ONE, staff_pages.file, name="relief-file"),
    path(f"{ONE}answer/", staff_pages.answer, name="relief-answer"),
    path("staff/relief/many/", grant_pages.many, name="relief-many"),
    path("staff/relief/find/", offer_pages.find, name="relief-find"),
    path("staff/relief/loans/<number:loan>/", offer_pages.new, name="relief-offer"),
    path(GRANT, grant_pages.decide, name="relief-decide"),
    path(f"{GRANT}back/", grant_pages.take_back, name="relief-back"),
]
