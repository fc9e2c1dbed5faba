-- name: reliefs_waiting
-- Whoever asked for relief or was offered any, and is not answered yet.
select f.borrower, f.seq from ledger_fact f
where f.kind in ('relief.asked', 'relief.offered')
    and not exists (select from ledger_fact a where a.borrower = f.borrower and a.seq > f.seq
        and a.cause = f.seq and a.kind in ('loan.terms_changed', 'relief.withdrawn',
            'relief.declined', 'relief.refused'))
order by f.day, f.borrower, f.seq
