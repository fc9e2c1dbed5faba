-- name: states
select s.borrower, s.seq, s.kind, s.loan, s.at, s.since, s.until, s.channel, s.address, s.place,
    s.weekdays, s.from_minute, s.until_minute
from unnest(%(borrowers)s) as wanted (borrower) join ledger_state s using (borrower)
order by s.borrower, s.seq

-- name: standing_states
-- Everybody for whom a state of this kind stands at a moment, the oldest first.
select s.borrower, s.seq, s.loan, ledger_micros(s.at) from ledger_state s
where s.kind = %(kind)s and ledger_micros(s.until) > %(at)s
order by s.at, s.borrower, s.seq

-- name: end_states
update ledger_state s set until = n.until
from unnest(%(borrower)s, %(seq)s, %(until)s) as n (borrower, seq, until)
where s.borrower = n.borrower and s.seq = n.seq and s.until > n.until and s.kind = any(%(kinds)s)
