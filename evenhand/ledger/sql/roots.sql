-- name: heads_before
-- A stream that has moved since is looked for among its facts.
select {part} as part, s.borrower, s.seq, s.link from {stream} s
where s.at < timestamptz 'epoch' + %(cut)s * interval '1 microsecond'
union all
select {part}, s.borrower, h.seq, h.link
from {stream} s, lateral (
    select f.seq, f.link from {fact} f
    where f.borrower = s.borrower
        and f.at < timestamptz 'epoch' + %(cut)s * interval '1 microsecond'
    order by f.seq desc limit 1
) h
where s.at >= timestamptz 'epoch' + %(cut)s * interval '1 microsecond'
