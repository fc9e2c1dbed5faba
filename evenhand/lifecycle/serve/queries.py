"""The room's SQL, named and in one place."""

from typing import Final

OPEN: Final = """
    select b.borrower, b.seq, (b.body ->> 'session')::bigint from ledger_fact b
    where b.kind = 'service.begun' and b.at > to_timestamp(%(since)s / 1000000.0)
      and not exists (
        select from ledger_fact e
        where e.borrower = b.borrower and e.kind = 'service.ended' and e.cause = b.seq)
    order by b.at
"""
"""Services begun after a moment that no fact has ended."""
