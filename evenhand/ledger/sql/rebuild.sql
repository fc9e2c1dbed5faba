-- name: projected_borrowers
select borrower from {stream} where borrower > 0
union select borrower from {terms} union select borrower from {instalment}
union select borrower from {position} union select borrower from {look_on}
union select borrower from {contact} union select borrower from {progress}
union select borrower from {state}
order by 1

-- name: hold_streams
select s.borrower
from unnest(%(borrowers)s) as wanted (borrower) join ledger_stream s using (borrower)
order by s.borrower for update of s

-- name: some_rows
select {fields}
from unnest(%(borrowers)s) as wanted (borrower) join {table} r using (borrower)
order by {key}

-- name: clear
delete from {table} r using unnest(%(borrowers)s) as wanted (borrower)
where r.borrower = wanted.borrower

-- name: looked_up
select l.loan, l.borrower, l.seq
from unnest(%(borrowers)s) as wanted (borrower) join ledger_loan l using (borrower)
order by l.loan

-- name: clear_loans
delete from ledger_loan l using unnest(%(borrowers)s) as wanted (borrower)
where l.borrower = wanted.borrower

-- name: stray_loans
-- Look-ups of borrowers who have no such fact: nothing above makes them again.
delete from ledger_loan l where not exists (
    select from ledger_fact f where f.borrower = l.borrower and f.seq = l.seq and f.loan = l.loan
    and f.kind in ('loan.signed', 'loan.disbursed', 'loan.imported'))
returning l.loan
