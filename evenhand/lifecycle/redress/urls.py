"""Addresses of complaints; numbers only."""

from django.urls import path

import evenhand.web.converters  # noqa: F401  (the numbers in the paths below)
from evenhand.lifecycle.redress import (
    code_pages,
    dispute_pages,
    pages,
    record_pages,
    rights,
    staff_acts,
    staff_pages,
)

ONE = "staff/complaints/<number:borrower>/<number:seq>/"

urlpatterns = [
    path("my/complaint/", pages.mine, name="complaint"),
    path("my/complaint/new/", pages.new, name="complaint-new"),
    path("my/complaint/sum/<number:loan>/", dispute_pages.dispute, name="dispute"),
    path(
        "my/complaint/sum/<number:loan>/<slug:figure>/",
        dispute_pages.dispute,
        name="dispute-figure",
    ),
    path("my/complaint/<number:seq>/", pages.one, name="complaint-one"),
    path("my/complaint/<number:seq>/appeal/", pages.appeal, name="complaint-appeal"),
    path("complain/", code_pages.complain, name="complain-by-code"),
    path("complain/sent/", code_pages.sent, name="complain-by-code-sent"),
    path("pauses/", pages.pauses, name="pauses"),
    path("rights/", rights.rights, name="rights"),
    path("rights/<slug:pack>/", rights.rights_of, name="rights-of"),
    path("staff/complaints/", staff_pages.queue, name="complaints"),
    path("staff/complaints/new/", record_pages.find, name="complaint-find"),
    path("staff/complaints/new/<number:borrower>/", record_pages.record, name="complaint-record"),
    path(ONE, staff_pages.file, name="complaint-file"),
    path(f"{ONE}appeal/", record_pages.appeal, name="complaint-appeal-recorded"),
    path(f"{ONE}take/", staff_acts.take, name="complaint-take"),
    path(f"{ONE}extend/", staff_acts.extend, name="complaint-extend"),
    path(f"{ONE}allow/", staff_acts.allow, name="complaint-allow"),
    path(f"{ONE}answer/", staff_acts.answer, name="complaint-answer"),
]
