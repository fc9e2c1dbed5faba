-- name: due_borrowers
select borrower from {look_on} where look_on <= date '1970-01-01' + %(on)s order by borrower

-- name: everybody_due
select borrower from ledger_look_on where look_on <= date '1970-01-01' + %(on)s order by borrower

-- name: lookable_borrowers
select borrower from {look_on} order by borrower

-- name: look_on
select l.borrower, l.look_on
from unnest(%(borrowers)s) as wanted (borrower) join ledger_look_on l using (borrower)
order by l.borrower

-- name: set_look_on
-- The heads are held while the days are set: a fact that is being written is waited for, and wins.
with standing as materialized (
    select s.borrower, n.look_on
    from unnest(%(borrowers)s, %(days)s, %(seqs)s) as n (borrower, look_on, seq)
    join ledger_stream s on s.borrower = n.borrower and s.seq = n.seq
    order by s.borrower
    for share of s
)
insert into ledger_look_on (borrower, look_on)
select borrower, look_on from standing order by borrower
on conflict (borrower) do update set look_on = excluded.look_on
returning borrower

-- name: pull_look_on
insert into ledger_look_on as old (borrower, look_on)
select n.borrower, n.look_on from unnest(%(borrowers)s, %(days)s) as n (borrower, look_on)
order by n.borrower
on conflict (borrower) do update set look_on = excluded.look_on
where old.look_on > excluded.look_on
