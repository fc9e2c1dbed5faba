"""The addresses of waivers and write-offs."""

from django.urls import path

import evenhand.web.converters  # noqa: F401  (the numbers in the paths below)
from evenhand.lifecycle.writeoff import waiver_pages, write_off_pages

urlpatterns = [
    path("staff/waivers/", waiver_pages.listed, name="waivers"),
    path("staff/waivers/<number:loan>/", waiver_pages.new, name="waiver-new"),
    path("staff/waivers/proposals/<number:seq>/", waiver_pages.decide, name="waiver-decide"),
    path("staff/waivers/proposals/<number:seq>/back/", waiver_pages.take_back, name="waiver-back"),
    path("staff/write-offs/", write_off_pages.listed, name="write-offs"),
    path("staff/write-offs/find/", write_off_pages.find, name="write-off-find"),
    path("staff/write-offs/<number:loan>/", write_off_pages.new, name="write-off-new"),
    path(
        "staff/write-offs/proposals/<number:seq>/", write_off_pages.decide, name="write-off-decide"
    ),
    path(
        "staff/write-offs/proposals/<number:seq>/back/",
        write_off_pages.take_back,
        name="write-off-back",
    ),
]
