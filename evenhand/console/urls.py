"""The console's addresses. No address holds personal data: borrowers are numbers."""

from django.urls import path

import evenhand.web.converters  # noqa: F401  (the numbers in the paths below)
from evenhand.console import (
    book,
    compliance,
    file,
    law,
    law_diff,
    law_draft,
    portfolio,
    second_factor,
    signing,
    statement,
)

urlpatterns = [
    path("staff/", signing.home, name="home"),
    path("sign-in/", signing.sign_in, name="sign-in"),
    path("sign-in/code/", second_factor.code, name="staff-code"),
    path("sign-in/factor/", second_factor.enrol, name="staff-factor"),
    path("sign-out/", signing.sign_out, name="sign-out"),
    path("book/", book.book, name="book"),
    path("book/find/", book.find, name="find"),
    path("borrowers/<number:borrower>/", file.file, name="file"),
    path("borrowers/<number:borrower>/reveal/", file.reveal, name="reveal"),
    path(
        "borrowers/<number:borrower>/sum/<number:loan>/<slug:figure>/",
        file.sum_of,
        name="file-sum",
    ),
    path("staff/statements/<number:loan>/", statement.statement, name="file-statement"),
    path("staff/portfolio/", portfolio.whole, name="portfolio"),
    path("staff/compliance/", compliance.desk, name="compliance-desk"),
    path("law/", law.packs, name="law"),
    path("law/diff/", law_diff.diff, name="law-diff"),
    path("law/draft/", law_draft.draft, name="law-draft"),
    path("law/<slug:pack>/", law.pack, name="law-pack"),
]
