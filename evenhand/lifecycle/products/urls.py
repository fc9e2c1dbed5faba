"""The addresses of products."""

from django.urls import path

import evenhand.web.converters  # noqa: F401  (the numbers in the paths below)
from evenhand.lifecycle.products import pages

urlpatterns = [
    path("staff/products/", pages.listed, name="products"),
    path("staff/products/new/", pages.new, name="product-new"),
    path("staff/products/proposals/<number:seq>/", pages.decide, name="product-decide"),
]
