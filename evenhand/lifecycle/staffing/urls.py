"""The room's addresses: members are numbers."""

from django.urls import path

import evenhand.web.converters  # noqa: F401  (the numbers in the paths below)
from evenhand.lifecycle.staffing import invited_pages, own_pages, pages

urlpatterns = [
    path("staff/me/", own_pages.mine, name="staff-me"),
    path("staff/me/away/", own_pages.away, name="staff-away"),
    path("staff/people/", pages.roll, name="staff-roll"),
    path("staff/people/invite/", pages.invite, name="staff-invite"),
    path("staff/people/decide/<number:seq>/", pages.decide, name="staff-decide"),
    path("staff/people/<number:member>/", pages.one, name="staff-member"),
    path("staff/people/<number:member>/password/", pages.password, name="staff-password"),
    path("staff/people/<number:member>/<slug:what>/", pages.keep, name="staff-keep"),
    path("sign-in/invited/", invited_pages.invited, {"sort": "invitation"}, name="staff-invited"),
    path(
        "sign-in/new-password/",
        invited_pages.invited,
        {"sort": "password"},
        name="staff-new-password",
    ),
]
