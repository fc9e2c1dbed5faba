"""The demo's addresses, there only in demo mode."""

from django.urls import path

from evenhand.site import demo, demo_bank

urlpatterns = [
    path("advance/", demo.advance, name="demo-advance"),
    path("progress/", demo.progress, name="demo-progress"),
    path("bank/", demo_bank.ledger, name="demo-bank"),
    path("bank/credit/", demo_bank.credit, name="demo-bank-credit"),
    path("phones/", demo.outbox, name="demo-outbox"),
]
