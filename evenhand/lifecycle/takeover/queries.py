"""The stage's SQL, named and in one place."""

from typing import Final

STANDING: Final = "select loan from ledger_terms where loan = any(%s)"
"""Of those loans, the ones that have not been withdrawn."""

OF_ORIGIN: Final = """
    select f.borrower, f.loan from ledger_fact f
    join ledger_terms t on t.borrower = f.borrower and t.loan = f.loan
    where f.amount <> 0 and f.kind = 'loan.imported' and f.body ->> 'origin' = %s
    order by f.borrower, f.loan
"""
"""The loans of one import that have not been withdrawn."""

PAID: Final = """
    select count(*) from ledger_fact
    where borrower = any(%s) and loan = any(%s) and amount <> 0 and kind <> 'loan.imported'
"""

HOLD: Final = "select pg_try_advisory_lock(1399157)"
RELEASE: Final = "select pg_advisory_unlock(1399157)"
