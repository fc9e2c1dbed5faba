"""Addresses of the answer and of the line of applications. Loans are numbers that mean nothing."""

from django.urls import path

import evenhand.web.converters  # noqa: F401  (the numbers in the paths below)
from evenhand.lifecycle.decide import pages, staff_pages

urlpatterns = [
    path("decision/<number:loan>/", pages.decision, name="decision"),
    path("decision/<number:loan>/review/", pages.review, name="decision-review"),
    path("staff/applications/", staff_pages.line, name="applications"),
    path("staff/applications/<number:loan>/", staff_pages.application, name="application"),
    path("staff/applications/<number:loan>/reveal/", staff_pages.reveal, name="application-reveal"),
    path("staff/applications/<number:loan>/decide/", staff_pages.decide, name="application-decide"),
    path(
        "staff/applications/<number:loan>/confirm/", staff_pages.confirm, name="application-confirm"
    ),
]
