"""Addresses of plans; numbers and days only."""

from django.urls import path

import evenhand.web.converters  # noqa: F401  (the numbers in the paths below)
from evenhand.lifecycle.arrange import pages, staff_pages

ONE = "staff/plans/<number:borrower>/<number:seq>/"

urlpatterns = [
    path("my/plan/<number:loan>/", pages.plan, name="plan"),
    path("my/plan/<number:loan>/offer/", pages.offered, name="plan-offer"),
    path("my/plan/<number:loan>/accept/", pages.accept, name="plan-accept"),
    path("my/plan/<number:loan>/take-back/", pages.take_back, name="plan-take-back"),
    path("staff/plans/", staff_pages.queue, name="plans"),
    path(ONE, staff_pages.file, name="plan-file"),
    path(f"{ONE}agree/", staff_pages.agree, name="plan-agree"),
    path(f"{ONE}decline/", staff_pages.decline, name="plan-decline"),
]
