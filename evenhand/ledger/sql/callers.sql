-- name: last_callers
-- By whose hand each borrower was last called.
select distinct on (c.borrower) c.borrower, f.hand
from unnest(%(borrowers)s) as wanted (borrower) join ledger_contact c using (borrower)
    join ledger_fact f on f.borrower = c.borrower and f.seq = c.leaving
where c.channel = %(channel)s and c.leaving > 0
order by c.borrower, c.leaving desc
