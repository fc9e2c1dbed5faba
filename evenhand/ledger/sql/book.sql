-- name: book_by_age
-- %(on)s is the day the book is shown for; ages by the lower edge of their band, -1 for paid off.
select case when p.paid_off then -1
            when p.past_due_since >= %(on)s then 0
            when %(on)s - p.past_due_since >= 91 then 91
            when %(on)s - p.past_due_since >= 61 then 61
            when %(on)s - p.past_due_since >= 31 then 31
            else 1 end as age,
    t.currency, count(*), count(distinct p.borrower), sum(p.outstanding_minor)::bigint,
    sum(p.past_due_principal_minor + p.past_due_interest_minor)::bigint
from ledger_position p join ledger_terms t using (borrower, loan)
group by 1, 2 order by 1, 2

-- name: book_page
-- Oldest arrears first; %(from_days)s to %(to_days)s days past due, %(states)s an array of codes or
-- null for any state, %(paid_off)s whether loans owing nothing are meant.
select p.borrower, p.loan, t.currency, t.principal_minor, p.outstanding_minor,
    p.past_due_principal_minor + p.past_due_interest_minor as past_due_minor,
    case when p.past_due_since >= %(on)s then 0 else %(on)s - p.past_due_since end as days,
    p.next_due_on, p.next_due_minor, p.paid_off, count(*) over ()
from ledger_position p join ledger_terms t using (borrower, loan)
where p.paid_off = %(paid_off)s
    and case when p.past_due_since >= %(on)s then 0 else %(on)s - p.past_due_since end
        between %(from_days)s and %(to_days)s
    and (%(states)s::smallint[] is null or exists (
        select from ledger_state s where s.borrower = p.borrower and s.kind = any(%(states)s)
        and ledger_micros(s.since) <= %(at)s and ledger_micros(s.until) > %(at)s))
order by p.past_due_since, p.borrower, p.loan
limit %(limit)s offset %(offset)s

-- name: book_states
select s.borrower, s.kind from ledger_state s
where s.borrower = any(%(borrowers)s)
    and ledger_micros(s.since) <= %(at)s and ledger_micros(s.until) > %(at)s
group by 1, 2 order by 1, 2
