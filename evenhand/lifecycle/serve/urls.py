"""Addresses of assisted service; numbers only."""

from django.urls import path

from evenhand.lifecycle.serve import pages

urlpatterns = [
    path("staff/serve/", pages.serve, name="serve"),
    path("staff/serve/end/", pages.end, name="serve-end"),
    path("staff/serve/elsewhere/", pages.elsewhere, name="serve-elsewhere"),
    path("my/served/", pages.served, name="served"),
]
