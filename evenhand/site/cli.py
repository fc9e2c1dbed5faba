"""The command line: one table of commands, each a module of `site/commands` with its `main`.

A command that needs no database starts without Django, so that `evenhand schedule` answers in
a tenth of a second and runs where nothing is installed but Python and numpy.
"""

import importlib
import os
import select
import sys
from collections.abc import Sequence
from typing import NamedTuple


class Command(NamedTuple):
    """`works`: it closes days or writes to people, so the lender, provider and key are named."""

    module: str
    does: str
    needs_house: bool = True
    as_owner: bool = False
    works: bool = False


COMMANDS = {
    "schedule": Command("schedule", "terms in, instalments out (JSON)", needs_house=False),
    "apr": Command("apr", "what a loan costs a year (JSON)", needs_house=False),
    "may": Command("may", "may this contact be made? (JSON)", needs_house=False),
    "guard": Command("guard", "may this text leave? (JSON)", needs_house=False),
    "law": Command("law", "the numbers in force, with sources; diff: changes", needs_house=False),
    "law whatif": Command("law_whatif", "contacts on record, judged again under another pack"),
    "run": Command("run", "migrate, then serve pages and work jobs until stopped", works=True),
    "migrate": Command("migrate", "bring the tables up to date", as_owner=True),
    "worker": Command("worker", "work jobs only, on as many machines as there are", works=True),
    "close": Command("close", "close a day (end of day) in this process", works=True),
    "why": Command("why", "facts, position, next step and verdict of a loan"),
    "statement": Command("statement", "a loan on a past day, as known then or as known now"),
    "verify-stream": Command("verify_stream", "prove a borrower's stream, or all, link by link"),
    "export-stream": Command("export_stream", "a borrower's stream as JSON, for any verifier"),
    "rebuild": Command("rebuild", "make every projection again from the facts and compare"),
    "check": Command("check", "is the house as safe as it says? roles, triggers, partitions"),
    "import-book": Command("import_book", "take over a lender's book from a loan tape"),
    "take-back": Command("take_back", "take an import back before its first close"),
    "replay": Command("replay", "30,000 real people's behaviour through the whole machine"),
    "demo": Command("demo", "make the demo book, or start it over"),
    "staff": Command("staff", "add a member of staff, or set a password"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit status (2: the request itself was wrong)."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or words[0] in {"help", "--help", "-h"}:
        print(usage())
        return 0
    both = " ".join(words[:2])
    name = both if both in COMMANDS else words[0]
    command = COMMANDS.get(name)
    if command is None:
        print(f"evenhand: no command {words[0]!r}; `evenhand help` lists them", file=sys.stderr)
        return 2
    if command.needs_house:
        _open_house(command)
    module = importlib.import_module(f"evenhand.site.commands.{command.module}")
    try:
        status: int = module.main(words[len(name.split()) :])
        sys.stdout.flush()
    except BrokenPipeError:
        if not _nobody_reads():
            raise
        return 1
    except Exception as fault:
        if not (command.needs_house and is_silence(fault)):
            raise
        print(f"evenhand {name}: the database does not answer", file=sys.stderr)
        return 2
    return status


def is_silence(fault: Exception) -> bool:
    """Did the database not let us in at all? What it says once it has let us in bears a code."""
    from django.db import OperationalError

    return isinstance(fault, OperationalError) and not getattr(fault.__cause__, "sqlstate", None)


def _nobody_reads() -> bool:
    """Has whoever read what we print gone, as `head` does? What is left then goes nowhere."""
    pipe = select.poll()
    pipe.register(sys.stdout.fileno(), 0)
    gone = bool(pipe.poll(0))
    if gone:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return gone


def usage() -> str:
    """The list of commands, one a line."""
    width = max(len(name) for name in COMMANDS)
    lines = [f"  {name.ljust(width)}  {command.does}" for name, command in COMMANDS.items()]
    return "\n".join(["usage: evenhand COMMAND [ARGUMENT ...]", "", *lines])


def _open_house(command: Command) -> None:
    """Django with our settings; the owner's role only where tables are made."""
    from evenhand.site import environment

    unfit = environment.unfit_to_work if command.works else environment.unfit
    if reasons := unfit(os.environ):
        print(f"evenhand: the house does not open: {'; '.join(reasons)}", file=sys.stderr)
        sys.exit(2)
    if command.as_owner:
        os.environ["EVENHAND_AS_OWNER"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.site.settings")
    import django

    django.setup()
    from evenhand.site import mark

    if reason := mark.refusal():
        print(f"evenhand: the house does not open: {reason}", file=sys.stderr)
        sys.exit(2)
