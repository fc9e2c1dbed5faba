-- name: heads
select s.borrower, s.seq, s.at, s.link
from unnest(%(borrowers)s) as wanted (borrower) join ledger_stream s using (borrower)

-- name: move_heads
-- Locked in the order of borrowers, so that two bulk appends wait for each other and never both.
with mine as materialized (
    select s.borrower, n.new_seq, n.at, n.link
    from unnest(%(borrower)s, %(expected)s, %(seq)s, %(at)s, %(link)s)
        as n (borrower, expected, new_seq, at, link)
    join ledger_stream s on s.borrower = n.borrower and s.seq = n.expected
    order by s.borrower
    for update of s
)
update ledger_stream s set seq = mine.new_seq, at = mine.at, link = mine.link
from mine where s.borrower = mine.borrower
returning s.borrower

-- name: start_heads
insert into ledger_stream (borrower, seq, at, link)
select n.borrower, n.seq, n.at, n.link
from unnest(%(borrower)s, %(seq)s, %(at)s, %(link)s) as n (borrower, seq, at, link)
order by n.borrower
on conflict do nothing
returning borrower

-- name: stream
select borrower, seq, loan, day, ledger_micros(at), kind, amount, cause, hand, body, link
from ledger_fact
where borrower = %(borrower)s and ledger_micros(at) <= %(known_at)s
order by seq

-- name: streams
select f.borrower, f.seq, f.loan, f.day, ledger_micros(f.at), f.kind, f.amount, f.cause, f.hand,
    f.body, f.link
from unnest(%(borrowers)s) as wanted (borrower) join ledger_fact f using (borrower)
order by f.borrower, f.seq

-- name: borrowers_of_part
select borrower from {stream} union select borrower from {fact} order by borrower

-- name: some_facts
select f.borrower, f.seq, f.loan, f.day, ledger_micros(f.at), f.kind, f.amount, f.cause, f.hand,
    f.body, f.link
from unnest(%(borrowers)s, %(seqs)s) as wanted (borrower, seq)
join ledger_fact f using (borrower, seq)
order by f.borrower, f.seq

-- name: having
select distinct f.borrower
from unnest(%(borrowers)s) as wanted (borrower) join ledger_fact f using (borrower)
where f.kind = %(kind)s

-- name: new_loans
select nextval('ledger_loan_id') from generate_series(1, %(count)s)
