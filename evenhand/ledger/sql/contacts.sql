-- name: contact_history
select c.borrower, c.seq, c.leaving, c.at, c.stage, c.channel, c.mode, c.direction, c.outcome,
    c.recipient, c.address, c.collector, c.purpose, c.loan
from unnest(%(borrowers)s) as wanted (borrower) join ledger_contact c using (borrower)
where c.stage <= %(stage)s and ledger_micros(c.at) >= %(since)s
order by c.borrower, c.seq

-- name: contacts
select c.borrower, c.seq, c.leaving, c.at, c.stage, c.channel, c.mode, c.direction, c.outcome,
    c.recipient, c.address, c.collector, c.purpose, c.loan
from unnest(%(borrowers)s) as wanted (borrower) join ledger_contact c using (borrower)
order by c.borrower, c.seq

-- name: progress
select p.borrower, p.loan, p.rung, p.since, p.seq
from unnest(%(borrowers)s) as wanted (borrower) join ledger_progress p using (borrower)
order by p.borrower, p.loan

-- name: leave_contacts
update ledger_contact c set stage = n.stage, leaving = n.leaving, at = n.at
from unnest(%(borrower)s, %(cause)s, %(stage)s, %(leaving)s, %(at)s)
    as n (borrower, cause, stage, leaving, at)
where c.borrower = n.borrower and c.seq = n.cause and c.stage = 0

-- name: answer_contacts
-- An outcome that was not said (-2) leaves the one that stands.
update ledger_contact c set stage = n.stage,
    outcome = case when n.outcome = -2 then c.outcome else n.outcome end
from unnest(%(borrower)s, %(cause)s, %(stage)s, %(outcome)s)
    as n (borrower, cause, stage, outcome)
where c.borrower = n.borrower and c.leaving = n.cause and c.stage in (1, 3)

-- name: end_contacts
update ledger_contact c set stage = n.stage
from unnest(%(borrower)s, %(cause)s, %(stage)s) as n (borrower, cause, stage)
where c.borrower = n.borrower and c.seq = n.cause and c.stage = 0

-- name: release_rungs
update ledger_progress p set rung = p.rung - 1
from unnest(%(borrower)s, %(leaving)s) as n (borrower, leaving)
    join ledger_contact c on c.borrower = n.borrower and c.leaving = n.leaving
where p.borrower = c.borrower and p.seq = c.seq

-- name: by_reference
-- Who was written to under a reference; who was at last, where two ever had the same.
select borrower, seq from ledger_fact
where kind = 'contact.leaving' and body ->> 'reference' = %(reference)s
order by at desc limit 1

-- name: contacts_on_record
-- Where the facts stand by which contacts of ours left, or were refused when asked or about to leave.
select c.borrower, c.leaving as seq from ledger_contact c
where c.leaving > 0 and ledger_micros(c.at) >= %(since)s and ledger_micros(c.at) < %(until)s
union all
select f.borrower, f.seq from ledger_fact f
where f.kind = 'contact.refused'
  and f.at >= to_timestamp(%(since)s / 1000000.0) and f.at < to_timestamp(%(until)s / 1000000.0)
order by 1, 2
