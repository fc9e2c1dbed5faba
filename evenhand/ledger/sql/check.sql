-- name: who_serves
select current_user::text, session_user::text

-- name: is_superuser
select rolsuper from pg_roles where rolname = %(role)s

-- name: fact_tables
select c.relname, pg_has_role(%(role)s, c.relowner, 'usage'),
    has_table_privilege(%(role)s, c.oid, 'update'),
    has_table_privilege(%(role)s, c.oid, 'delete'),
    has_table_privilege(%(role)s, c.oid, 'truncate')
from pg_class c
where c.oid in (select 'ledger_fact'::regclass union all
    select inhrelid from pg_inherits where inhparent = 'ledger_fact'::regclass)
order by c.relname

-- name: fact_triggers
-- tgtype: 1 row, 2 before, 8 delete, 16 update, 32 truncate.
select c.relname,
    exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgenabled in ('O', 'A')
        and t.tgfoid = 'ledger_fact_stays'::regproc and t.tgtype & 27 = 27),
    exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgenabled in ('O', 'A')
        and t.tgfoid = 'ledger_fact_stays'::regproc and t.tgtype & 35 = 34)
from pg_class c
where c.oid in (select 'ledger_fact'::regclass union all
    select inhrelid from pg_inherits where inhparent = 'ledger_fact'::regclass)
order by c.relname

-- name: may_own
select pg_has_role(%(session)s, c.relowner, 'member')
from pg_class c where c.oid = 'ledger_fact'::regclass
