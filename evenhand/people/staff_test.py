"""The staff roll, the matrix of roles and pages, and the throttle of sign-ins."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser

from evenhand.people import staff, throttle

# Written out a second time on purpose: a change of the matrix must be meant.
SEES = {
    "collector": "serve real home law day call book file reveal demo plans plan_answer "
    "complaint_record replies reply_answer waivers waiver_propose reliefs "
    "circumstances circumstance_record ending_propose",
    "supervisor": "parties party_propose party_ask reliefs relief_answer relief_approve "
    "circumstances circumstance_record ending_propose ending_approve "
    "statement waivers waiver_propose waiver_approve write_offs write_off_approve "
    "products product_propose product_approve "
    "words words_propose words_held words_held_open "
    "suspense suspense_agree serve real fraud home law day call book "
    "file reveal looks closes demo claims claim_take money declaration"
    " applications application_decide "
    "complaints conduct conduct_answer complaint_record complaint_answer"
    " plans plan_answer replies reply_answer"
    " portfolio compliance_desk",
    "compliance": "parties party_approve reliefs relief_answer relief_approve "
    "circumstances circumstance_record ending_propose ending_approve "
    "waivers waiver_propose waiver_approve write_offs write_off_approve "
    "products product_propose product_approve "
    "words words_propose words_approve words_held words_held_open "
    "staff_roll staff_approve "
    "serve real fraud fraud_open home law portfolio compliance_desk "
    "day book file reveal looks closes set_aside demo confidential declaration"
    " claims claim_take claim_answer accounts accounts_approve applications "
    "complaints conduct conduct_answer dispute_answer "
    "complaint_record complaint_answer complaint_allow plans plan_answer replies "
    "reply_answer law_draft",
    "underwriter": "products home law file reveal demo applications application_decide",
    "finance": "complaints complaint_answer dispute_answer reliefs relief_approve "
    "statement waivers waiver_approve write_offs write_off_propose "
    "products real home law portfolio book closes "
    "demo suspense suspense_propose suspense_agree accounts accounts_propose accounts_approve"
    " money",
    "auditor": "parties reliefs circumstances "
    "statement waivers write_offs products words words_held suspense staff_roll fraud "
    "home law portfolio compliance_desk "
    "day book file looks closes set_aside demo claims accounts money applications "
    "complaints conduct plans replies law_draft",
    "visitor": "home law demo",
    "admin": "home law demo staff_roll staff_keep staff_approve",
}


def test_every_role_sees_what_the_house_says_and_no_more() -> None:
    assert set(SEES) == set(staff.ROLES)
    for role, pages in SEES.items():
        assert {page for page in staff.MAY_SEE if staff.may_see(role, page)} == set(pages.split())


def test_an_unknown_page_or_role_sees_nothing() -> None:
    assert not staff.may_see("auditor", "everything")
    assert not staff.may_see("director", "book")


@pytest.mark.django_db
def test_somebody_enlisted_is_known_by_the_sign_in() -> None:
    staff_id = staff.enlist("lin", "correct horse battery", role="auditor", number="E007")
    user = get_user_model().objects.get(username="lin")
    assert staff.member(user) == staff.Member(staff_id, "E007", "auditor", "zh-hans")
    assert staff.is_enlisted("lin") and not staff.is_enlisted("chen")
    assert staff.numbers([staff_id]) == {staff_id: "E007"}


@pytest.mark.django_db
def test_a_user_who_is_no_staff_is_nobody() -> None:
    user = get_user_model().objects.create_user("stranger")
    assert staff.member(user) is None
    assert staff.member(AnonymousUser()) is None


@pytest.mark.django_db
def test_five_failures_close_the_door_for_that_name_only() -> None:
    for _ in range(throttle.NAME_LIMIT):
        assert throttle.is_open("lin", "10.0.0.1")
        throttle.failed("lin", "10.0.0.1")
    assert not throttle.is_open("lin", "10.0.0.2")
    assert throttle.is_open("chen", "10.0.0.1")


@pytest.mark.django_db
def test_fifty_failures_close_the_door_for_that_address() -> None:
    for number in range(throttle.ADDRESS_LIMIT):
        throttle.failed(f"guess{number}", "10.0.0.1")
    assert not throttle.is_open("chen", "10.0.0.1")
    assert throttle.is_open("chen", "10.0.0.2")


def test_behind_our_proxy_the_last_hop_is_who_asks() -> None:
    meta = {"REMOTE_ADDR": "10.0.0.9", "HTTP_X_FORWARDED_FOR": "198.51.100.1, 203.0.113.9"}
    assert throttle.address_of(meta, behind_proxy=True) == "203.0.113.9"
    assert throttle.address_of(meta, behind_proxy=False) == "10.0.0.9"
    for nothing in ("", " ", "198.51.100.1, "):
        said = {**meta, "HTTP_X_FORWARDED_FOR": nothing}
        assert throttle.address_of(said, behind_proxy=True) == "10.0.0.9"
    assert throttle.address_of({"REMOTE_ADDR": "10.0.0.9"}, behind_proxy=True) == "10.0.0.9"
