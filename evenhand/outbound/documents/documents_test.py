"""A document is issued, signed, kept under the person's key and gone with it."""

import hashlib
from datetime import date

import pytest
from django.test import override_settings

from evenhand.ledger.made_up import noon
from evenhand.outbound.documents import documents
from evenhand.people import persons
from evenhand.people.persons import Person
from evenhand.providers.signing import registry
from evenhand.providers.signing.verify import verify
from evenhand.web.documents import made_up

AT = noon(date(2026, 11, 24))
VALUES = made_up.VALUES["paid_off"]
CONTRACT = made_up.VALUES["contract"]

pytestmark = pytest.mark.django_db


def _person(phone: str = "13800000001") -> int:
    return persons.enrol([Person("欧阳示例", phone)], at=AT)[0]


def test_what_is_kept_is_what_was_signed() -> None:
    person = _person()
    issued = documents.issue(person, "paid_off", VALUES, "zh-hans", at=AT)
    kept = documents.read(person, issued.item)
    assert hashlib.sha256(kept).hexdigest() == issued.digest
    assert verify(kept, [registry.provider().chain()[-1]], at=AT).good


def test_who_answers_for_a_loan_is_named_by_number_until_it_is_printed() -> None:
    person, other = _person(), _person("13800000002")
    guarantor = {"role": "guarantor", "person": other, "limit_minor": 0, "until": ""}
    guarantor["guarantee"] = "general"
    issued = documents.issue(
        person, "contract", {**CONTRACT, "parties": [guarantor]}, "zh-hans", at=AT
    )
    assert documents.read(person, issued.item).startswith(b"%PDF-")


@override_settings(EVENHAND_PRACTICE=True)
def test_what_is_issued_in_practice_says_so() -> None:
    person = _person()
    issued = documents.issue(person, "paid_off", VALUES, "en", at=AT)
    assert b"Practice" in documents.read(person, issued.item)


def test_nobody_elses_document_is_read() -> None:
    issued = documents.issue(_person(), "paid_off", VALUES, "en", at=AT)
    with pytest.raises(KeyError):
        documents.read(_person("13800000002"), issued.item)


def test_an_erased_persons_documents_are_gone() -> None:
    person = _person()
    issued = documents.issue(person, "paid_off", VALUES, "zh-hant", at=AT)
    persons.erase(person, purpose="legal_request", by=1, at=AT)
    with pytest.raises(KeyError):
        documents.read(person, issued.item)


def test_a_house_that_can_issue_has_no_faults() -> None:
    assert documents.faults(at=AT) == []


@override_settings(EVENHAND_LENDER={"name": "甲", "hotline": "1", "office": "乙"})
def test_a_lender_without_a_licence_is_told() -> None:
    assert documents.faults(at=AT) == ["EVENHAND_LENDER names no licence"]
