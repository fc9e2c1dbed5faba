"""The inbox's address."""

from django.urls import path

from evenhand.lifecycle.remind import pages

urlpatterns = [path("my/notices/", pages.notices, name="notices")]
