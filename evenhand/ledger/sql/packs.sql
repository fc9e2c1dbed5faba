-- name: keep_packs
insert into ledger_pack (pack, sha256, text)
select * from unnest(%(packs)s::text[], %(hashes)s::text[], %(texts)s::text[])
on conflict do nothing

-- name: kept_packs
select pack, sha256, text from ledger_pack order by pack, n

-- name: put_in_force
insert into ledger_law (packs) select %(law)s
where %(law)s is distinct from (select packs from ledger_law order by n desc limit 1)

-- name: in_force
select packs from ledger_law order by n desc limit 1
