"""`evenhand staff NAME --role ROLE --number NUMBER`: take on a member of staff.

`evenhand staff NAME --reset-factor`: the next sign-in sets up a new second factor.
`evenhand staff NAME --forgot-password`: prints the code for a new password, this once.

The password is asked for, or read from standard input where that is no terminal; it is never an
argument, because arguments are seen by everybody on the machine.
"""

import getpass
import sys
from collections.abc import Callable, Sequence

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from evenhand.lifecycle.staffing import acts
from evenhand.people import staff
from evenhand.site import clock
from evenhand.site.commands.parser import Parser


def main(argv: Sequence[str]) -> int:
    """Exit status 2 with one line where the name is taken or unknown, or the password too weak."""
    parser = Parser(prog="evenhand staff", description=__doc__)
    parser.add_argument("name", help="the name to sign in with")
    parser.add_argument("--role", choices=staff.ROLES)
    parser.add_argument("--number", help="employee number, shown to borrowers")
    parser.add_argument("--lang", default="zh-hans", choices=("zh-hans", "zh-hant", "en"))
    parser.add_argument("--reset-factor", action="store_true", help="lost phone and codes")
    parser.add_argument("--forgot-password", action="store_true", help="prints a code, once")
    chosen = parser.parse_args(argv)
    if chosen.reset_factor or chosen.forgot_password:
        return _reset(chosen.name, _new_factor if chosen.reset_factor else _new_password)
    if not chosen.role or not chosen.number:
        return _refuse("--role and --number are required")
    if staff.is_enlisted(chosen.name):
        return _refuse(f"{chosen.name} is on the roll already")
    password = _password()
    try:
        validate_password(password)
    except ValidationError as weak:
        return _refuse(" ".join(weak.messages))
    staff.enlist(chosen.name, password, role=chosen.role, number=chosen.number, lang=chosen.lang)
    print(f"{chosen.name} may sign in as {chosen.role}")
    return 0


def _reset(name: str, renew: Callable[[int], str]) -> int:
    if not (member := staff.named(name)):
        return _refuse(f"{name} is not on the roll")
    try:
        print(f"{name} {renew(member)}")
    except acts.NotAllowed:
        return _refuse(f"{name} has left, or the role is not approved yet")
    return 0


def _new_factor(member: int) -> str:
    acts.factor_reset(0, member, at=clock.now())
    return "sets up a new second factor at the next sign-in"


def _new_password(member: int) -> str:
    code = acts.password_reset(0, member, at=clock.now())
    return f"sets a new password at /sign-in/new-password/ with the code {code}"


def _password() -> str:
    if sys.stdin.isatty():
        return getpass.getpass("Password: ")
    return sys.stdin.readline().rstrip("\n")


def _refuse(reason: str) -> int:
    print(f"evenhand staff: {reason}", file=sys.stderr)
    return 2
