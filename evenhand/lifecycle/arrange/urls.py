"""Addresses of plans; numbers and days only."""

from django.urls import path

import evenhand.web.converters  # noqa: F401  (the numbers in the paths below)
from evenhand.lifecycle.arrange import counter_pages, pages, staff_counter, staff_pages

ONE = "staff/plans/<number:borrower>/<number:seq>/"

urlpatterns = [
    path("my/plan/<number:loan>/", pages.plan, name="plan"),
    path("my/plan/<number:loan>/offer/", pages.offered, name="plan-offer"),
    path("my/plan/<number:loan>/accept/", pages.accept, name="plan-accept"),
    path("my/plan/<number:loan>/take-back/", pages.take_back, name="plan-take-back"),
    path("my/plan/<number:loan>/other/accept/", counter_pages.accept, name="plan-other-accept"),
    path("my/plan/<number:loan>/other/refuse/", counter_pages.refuse, name="plan-other-refuse"),
    path("staff/plans/", staff_pages.queue, name="plans"),
    path(ONE, staff_pages.file, name="plan-file"),
    path(f"{ONE}agree/", staff_pages.agree, name="plan-agree"),
    path(f"{ONE}decline/", staff_pages.decline, name="plan-decline"),
    path(f"{ONE}other/", staff_counter.other, name="plan-other"),
    path(f"{ONE}other/offer/", staff_counter.send, name="plan-other-offer"),
]
