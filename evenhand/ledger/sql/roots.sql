-- name: heads_before
-- A stream that has moved since is looked for among its facts.
select s.borrower, h.seq, h.link
from {stream} s, lateral (
    select s.seq, s.link where ledger_micros(s.at) < %(cut)s
    union all
    (select f.seq, f.link from {fact} f
    where ledger_micros(s.at) >= %(cut)s and f.borrower = s.borrower
        and ledger_micros(f.at) < %(cut)s
    order by f.seq desc limit 1)
) h
order by s.borrower
