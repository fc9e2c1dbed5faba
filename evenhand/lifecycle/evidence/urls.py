"""The evidence pack's addresses."""

from django.urls import path

from evenhand.lifecycle.evidence import pages

urlpatterns = [
    path("my/evidence/", pages.evidence, name="evidence"),
    path("my/evidence/page/", pages.page_file, name="evidence-page"),
    path("my/evidence/data/", pages.json_file, name="evidence-data"),
    path("my/evidence/verifier/", pages.verifier_file, name="evidence-verifier"),
]
