"""Addresses of inviting and joining. No address holds personal data: loans are numbers."""

from django.urls import path

import evenhand.web.converters  # noqa: F401  (the numbers in the paths below)
from evenhand.lifecycle.join import invite_pages, mine_pages, pages, party_loan_pages, party_pages

LOAN = "staff/parties/<number:loan>/"
PROPOSAL = "staff/parties/proposals/<number:seq>/"

urlpatterns = [
    path("join/", pages.join, name="join"),
    path("join/read/", pages.read, name="join-read"),
    path("join/confirm/", pages.confirm, name="join-confirm"),
    path("join/decline/", pages.decline, name="join-decline"),
    path("join/invite/<number:loan>/", invite_pages.invite, name="join-invite"),
    path("join/invite/<number:loan>/<number:seq>/recall/", invite_pages.recall, name="join-recall"),
    path("my/answers-for/", mine_pages.mine, name="join-mine"),
    path("my/answers-for/<number:loan>/leave/", mine_pages.leave, name="join-leave"),
    path("staff/parties/", party_pages.listed, name="parties"),
    path("staff/parties/find/", party_pages.find, name="party-find"),
    path(LOAN, party_loan_pages.loan, name="party-loan"),
    path(f"{LOAN}propose/", party_loan_pages.propose, name="party-propose"),
    path(f"{LOAN}<number:seq>/letter/", party_loan_pages.letter, name="party-letter"),
    path(f"{LOAN}<number:seq>/recall/", party_loan_pages.recall, name="party-recall"),
    path(f"{LOAN}<number:seq>/ask/", party_loan_pages.ask, name="party-ask"),
    path(PROPOSAL, party_pages.decide, name="party-decide"),
    path(f"{PROPOSAL}back/", party_pages.take_back, name="party-back"),
    path(f"{PROPOSAL}paper/", party_pages.paper, name="party-paper"),
]
