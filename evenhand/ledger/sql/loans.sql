-- name: terms
select t.borrower, t.loan, t.seq, t.signed_on, t.disbursed_on, t.as_of, t.currency, t.strategy,
    t.product, t.version, t.principal_minor, t.rate_ppm, t.late_rate_ppm, t.late_year_days,
    t.measures, t.count, t.imported
from unnest(%(borrowers)s) as wanted (borrower) join ledger_terms t using (borrower)
order by t.borrower, t.loan

-- name: owed
select i.due_on, i.principal_minor, i.interest_minor, i.late_brought_minor, i.late_from
from unnest(%(borrowers)s) as wanted (borrower) join ledger_instalment i using (borrower)
order by i.borrower, i.loan, i.n

-- name: payments
-- What was returned of a payment's surplus reverses none: it has no cause here. Interest waived by a
-- payment has the payment's seq below zero.
select f.borrower, f.loan, f.seq, f.day, f.amount,
    case f.kind when 'payment.returned' then 0 when 'interest.waived' then -f.cause
        else f.cause end as cause
from unnest(%(borrowers)s) as wanted (borrower) join ledger_fact f using (borrower)
where f.amount <> 0 and f.kind in ('payment.received', 'payment.reversed', 'payment.returned',
    'interest.waived')
order by f.borrower, f.seq

-- name: late_stops
-- Where the late interest of a loan stopped (cause 0) and where it went on, the stop then its cause.
select f.borrower, f.loan, f.seq, f.day,
    case f.kind when 'late_interest.resumed' then f.cause else 0 end as cause
from unnest(%(borrowers)s) as wanted (borrower) join ledger_fact f using (borrower)
where f.kind in ('late_interest.stopped', 'late_interest.resumed')
order by f.borrower, f.seq

-- name: told
-- What is told of few loans: changes and waivers; and the terms of those agreed in another way than the house's.
select f.borrower, f.seq, f.loan, f.day, ledger_micros(f.at), f.kind, f.amount, f.cause, f.hand,
    f.body, f.link
from unnest(%(borrowers)s) as wanted (borrower) join ledger_fact f using (borrower)
where f.kind in ('loan.terms_changed', 'charge.waived')
union all
select f.borrower, f.seq, f.loan, f.day, ledger_micros(f.at), f.kind, f.amount, f.cause, f.hand,
    f.body, f.link
from unnest(%(borrowers)s) as wanted (borrower) join ledger_fact f using (borrower)
where f.kind in ('loan.signed', 'loan.disbursed')
    and (f.body ?| array['order', 'late_cap_ppm', 'fees_due', 'grace_interest']
        or f.body ->> 'method' = 'bullet')

-- name: borrower_of
select borrower from ledger_loan where loan = %(loan)s

-- name: withdraw_loan
with gone as (
    delete from ledger_terms where borrower = %(borrower)s and loan = %(loan)s returning loan
), instalments as (
    delete from ledger_instalment where borrower = %(borrower)s and loan = %(loan)s
), positions as (
    delete from ledger_position where borrower = %(borrower)s and loan = %(loan)s
), progress as (
    delete from ledger_progress where borrower = %(borrower)s and loan = %(loan)s
)
select loan from gone

-- name: positions
select p.borrower, p.loan, p.seq, p.stood_on, p.outstanding_minor, p.past_due_minor,
    p.past_due_principal_minor, p.past_due_interest_minor, p.late_interest_minor,
    p.past_due_since, p.past_due_count, p.due_minor, p.next_due_on, p.next_due_minor, p.paid_off,
    p.overpaid_minor
from unnest(%(borrowers)s) as wanted (borrower) join ledger_position p using (borrower)
order by p.borrower, p.loan

-- name: seqs
select s.borrower, s.seq
from unnest(%(borrowers)s) as wanted (borrower) join ledger_stream s using (borrower)
order by s.borrower
