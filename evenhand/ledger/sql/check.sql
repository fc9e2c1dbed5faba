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
-- tgtype: 1 row, 2 before, 4 insert, 8 delete, 16 update, 32 truncate.
select c.relname,
    exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgenabled in ('O', 'A')
        and t.tgfoid = 'ledger_fact_stays'::regproc and t.tgtype & 27 = 27),
    exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgenabled in ('O', 'A')
        and t.tgfoid = 'ledger_fact_stays'::regproc and t.tgtype & 35 = 34),
    exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgenabled in ('O', 'A')
        and t.tgfoid = 'ledger_contact_judged'::regproc and t.tgtype & 7 = 5)
from pg_class c
where c.oid in (select 'ledger_fact'::regclass union all
    select inhrelid from pg_inherits where inhparent = 'ledger_fact'::regclass)
order by c.relname

-- name: head_tables
select c.relname, pg_has_role(%(role)s, c.relowner, 'usage'),
    has_table_privilege(%(role)s, c.oid, 'delete'),
    has_table_privilege(%(role)s, c.oid, 'truncate')
from pg_class c
where c.oid in (select 'ledger_stream'::regclass union all
    select inhrelid from pg_inherits where inhparent = 'ledger_stream'::regclass)
order by c.relname

-- name: head_triggers
select c.relname,
    exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgenabled in ('O', 'A')
        and t.tgfoid = 'ledger_head_stays'::regproc and t.tgtype & 19 = 19),
    exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgenabled in ('O', 'A')
        and t.tgfoid = 'ledger_head_stays'::regproc and t.tgtype & 11 = 11),
    exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgenabled in ('O', 'A')
        and t.tgfoid = 'ledger_head_stays'::regproc and t.tgtype & 35 = 34)
from pg_class c
where c.oid in (select 'ledger_stream'::regclass union all
    select inhrelid from pg_inherits where inhparent = 'ledger_stream'::regclass)
order by c.relname

-- name: pack_tables
select c.relname, pg_has_role(%(role)s, c.relowner, 'usage'),
    has_table_privilege(%(role)s, c.oid, 'insert'),
    has_table_privilege(%(role)s, c.oid, 'update'), has_table_privilege(%(role)s, c.oid, 'delete'),
    has_table_privilege(%(role)s, c.oid, 'truncate')
from pg_class c where c.oid in ('ledger_law'::regclass, 'ledger_pack'::regclass)
order by c.relname

-- name: try_contact
-- Only ever rolled back.
insert into ledger_fact (borrower, seq, loan, day, at, kind, amount, cause, hand, body, link)
values (%(borrower)s, %(seq)s, 0, 'epoch', 'epoch', %(kind)s, 0, %(cause)s, 'house', %(body)s,
    sha256('tried'))

-- name: astray_heads
-- One statement, so that both are seen as of one moment: what is being written is no fault.
select count(*), min(borrower)
from {stream} s
full join (select borrower, max(seq) as last from {fact} group by borrower) f using (borrower)
where s.seq is distinct from f.last

-- name: heads_ahead
select count(*), min(borrower) from {stream} where ledger_micros(at) > %(bound)s

-- name: may_own
select pg_has_role(%(session)s, c.relowner, 'member')
from pg_class c where c.oid = 'ledger_fact'::regclass
