"""May a change be asked for or given, and is it answered at once: by `relief.toml` and facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from evenhand.core.columns import KeyedError
from evenhand.ledger import off_books, plans, reliefs
from evenhand.ledger.facts import Fact
from evenhand.ledger.one_loan import Here, here
from evenhand.lifecycle.relief import bounds
from evenhand.lifecycle.relief.bounds import Rule
from evenhand.lifecycle.relief.seen import Seen, agreed_days, seen

COSTLY: Final = frozenset({"interest_pause", "lower_rate", "moratorium"})
"""Words that cost the lender money, besides a holiday without interest."""


class Refused(Exception):
    """It may not be. `args[0]` says why: no_loan, a plan is asked for or kept (`plan`: its steps
    rest on the schedule there is, and no late interest runs under it), a relief waits (`waiting`),
    written off (`off`), not_asked (a borrower cannot ask for it), not_past_due, young (too few
    instalments paid), often, much (beyond the bounds), long (beyond the term), same (nothing
    changes), or the number that cannot be: count, due_day, rate_ppm, until, from_day (nothing is
    left); or what `acts` says."""


def is_costly(change: Mapping[str, Any]) -> bool:
    """Does it cost the lender money: may only two hands give it?"""
    return change["change"] in COSTLY or change.get("interest") == "paused"


def stopped(facts: Sequence[Fact], loan: int, on: date, answered: int = 0) -> str:
    """Why nothing of the loan can be changed now; empty where it can. The relief of seq `answered`,
    which is answered by the change, may wait."""
    if plans.current(facts, loan):
        return "plan"
    waiting = reliefs.waiting(facts, loan, on)
    if waiting and waiting.seq != answered:
        return "waiting"
    return "off" if off_books.write_off(facts, loan) else ""


def possible(
    facts: Sequence[Fact], loan: int, change: Mapping[str, Any], on: date, *, asked: bool = False
) -> Seen:
    """What a change from that day comes to, which may be (`asked`: for which a borrower may ask).
    Raises Refused."""
    at = here(facts, loan, on)
    if at is None:
        raise Refused("no_loan")
    limits, word = bounds.of(at.product), change["change"]
    rule = limits.kinds.get(word)
    if rule is None or (asked and not rule.asks):
        raise Refused("not_asked")
    if word == "re_age" and not at.past_due_minor:
        raise Refused("not_past_due")
    if asked and (why := _asked_too_much(facts, at, word, rule, limits.changes_a_year)):
        raise Refused(why)
    try:
        found = seen(facts, at, change)
    except KeyedError as wrong:
        raise Refused(wrong.key) from None
    if why := _beyond(facts, found, rule, limits.term_times_most):
        raise Refused(why)
    return found


def at_once(found: Seen) -> bool:
    """Is what is asked for answered at once, or by a person? Only where nothing is past due and the
    lender gives nothing up."""
    rule = bounds.of(found.here.product).kinds[found.change["change"]]
    fits = how_much(found) <= rule.at_once and not is_costly(found.change)
    return fits and not found.here.past_due_minor


def how_much(found: Seen) -> int:
    """How far it goes, as the bounds count it: instalments, days, a day of the month, or one."""
    change = found.change
    if "until" in change:
        return (date.fromisoformat(change["until"]) - found.here.on).days
    if change["change"] == "longer_term":
        return int(change["count"]) - found.here.left
    return int(change.get("count") or change.get("due_day") or 1)


def _asked_too_much(facts: Sequence[Fact], at: Here, word: str, rule: Rule, most: int) -> str:
    if at.paid < rule.paid_least:
        return "young"
    given = reliefs.given(facts, at.loan)
    times = reliefs.within_a_year(given, at.on, word)
    often = times >= rule.times_a_year or reliefs.within_a_year(given, at.on) >= most
    return "often" if often else ""


def _beyond(facts: Sequence[Fact], found: Seen, rule: Rule, times: int) -> str:
    if found.before == found.after:
        return "same"
    if how_much(found) > rule.by_person:
        return "much"
    first, last = agreed_days(facts, found.here.loan)
    beyond = (found.after.end_on - first).days > (last - first).days * times
    return "long" if beyond and found.later_days > 0 else ""
