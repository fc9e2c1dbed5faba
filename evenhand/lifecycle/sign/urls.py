"""The addresses of signing and of a person's documents."""

from django.urls import path

import evenhand.web.converters  # noqa: F401  registers `number`
from evenhand.lifecycle.sign import document_pages, pages

urlpatterns = [
    path("sign/<number:loan>/", pages.sign, name="sign"),
    path("sign/<number:loan>/cost/", pages.table, name="sign-table"),
    path("sign/<number:loan>/contract/", pages.contract, name="sign-contract"),
    path("sign/<number:loan>/contract/document/", pages.document, name="sign-document"),
    path("sign/<number:loan>/measures/", pages.measures, name="sign-measures"),
    path("sign/<number:loan>/assent/", pages.assent, name="sign-assent"),
    path("sign/<number:loan>/withdraw/", pages.withdraw, name="sign-withdraw"),
    path("my/documents/", document_pages.documents, name="documents"),
    path("my/documents/<number:item>/", document_pages.document, name="document"),
]
