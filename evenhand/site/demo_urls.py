"""The demo's addresses, there only in demo mode."""

from django.urls import path

from evenhand.site import demo

urlpatterns = [
    path("advance/", demo.advance, name="demo-advance"),
    path("progress/", demo.progress, name="demo-progress"),
    path("phones/", demo.outbox, name="demo-outbox"),
]
