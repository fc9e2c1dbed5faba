-- name: add_product
insert into ledger_product (product, version, since, terms)
values (%(product)s, %(version)s, %(since)s, %(terms)s)
on conflict do nothing

-- name: product
select product, version, since, terms from ledger_product
where product = %(product)s and version = %(version)s

-- name: product_in_force
select product, version, since, terms from ledger_product
where product = %(product)s and since <= %(on)s
order by since desc, version desc limit 1

-- name: product_versions
select product, version, since, terms from ledger_product
order by product, version
