"""Addresses of applying. What is typed is in none of them."""

from django.urls import path

import evenhand.web.converters  # noqa: F401  (the numbers in the paths below)
from evenhand.lifecycle.apply import pages

urlpatterns = [
    path("apply/", pages.amount, name="apply"),
    path("apply/product/", pages.product, name="apply-product"),
    path("apply/quote/", pages.quoted, name="apply-quote"),
    path("apply/purpose/", pages.purpose, name="apply-purpose"),
    path("apply/means/", pages.means, name="apply-means"),
    path("apply/data/", pages.data, name="apply-data"),
    path("apply/check/", pages.check, name="apply-check"),
    path("apply/<number:loan>/withdraw/", pages.withdraw, name="apply-withdraw"),
]
