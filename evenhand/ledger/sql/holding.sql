-- name: hold_heads
-- Waits for whoever is moving a head and sees where it stands then; in the order of borrowers.
select s.borrower
from unnest(%(borrowers)s, %(seqs)s) as wanted (borrower, seq)
join ledger_stream s on s.borrower = wanted.borrower and s.seq = wanted.seq
order by s.borrower
for update of s
