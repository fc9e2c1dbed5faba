"""The made-up staff of the demo: one of each role.

Password and second factor are such that everybody may know them: the sign-in page shows both.
"""

import base64
from datetime import date

from django.conf import settings
from django.contrib.auth import get_user_model

from evenhand.people import staff, staff_factor, staff_roll

PASSWORD = "balance scale"
SECRET = base64.b32decode("EVENHANDMADEUPSECRET234567ABCDEF")
TRAINED_ON = date(2025, 9, 1)
BADGE_UNTIL = date(2028, 8, 31)
ROLL = (
    ("chen", "compliance"),
    ("lin", "collector"),
    ("wu", "supervisor"),
    ("zhao", "finance"),
    ("sun", "auditor"),
    ("he", "admin"),
    ("qian", "underwriter"),
    ("tang", "visitor"),
)


def enlist_all() -> None:
    """Takes on whoever of them is not on the roll yet; refused outside demo mode."""
    if not settings.EVENHAND_DEMO:
        raise RuntimeError("made-up staff exist in demo mode only")
    for number, (name, role) in enumerate(ROLL, start=1):
        if not staff.is_enlisted(name):
            member = staff.enlist(name, PASSWORD, role=role, number=f"D{number:03d}")
            staff_factor.publish(member, SECRET)
            staff_roll.set_trained(member, TRAINED_ON)
            if role in staff_roll.NEED_BADGE:
                staff_roll.set_badge(member, f"DEMO-{number:03d}", BADGE_UNTIL)


def enlisted() -> list[str]:
    """The names on the roll that still sign in with the password everybody may know."""
    names = [name for name, _role in ROLL]
    users = get_user_model().objects.filter(username__in=names, is_active=True)
    return sorted(user.get_username() for user in users if user.check_password(PASSWORD))
