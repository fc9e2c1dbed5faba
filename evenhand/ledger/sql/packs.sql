-- name: keep_packs
insert into ledger_pack (pack, sha256, text)
select * from unnest(%(packs)s::text[], %(hashes)s::text[], %(texts)s::text[])
on conflict do nothing

-- name: kept_packs
select pack, sha256, text from ledger_pack order by pack, n
