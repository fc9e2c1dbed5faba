-- name: off_books_months
-- By currency and month: loans taken off the books by facts of %(kind)s that stand, their principal, and
-- what was paid for them since and not reversed, less what went back.
with off as (
    select f.borrower, f.loan, f.seq, f.day, t.currency,
        (f.body ->> 'outstanding_minor')::bigint as principal
    from ledger_fact f join ledger_terms t using (borrower, loan)
    where f.kind = %(kind)s
        and not exists (select from ledger_fact u where u.kind = 'loan.write_off_undone'
            and u.borrower = f.borrower and u.cause = f.seq)
), told as (
    select currency, day, 1 as loans, principal, 0::bigint as recovered from off
    union all
    select off.currency, greatest(p.day, off.day), 0, 0, p.amount
    from off join ledger_fact p on p.borrower = off.borrower and p.loan = off.loan
        and p.seq > off.seq
    where p.amount <> 0 and p.kind in ('payment.received', 'payment.returned')
        and not exists (select from ledger_fact r where r.borrower = p.borrower and r.cause = p.seq
            and r.amount <> 0 and r.kind = 'payment.reversed')
)
select currency, date_trunc('month', day)::date, sum(loans)::bigint, sum(principal)::bigint,
    sum(recovered)::bigint
from told group by 1, 2 order by 1, 2

-- name: off_books_held
-- By currency: loans off the books by facts of %(kind)s that stand and on which something is owed.
select t.currency, count(*), sum(p.outstanding_minor)::bigint
from ledger_fact f join ledger_terms t using (borrower, loan)
    join ledger_position p using (borrower, loan)
where f.kind = %(kind)s and not p.paid_off
    and not exists (select from ledger_fact u where u.kind = 'loan.write_off_undone'
        and u.borrower = f.borrower and u.cause = f.seq)
group by 1 order by 1

-- name: off_books_old
-- Loans at least %(days)s days past due on %(on)s and not written off (facts of %(kind)s), the oldest first.
select p.borrower, p.loan, t.currency, p.outstanding_minor, p.past_due_since,
    %(on)s - p.past_due_since
from ledger_position p join ledger_terms t using (borrower, loan)
where not p.paid_off and p.past_due_since <= %(on)s - %(days)s
    and not exists (
        select from ledger_fact f where f.kind = %(kind)s and f.borrower = p.borrower
        and f.loan = p.loan and not exists (select from ledger_fact u
            where u.kind = 'loan.write_off_undone' and u.borrower = f.borrower and u.cause = f.seq))
order by p.past_due_since, p.borrower, p.loan limit %(limit)s

-- name: charged_off_among
select f.loan from unnest(%(borrowers)s) as wanted (borrower) join ledger_fact f using (borrower)
where f.kind = 'loan.charged_off'
