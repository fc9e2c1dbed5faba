"""Addresses of circumstances; numbers and words of ours only."""

from django.urls import path

import evenhand.web.converters  # noqa: F401  (the numbers in the paths below)
from evenhand.lifecycle.circumstances import ending_pages, pages, propose_pages, staff_pages

OF = "staff/circumstances/of/<number:borrower>/"
ENDING = "staff/circumstances/endings/<number:seq>/"

urlpatterns = [
    path("my/happened/", pages.happened, name="happened"),
    path("my/happened/over/", pages.over, name="happened-over"),
    path("my/happened/<slug:word>/", pages.one, name="happened-one"),
    path("staff/circumstances/", staff_pages.listed, name="circumstances"),
    path(OF, staff_pages.record, name="circumstance-record"),
    path(f"{OF}<number:seq>/end/", propose_pages.propose, name="ending-propose"),
    path(ENDING, ending_pages.decide, name="ending-decide"),
    path(f"{ENDING}back/", ending_pages.take_back, name="ending-back"),
]
