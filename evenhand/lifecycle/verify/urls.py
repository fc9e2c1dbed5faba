"""The stage's addresses. Nothing but codes and numbers, which say nothing of anybody."""

from django.urls import path

import evenhand.web.converters  # noqa: F401  (the numbers in the paths below)
from evenhand.lifecycle.verify import api, doubted_pages, fraud_pages, pages, staff_pages

urlpatterns = [
    path("real/", pages.real, name="real"),
    path("real/number/", pages.real_number, name="real-number"),
    path("real/<str:code>/", pages.real_code, name="real-code"),
    path("api/real/<str:code>", api.real, name="api-real"),
    path("not-me/", pages.not_me, name="not-me"),
    path("not-me/done/", pages.not_me_done, name="not-me-done"),
    path("report-fraud/", fraud_pages.report, name="report-fraud"),
    path("report-fraud/done/", fraud_pages.done, name="report-fraud-done"),
    path("my/number/", doubted_pages.doubted, name="number-doubted"),
    path("my/number/confirm/", doubted_pages.confirm, name="number-confirm"),
    path("staff/real/", staff_pages.real, name="staff-real"),
    path("staff/fraud/", staff_pages.listed, name="fraud"),
    path("staff/fraud/<number:seq>/", staff_pages.one, name="fraud-one"),
    path("staff/fraud/<number:seq>/picture/", staff_pages.picture, name="fraud-picture"),
]
