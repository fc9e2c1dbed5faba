"""The addresses of waivers and write-offs."""

from django.urls import path

import evenhand.web.converters  # noqa: F401  (the numbers in the paths below)
from evenhand.lifecycle.writeoff import waiver_pages

urlpatterns = [
    path("staff/waivers/", waiver_pages.listed, name="waivers"),
    path("staff/waivers/<number:loan>/", waiver_pages.new, name="waiver-new"),
    path("staff/waivers/proposals/<number:seq>/", waiver_pages.decide, name="waiver-decide"),
    path("staff/waivers/proposals/<number:seq>/back/", waiver_pages.take_back, name="waiver-back"),
]
