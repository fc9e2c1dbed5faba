-- name: hold_parts
select p from unnest(%(parts)s::integer[]) as p where pg_try_advisory_lock(%(class)s, p)

-- name: release_parts
select pg_advisory_unlock(%(class)s, p) from unnest(%(parts)s::integer[]) as p

-- name: hold_outbox
-- Whoever writes waits, whoever reads does not: every statement goes over the parent table.
lock table only {table} in share row exclusive mode

-- name: outbox_of_part
select {fields} from {table} where part = %(part)s order by {key}

-- name: clear_outbox
delete from {table} where part = %(part)s
