"""Addresses of inviting and joining. No address holds personal data: loans are numbers."""

from django.urls import path

import evenhand.web.converters  # noqa: F401  (the numbers in the paths below)
from evenhand.lifecycle.join import invite_pages, mine_pages, pages

urlpatterns = [
    path("join/", pages.join, name="join"),
    path("join/read/", pages.read, name="join-read"),
    path("join/confirm/", pages.confirm, name="join-confirm"),
    path("join/decline/", pages.decline, name="join-decline"),
    path("join/invite/<number:loan>/", invite_pages.invite, name="join-invite"),
    path("join/invite/<number:loan>/<number:seq>/recall/", invite_pages.recall, name="join-recall"),
    path("my/answers-for/", mine_pages.mine, name="join-mine"),
    path("my/answers-for/<number:loan>/leave/", mine_pages.leave, name="join-leave"),
]
