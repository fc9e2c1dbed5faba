"""`evenhand check`: may the serving role change facts? Roles, triggers, partitions, and
every head against its last fact and the house clock; and can documents be printed and signed?

Outside demo mode also: is this a demo's database? A made-up book and staff whose password everybody
knows have no place in a lender's house.
"""

from collections.abc import Sequence

from django.conf import settings

from evenhand.ledger.check import Finding, check
from evenhand.outbound.contact import wording
from evenhand.outbound.documents import documents
from evenhand.site import clock, demo_staff


def main(argv: Sequence[str]) -> int:
    """1 where the house must not serve so; warnings alone do not fail."""
    if argv:
        print("usage: evenhand check")
        return 2
    findings = check(clock.now()) + made_up() + undocumented() + unsaid()
    for fails, what in findings:
        print(f"{'FAILS' if fails else 'warns'}  {what}")
    if any(fails for fails, _ in findings):
        return 1
    print("facts can be written and read, and nothing else")
    return 0


def undocumented() -> list[Finding]:
    """Why no contract could be printed and signed here: a font, the lender's key or licence."""
    return [Finding(True, what) for what in documents.faults(at=clock.now())]


def unsaid() -> list[Finding]:
    """Wordings that nobody has approved: what needs them waits."""
    keys = wording.missing()
    what = f"{len(keys)} wordings are not approved, the first is {keys[0]}" if keys else ""
    return [Finding(False, f"{what}: nothing leaves in them")] if keys else []


def made_up() -> list[Finding]:
    """What the demo left in this database; nothing in demo mode, where it belongs."""
    if settings.EVENHAND_DEMO:
        return []
    found = []
    if clock.demo_moment() is not None:
        found.append("this database holds a demo's book: its clock was moved")
    if names := demo_staff.enlisted():
        found.append(f"staff who sign in with the demo's password: {', '.join(names)}")
    return [Finding(True, what) for what in found]
