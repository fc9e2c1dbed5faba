"""Who works here, and which page each role may see: one table, one test."""

from datetime import date
from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import transaction

from evenhand.people import staff_roll
from evenhand.people.models import Staff

ROLES = (
    "collector",
    "supervisor",
    "compliance",
    "underwriter",
    "finance",
    "auditor",
    "visitor",
    "admin",
)

# The matrix: page or act → roles. What is not named here nobody may see.
MAY_SEE: dict[str, frozenset[str]] = {
    "home": frozenset(ROLES),
    "law": frozenset(ROLES),
    # What if a draft of a pack had held: contacts on record, judged again.
    "law_draft": frozenset({"compliance", "auditor"}),
    "book": frozenset({"collector", "supervisor", "compliance", "finance", "auditor"}),
    "file": frozenset({"collector", "supervisor", "compliance", "underwriter", "auditor"}),
    "reveal": frozenset({"collector", "supervisor", "compliance", "underwriter"}),
    # A loan on a past day, as known then and now; it names nobody.
    "statement": frozenset({"finance", "supervisor", "auditor"}),
    "looks": frozenset({"supervisor", "compliance", "auditor"}),
    "closes": frozenset({"supervisor", "compliance", "finance", "auditor"}),
    "set_aside": frozenset({"compliance", "auditor"}),
    "accounts": frozenset({"finance", "compliance", "auditor"}),
    "accounts_propose": frozenset({"finance"}),
    "accounts_approve": frozenset({"finance", "compliance"}),
    # Money that is nobody's: one proposes, another agrees within the limit of the role.
    "suspense": frozenset({"finance", "supervisor", "auditor"}),
    "suspense_propose": frozenset({"finance"}),
    "suspense_agree": frozenset({"finance", "supervisor"}),
    "applications": frozenset({"underwriter", "supervisor", "compliance", "auditor"}),
    "application_decide": frozenset({"underwriter", "supervisor"}),
    "demo": frozenset(ROLES),
    # Money that left and that the bank has not answered for.
    "money": frozenset({"finance", "supervisor", "auditor"}),
    # Claims of "I did not take this loan": seen, taken on, answered.
    "claims": frozenset({"supervisor", "compliance", "auditor"}),
    "claim_take": frozenset({"supervisor", "compliance"}),
    "claim_answer": frozenset({"compliance"}),
    # Complaints: seen, written down for who calls or comes, answered, collecting let go on. One
    # about a sum is finance's to answer, never a supervisor's; one about conduct is not finance's.
    "complaints": frozenset({"supervisor", "compliance", "finance", "auditor"}),
    "conduct": frozenset({"supervisor", "compliance", "auditor"}),
    "complaint_record": frozenset({"collector", "supervisor", "compliance"}),
    "complaint_answer": frozenset({"supervisor", "compliance", "finance"}),
    "conduct_answer": frozenset({"supervisor", "compliance"}),
    "dispute_answer": frozenset({"compliance", "finance"}),
    "complaint_allow": frozenset({"compliance"}),
    # Plans for what is past due: proposals seen, and answered within the limits of the role.
    "plans": frozenset({"collector", "supervisor", "compliance", "auditor"}),
    "plan_answer": frozenset({"collector", "supervisor", "compliance"}),
    # Whom to call today, and calls by hand: the number shows only in a call the gate allowed.
    "day": frozenset({"collector", "supervisor", "compliance", "auditor"}),
    "call": frozenset({"collector", "supervisor"}),
    # Assisted service: a borrower's step done for them, once it is checked who it is.
    "serve": frozenset({"collector", "supervisor", "compliance"}),
    # What a person keeps out of sight (safe contact): revealed to this role alone.
    "confidential": frozenset({"compliance"}),
    # Replies in free words: the list, and reading and answering one.
    "replies": frozenset({"collector", "supervisor", "compliance", "auditor"}),
    "reply_answer": frozenset({"collector", "supervisor", "compliance"}),
    # Is this really you, for who calls the hotline; reports of frauds in our name.
    "real": frozenset({"collector", "supervisor", "compliance", "finance"}),
    "fraud": frozenset({"supervisor", "compliance", "auditor"}),
    "fraud_open": frozenset({"compliance"}),
    # The book without persons; the law's refusals, incidents, packs and clocks.
    "portfolio": frozenset({"supervisor", "compliance", "finance", "auditor"}),
    "compliance_desk": frozenset({"compliance", "supervisor", "auditor"}),
    "declaration": frozenset({"supervisor", "compliance"}),
    # The staff roll: seen, kept and proposed by admins, roles approved by another hand.
    "staff_roll": frozenset({"admin", "compliance", "auditor"}),
    "staff_keep": frozenset({"admin"}),
    "staff_approve": frozenset({"admin", "compliance"}),
    # Wordings: seen, proposed, approved by another hand; words of staff that the guard held back.
    "words": frozenset({"supervisor", "compliance", "auditor"}),
    "words_propose": frozenset({"supervisor", "compliance"}),
    "words_approve": frozenset({"compliance"}),
    "words_held": frozenset({"supervisor", "compliance", "auditor"}),
    "words_held_open": frozenset({"supervisor", "compliance"}),
    # Products: seen, proposed, approved by another hand.
    "products": frozenset({"supervisor", "compliance", "underwriter", "finance", "auditor"}),
    "product_propose": frozenset({"supervisor", "compliance"}),
    "product_approve": frozenset({"supervisor", "compliance"}),
    # Charges given up: one proposes, another approves within the limit of the role.
    "waivers": frozenset({"collector", "supervisor", "compliance", "finance", "auditor"}),
    "waiver_propose": frozenset({"collector", "supervisor", "compliance"}),
    "waiver_approve": frozenset({"supervisor", "compliance", "finance"}),
    # Other instalments for a loan that lives: asked for, answered, offered; approved by another.
    "reliefs": frozenset({"collector", "supervisor", "compliance", "finance", "auditor"}),
    "relief_answer": frozenset({"supervisor", "compliance"}),
    "relief_approve": frozenset({"supervisor", "compliance", "finance"}),
    # What happened to a borrower: seen, recorded by one hand; ended early by two.
    "circumstances": frozenset({"collector", "supervisor", "compliance", "auditor"}),
    "circumstance_record": frozenset({"collector", "supervisor", "compliance"}),
    "ending_propose": frozenset({"collector", "supervisor", "compliance"}),
    "ending_approve": frozenset({"supervisor", "compliance"}),
    # Loans taken off the books and still owed: finance proposes, another approves.
    "write_offs": frozenset({"finance", "supervisor", "compliance", "auditor"}),
    "write_off_propose": frozenset({"finance"}),
    "write_off_approve": frozenset({"supervisor", "compliance"}),
    # Who answers for a loan by law, or ratifies it: one proposes on evidence, another approves.
    "parties": frozenset({"supervisor", "compliance", "auditor"}),
    "party_propose": frozenset({"supervisor"}),
    "party_approve": frozenset({"compliance"}),
    "party_ask": frozenset({"supervisor"}),
}


class Member(NamedTuple):
    """A staff member as pages know them: `staff` is the id that facts and looks name."""

    staff: int
    number: str
    role: str
    lang: str

    @property
    def hand(self) -> str:
        """How facts name them."""
        return f"staff:{self.staff}"


def may_see(role: str, page: str) -> bool:
    """May this role see this page, or do this act?"""
    return role in MAY_SEE.get(page, frozenset())


def member(user: AbstractBaseUser | AnonymousUser) -> Member | None:
    """The staff member behind a signed-in user, or None."""
    if not user.is_authenticated:
        return None
    row = Staff.objects.filter(user_id=user.pk).first()
    return Member(row.pk, row.number, row.role, row.lang) if row else None


def enlist(username: str, password: str, *, role: str, number: str, lang: str = "zh-hans") -> int:
    """Takes on a staff member who signs in with a password; returns the staff id."""
    assert role in ROLES, "a staff member has a known role"
    with transaction.atomic():
        user = get_user_model().objects.create_user(username, password=password)
        return Staff.objects.create(user=user, role=role, number=number, lang=lang).pk


def is_enlisted(username: str) -> bool:
    """Is somebody on the roll under this sign-in name?"""
    return Staff.objects.filter(user__username=username).exists()


def named(username: str) -> int:
    """The staff id of a sign-in name; 0 for nobody's."""
    found = Staff.objects.filter(user__username=username).values_list("pk", flat=True).first()
    return int(found or 0)


def role_of(staff: int) -> str:
    """The role of a staff member; empty for nobody."""
    return roles([staff]).get(staff, "")


def roles(staff_ids: list[int]) -> dict[int, str]:
    """Roles by staff id."""
    return dict(Staff.objects.filter(pk__in=staff_ids).values_list("pk", "role"))


def numbers(staff_ids: list[int]) -> dict[int, str]:
    """Employee numbers by staff id."""
    return dict(Staff.objects.filter(pk__in=staff_ids).values_list("pk", "number"))


def numbered(number: str) -> int:
    """The staff id of an employee number; 0 for nobody's."""
    found = Staff.objects.filter(number__iexact=number.strip()).values_list("pk", flat=True).first()
    return int(found or 0)


def may_work(staff: int, on: date) -> bool:
    """Has this member a work list on that day: here, trained, with a badge in force if needed?"""
    found = staff_roll.entry(staff)
    return found is not None and not found.lacks(on)


def speak(staff: int, lang: str) -> None:
    """Remembers the language a staff member reads."""
    Staff.objects.filter(pk=staff).update(lang=lang)
