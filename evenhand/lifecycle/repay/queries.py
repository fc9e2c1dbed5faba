"""This room's SQL."""

from typing import Final

MANDATES_DUE: Final = """
    select f.borrower, f.loan from ledger_fact f
    join ledger_instalment i on i.borrower = f.borrower and i.loan = f.loan
    where f.kind = 'debit.authorised' and i.due_on = %(due_on)s
      and not exists (select from ledger_fact r where r.borrower = f.borrower
                      and r.kind = 'debit.revoked' and r.cause = f.seq)
    group by f.borrower, f.loan order by f.borrower, f.loan
"""
"""Loans with an authorisation that stands and an instalment due on a day."""

UNTOLD: Final = """
    select p.borrower from ledger_position p
    where not p.paid_off and p.borrower > %(after)s
      and not exists (select from ledger_fact f
                      where f.borrower = p.borrower and f.kind = 'contact.intended'
                        and f.day = %(day)s
                        and f.body ->> 'template' = 'where_to_pay_changed')
    group by p.borrower order by p.borrower limit %(limit)s
"""
"""Whoever owes something and was not told of a change of where to pay on a day, a batch from behind
`after` on."""
