-- name: portfolio_contacts
-- Contacts of ours that left, by the span (from 1) of %(edges)s, moments in microseconds UTC, in which
-- they did; and those of them of which it is not known whether they arrived.
select width_bucket(ledger_micros(c.at), %(edges)s::bigint[]) as span, count(*),
    count(*) filter (where c.stage = %(unknown)s)
from ledger_contact c
where c.leaving > 0 and c.direction = %(outbound)s and c.stage = any(%(stages)s)
    and ledger_micros(c.at) >= %(since)s and ledger_micros(c.at) < %(until)s
group by 1

-- name: portfolio_states
-- Complaints opened and numbers disowned, by the same spans. An appeal begins the same state, and is
-- no new complaint.
select width_bucket(ledger_micros(s.at), %(edges)s::bigint[]) as span,
    count(*) filter (where f.kind = 'complaint.opened'),
    count(*) filter (where f.kind = 'contact.disowned')
from ledger_state s join ledger_fact f using (borrower, seq)
where s.kind = any(%(kinds)s) and f.kind in ('complaint.opened', 'contact.disowned')
    and ledger_micros(s.at) >= %(since)s and ledger_micros(s.at) < %(until)s
group by 1

-- name: paydays
-- The days after %(since)s on which money came for a loan of which nothing is past due on %(on)s.
select distinct f.borrower, f.day
from ledger_fact f
    join ledger_position p on p.borrower = f.borrower and p.loan = f.loan
where f.amount > 0 and f.kind = 'payment.received' and f.day > %(since)s and f.day <= %(on)s
    and p.past_due_since >= %(on)s
order by f.borrower, f.day

-- name: refused_planning
-- How often each rule refused in planning, by the days closed; a day closed names every refusal of it.
select told.key, sum(told.value::bigint)::bigint
from ledger_fact f cross join lateral jsonb_each_text(f.body -> 'refusals') as told
where f.borrower = %(stream)s and f.kind = 'day.closed' and f.day > %(since)s and f.day <= %(on)s
group by 1

-- name: refused_contacts
-- How often each rule refused a contact that was asked for, or was about to leave; a fact names a rule
-- once for each of its sources.
select told.value ->> 'rule', count(distinct (f.borrower, f.seq))
from ledger_fact f cross join lateral jsonb_array_elements(f.body -> 'rules') as told
where f.kind = 'contact.refused'
    and f.at >= to_timestamp(%(since)s / 1000000.0) and f.at < to_timestamp(%(until)s / 1000000.0)
group by 1

-- name: latest_incidents
-- The newest first: numbers disowned, contacts of unknown outcome, reports of one fraud.
select * from (
    (select 'contact.disowned' as kind, s.borrower, s.seq, ledger_micros(s.at) as at
    from ledger_state s
    where s.kind = %(disowned)s and ledger_micros(s.at) >= %(since)s
    order by s.at desc limit %(limit)s)
    union all
    (select 'contact.unknown', c.borrower, c.seq, ledger_micros(c.at)
    from ledger_contact c
    where c.stage = %(unknown)s and ledger_micros(c.at) >= %(since)s
    order by c.at desc limit %(limit)s)
    union all
    (select f.kind, f.borrower, f.seq, ledger_micros(f.at)
    from ledger_fact f
    where f.borrower = %(fraud)s and f.kind = 'fraud.clustered' and ledger_micros(f.at) >= %(since)s
    order by f.at desc limit %(limit)s)
) as found
order by at desc, borrower, seq limit %(limit)s

-- name: count_clusters
select count(*) from ledger_fact f
where f.borrower = %(fraud)s and f.kind = 'fraud.clustered'
    and ledger_micros(f.at) >= %(since)s and ledger_micros(f.at) < %(until)s
