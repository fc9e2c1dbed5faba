"""`evenhand worker`: works the queue until told to stop, then finishes what it holds."""

from collections.abc import Sequence

from django.core.management import call_command

from evenhand.site.commands.parser import Parser


def main(argv: Sequence[str]) -> int:
    """Run a worker in this process; SIGTERM and Ctrl-C end it after the jobs in hand."""
    parser = Parser(prog="evenhand worker", description=__doc__)
    parser.add_argument("--concurrency", type=int, default=2, help="jobs at a time (default 2)")
    parser.add_argument("--once", action="store_true", help="work what is waiting, then stop")
    chosen = parser.parse_args(argv)
    words = ["--concurrency", str(chosen.concurrency), "--delete-jobs", "successful"]
    if chosen.once:
        words.append("--one-shot")
    call_command("procrastinate", "worker", *words)
    return 0
