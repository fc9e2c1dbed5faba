"""The room's SQL, named and in one place."""

from typing import Final

PAST_DUE: Final = """
    select distinct p.borrower from ledger_position p join ledger_terms t using (borrower, loan)
    join unnest(%(strategies)s::text[], %(days)s::integer[]) as rung (strategy, day)
        on t.strategy = rung.strategy
    where p.past_due_since <= %(on)s::date - rung.day
      and p.past_due_since > %(on)s::date - rung.day - %(lapse)s
    order by 1 limit %(limit)s
"""
"""Who has a rung of calls open on a day, taken or not."""

PROMISED: Final = """
    select distinct borrower from ledger_fact
    where kind = 'promise.made' and body ->> 'by' = %(by)s order by 1 limit %(limit)s
"""

CALL_BACKS: Final = """
    select s.borrower, s.seq, ledger_micros(s.since), ledger_micros(s.until) from ledger_state s
    where s.kind = %(kind)s and s.channel = %(channel)s
      and ledger_micros(s.until) > %(at)s and ledger_micros(s.since) < %(end)s
      and ledger_micros(s.since) > 0
    order by s.since, s.borrower limit %(limit)s
"""
"""Times people asked to be called at, not over yet, that begin before the end of the day."""

ON_THEIR_WAY: Final = """
    select c.borrower, c.leaving, ledger_micros(c.at) from ledger_contact c
    where c.channel = 0 and c.stage = 1 order by c.at limit %(limit)s
"""
"""Calls nobody has said the outcome of, the oldest first."""
