"""`evenhand check`: may the serving role change facts? Roles, triggers, partitions, looked at."""

from collections.abc import Sequence

from evenhand.ledger.check import check


def main(argv: Sequence[str]) -> int:
    """1 where the house must not serve so; warnings alone do not fail."""
    if argv:
        print("usage: evenhand check")
        return 2
    findings = check()
    for fails, what in findings:
        print(f"{'FAILS' if fails else 'warns'}  {what}")
    if any(fails for fails, _ in findings):
        return 1
    print("facts can be written and read, and nothing else")
    return 0
