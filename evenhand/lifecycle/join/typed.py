"""The form that proposes who answers by law, read: what is wrong stands beside its field, what was
typed stays, but the identity number and the document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext as _

from evenhand.ledger import parties
from evenhand.ledger.kinds_party import INVITE, OPEN
from evenhand.lifecycle.join import by_law, identity
from evenhand.lifecycle.join.by_law import Wanted
from evenhand.web.amounts import minor_of
from evenhand.web.uploads import kind_of

LENGTH_MAX: Final = 40
PAPER_BYTES: Final = 5 * 2**20
KINDS: Final = ("application/pdf", "image/png", "image/jpeg")
"""What a document may be."""


@dataclass(slots=True)
class Form:
    """What is typed, what is wrong by field, and what it asks for where nothing is."""

    role: str = ""
    evidence: str = ""
    limit: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    wanted: Wanted | None = None
    paper: bytes = field(default=b"", repr=False)


def read(
    sent: QueryDict, paper: UploadedFile | None, loan: int, currency: str, roles: Sequence[str]
) -> Form:
    """What was sent about a loan; `roles` are those that can be proposed today."""
    form = Form(
        sent.get("role", ""),
        sent.get("evidence", ""),
        sent.get("limit", "").strip()[:LENGTH_MAX],
    )
    if form.role not in roles:
        form.errors["role"] = _("Choose what the person is.")
    elif form.evidence not in by_law.EVIDENCE[form.role]:
        form.errors["evidence"] = _("Choose the paper you have seen. It has to fit what they are.")
    who, minor = _who(sent, form), _limit(form, currency)
    _read_paper(form, paper)
    if not form.errors:
        act = OPEN if form.role == parties.GUARANTOR else INVITE
        form.wanted = Wanted(loan, act, form.role, form.evidence, who, minor)
    return form


def _who(sent: QueryDict, form: Form) -> str:
    if form.role == parties.GUARANTOR:
        return ""
    number = sent.get("identity", "")
    if not identity.is_number(number):
        form.errors["identity"] = _(
            "An identity number has 18 characters: 17 digits, and a digit or X."
        )
        return ""
    return identity.digest_of(number)


def _limit(form: Form, currency: str) -> int:
    if form.role not in parties.ESTATE:
        return 0
    minor = minor_of(form.limit, currency) or 0
    if not minor:
        form.errors["limit"] = _("Type the value of what they inherit, such as 20000.")
    return minor


def _read_paper(form: Form, sent: UploadedFile | None) -> None:
    if sent is None:
        return
    if (sent.size or 0) > PAPER_BYTES:
        form.errors["paper"] = _("The document is too big: at most 5 MB.")
        return
    form.paper = sent.read()
    if not kind_of(form.paper, KINDS):
        form.errors["paper"] = _("This is no document that we can keep: PDF, PNG or JPEG.")
