"""The job app's plug board: every task by name, what runs each minute, and who hears of a fact.

Rooms declare plain functions (`TASKS`) that take the moment as `at`; here they become Procrastinate
tasks that are given the house clock's, or where they take long the clock itself. A task that is cut
off is done again by the sweep, so every task is idempotent. Jobs carry numbers and days only,
nothing about a person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final

from django.db import Error, connection, transaction
from procrastinate import App, Blueprint, JobContext, RetryStrategy
from procrastinate.contrib.django import app as current_app
from procrastinate.exceptions import AlreadyEnqueued, UniqueViolation
from procrastinate.jobs import Status

from evenhand.dayclose import close, jobs
from evenhand.ledger import reactions
from evenhand.ledger.parts import PARTS
from evenhand.lifecycle.arrange import steps as arrange
from evenhand.lifecycle.circumstances import steps as circumstances
from evenhand.lifecycle.decide import steps as decide
from evenhand.lifecycle.disburse import steps as disburse
from evenhand.lifecycle.join import told as join
from evenhand.lifecycle.redress import steps as redress
from evenhand.lifecycle.relief import steps as relief
from evenhand.lifecycle.remind import steps as remind
from evenhand.lifecycle.repay import steps as repay
from evenhand.lifecycle.serve import services
from evenhand.lifecycle.sign import told as sign
from evenhand.lifecycle.writeoff import steps as writeoff
from evenhand.outbound.contact import heard, outbox, replied, send, verify_not_me
from evenhand.outbound.enquiries import identity
from evenhand.outbound.payments import outbox as payments
from evenhand.outbound.payments import send as money
from evenhand.providers.sms import registry
from evenhand.providers.sms.simulator import Simulator
from evenhand.site import bank, clock
from evenhand.site.reactions import AT_ONCE, REACTIONS

TASKS: Final[Mapping[str, Callable[..., object]]] = {
    **arrange.TASKS,
    **decide.TASKS,
    **remind.TASKS,
    **redress.TASKS,
    **repay.TASKS,
    **services.TASKS,
    **send.TASKS,
    **verify_not_me.TASKS,
    **replied.TASKS,
    **identity.TASKS,
    **join.TASKS,
    **money.TASKS,
    **disburse.TASKS,
    **sign.TASKS,
    **writeoff.TASKS,
    **relief.TASKS,
    **circumstances.TASKS,
    **jobs.TASKS,
}
LONG: Final = frozenset(send.TASKS) | frozenset(money.TASKS)
"""Tasks that take the clock itself, and read it as they go."""
STALLED_SECONDS: Final = 30
"""A worker without a heartbeat for so long is dead (it beats every 10 seconds)."""
EVERY_MINUTE: Final = "* * * * *"

blueprint: Final = Blueprint()


def install(app: App) -> None:
    """Give the job app our tasks and the ledger its reactions, once the app is ready."""
    again = RetryStrategy(max_attempts=5, exponential_wait=4, retry_exceptions={Error})
    for name, function in TASKS.items():
        blueprint.task(name=name, retry=again, pass_context=False)(_with_the_clock(name, function))
    app.add_tasks_from(blueprint, namespace="")
    install_deferred()


def install_deferred() -> None:
    """Reactions become jobs in the transaction of their fact: how the house works."""
    reactions.install(REACTIONS, _defer_reaction)


def install_inline(moment: Callable[[], int]) -> None:
    """Run reactions in this process right after the commit, at `moment()`: replay and demo."""
    reactions.install(REACTIONS, partial(_run_after_commit, moment))


def defer_once(task: str, lock: str, **arguments: Any) -> bool:
    """Defer a job unless one with this lock waits already; two with one lock never run at once."""
    job = current_app.configure_task(task, lock=lock, queueing_lock=lock)
    try:
        with transaction.atomic():
            job.defer(**arguments)
    except AlreadyEnqueued:
        return False
    return True


def defer_due(now: int) -> None:
    """Defer what this moment asks for: sending, a part each, closing the day that has ended, and
    what became of questions that were not answered."""
    for part in outbox.parts_due(now):
        defer_once("contact.send_due", f"send {part}", parts=[part])
    for part in payments.parts_due(now):
        defer_once("payments.send_due", f"pay {part}", parts=[part])
    day = close.next_to_close(now)
    for part in range(PARTS) if day else ():
        defer_once("dayclose.close_part", f"close {part}", day=f"{day}", part=part)
    if services.left_open(now):
        defer_once("serve.clear_up", "clear up services")
    if identity.lost(now):
        defer_once("enquiries.clear_up", "clear up enquiries")


@blueprint.periodic(cron=EVERY_MINUTE)
@blueprint.task(name="site.tick", queueing_lock="tick")
def tick(timestamp: int) -> None:
    """Each minute: what is due; and where the provider is ours, what it has to tell."""
    now = clock.now()
    defer_due(now)
    operator = registry.provider()
    if isinstance(operator, Simulator):
        Simulator(partial(heard.hear, now)).call_back()
    bank.hear_simulated(now)


@blueprint.periodic(cron=EVERY_MINUTE)
@blueprint.task(name="site.sweep", queueing_lock="sweep", pass_context=True)
async def sweep(context: JobContext, timestamp: int) -> None:
    """Put the jobs of dead workers back, to be done again by others.

    Where the same work was deferred again meanwhile, the dead worker's job is let go.
    """
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
        try:
            await manager.retry_job(job)
        except UniqueViolation:
            assert job.id is not None
            await manager.finish_job_by_id_async(job.id, Status.FAILED, delete_job=False)


def _with_the_clock(name: str, function: Callable[..., object]) -> Callable[..., None]:
    def run(**arguments: Any) -> None:
        function(**arguments, at=clock.now if name in LONG else clock.now())

    return run


def _defer_reaction(task: str, facts: Sequence[tuple[int, int]]) -> None:
    assert connection.in_atomic_block, "a reaction is deferred by the fact's own transaction"
    current_app.configure_task(task).defer(facts=[list(fact) for fact in facts])
    if task in AT_ONCE:
        now = partial(TASKS[task], facts=facts)
        transaction.on_commit(lambda: now(at=clock.now()), robust=True)  # what fails, the job does


def _run_after_commit(
    moment: Callable[[], int], task: str, facts: Sequence[tuple[int, int]]
) -> None:
    transaction.on_commit(lambda: TASKS[task](facts=facts, at=moment()))
