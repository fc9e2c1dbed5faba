"""The stage's SQL, named and in one place."""

from typing import Final

STANDING: Final = "select loan from ledger_terms where loan = any(%s)"
"""Of those loans, the ones that have not been withdrawn."""

OF_ORIGIN: Final = """
    select f.borrower, f.loan, s.seq, f.seq from ledger_fact f
    join ledger_terms t on t.borrower = f.borrower and t.loan = f.loan
    join ledger_stream s on s.borrower = f.borrower
    where f.amount <> 0 and f.kind = 'loan.imported' and f.body ->> 'origin' = %s
    order by f.borrower, f.loan
"""
"""The loans of one import that have not been withdrawn, with the head of each stream."""

PAID: Final = """
    select exists (
        select from unnest(%s::bigint[], %s::bigint[]) as own (borrower, loan)
        join ledger_fact f on f.borrower = own.borrower and f.loan = own.loan
        where f.amount <> 0 and f.kind in ('payment.received', 'payment.reversed'))
"""
"""Whether money came in, or went back, on those loans."""

ACTED: Final = """
    select exists (
        select from unnest(%s::bigint[], %s::bigint[]) as own (borrower, seq)
        join ledger_fact f on f.borrower = own.borrower and f.seq > own.seq
        where f.hand = 'dayclose' or f.kind = 'contact.intended')
"""
"""Whether a close, a whole one or half of one, or anybody who means to contact them has written to
those streams since a seq. What was meant before and is sent after does not count."""

HOLD: Final = "select pg_try_advisory_lock(1399157)"
RELEASE: Final = "select pg_advisory_unlock(1399157)"
