"""Addresses of the collector's day; numbers only."""

from django.urls import path

import evenhand.web.converters  # noqa: F401  (the numbers in the paths below)
from evenhand.lifecycle.call import pages

urlpatterns = [
    path("staff/day/", pages.day, name="day"),
    path("staff/calls/<number:borrower>/", pages.call, name="call"),
    path("staff/calls/<number:borrower>/begin/", pages.begin, name="call-begin"),
    path("staff/calls/<number:borrower>/<number:seq>/", pages.finish, name="call-finish"),
]
