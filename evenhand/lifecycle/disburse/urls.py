"""Addresses of payouts and claims; numbers only."""

from django.urls import path

import evenhand.web.converters  # noqa: F401  (the numbers in the paths below)
from evenhand.lifecycle.disburse import claim_pages, money_pages, pages, staff_pages

urlpatterns = [
    path("payout/<number:loan>/", pages.payout, name="payout"),
    path("payout/<number:loan>/account/", pages.choose, name="payout-account"),
    path("not-mine/<number:loan>/", claim_pages.not_mine, name="not-mine"),
    path("staff/money/", money_pages.awaited, name="money"),
    path("staff/claims/", staff_pages.listed, name="claims"),
    path("staff/claims/<number:borrower>/<number:seq>/", staff_pages.claim, name="claim"),
    path("staff/claims/<number:borrower>/<number:seq>/take/", staff_pages.take, name="claim-take"),
]
